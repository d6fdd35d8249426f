"""The rules as people see them: listed, explained, tried on their examples, and added to."""
