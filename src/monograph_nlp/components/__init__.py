"""The rooms: one spaCy component a file, each useful alone in a stranger's pipeline."""
