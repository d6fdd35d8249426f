"""Readers of annotated corpora: one file for each layout, one record type for all of them."""
