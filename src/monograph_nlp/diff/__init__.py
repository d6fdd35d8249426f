"""Two versions, or two sources, of what is said of a drug, fact by fact.

Records are paired by their drug (``documents``), their facts by predicate and object (``matching``), and what differs
between two facts that are one is named (``changing``): ``differing`` is the whole way.
"""
