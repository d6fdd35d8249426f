"""Names → concepts. No spaCy, no network."""
