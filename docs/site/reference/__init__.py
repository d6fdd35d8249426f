"""Pages of the reference, made from the code, the command line, the schema and the tables."""
