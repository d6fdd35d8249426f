"""Records → one page for people: read, accept, reject, correct, add, and save what was decided."""

from monograph_nlp.review.page import write_page

__all__ = ["write_page"]
