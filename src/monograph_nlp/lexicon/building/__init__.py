"""Build time only: pinned registry packages, read as data and never run, → lexicon entries."""
