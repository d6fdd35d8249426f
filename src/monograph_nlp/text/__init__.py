"""Strings only: no spaCy, no files. Every function here can be tested with one line."""
