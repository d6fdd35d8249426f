"""Learned tagging: characters in, labelled ranges out. No spaCy, no torch."""
