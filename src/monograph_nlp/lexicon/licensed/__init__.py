"""Vocabularies that the user is licensed for, or has made: read, compiled, and kept in the cache."""
