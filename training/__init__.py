"""How the bundled tagger is trained: one command for each step, from corpora to exported model.

The corpora stay outside the repository; every command takes their folder as an argument. This
package is not part of the wheel, and only the commands that train need torch.
"""
