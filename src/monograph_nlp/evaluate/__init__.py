"""Records against what people decided: scores with their uncertainty, errors, and comparisons.

A gold of any format (``reading``) is put over the records (``placing``), each item on either side is judged
(``judging_mentions``, ``judging_facts``), judgements are counted by document (``counting``), and counts become
figures with intervals (``result``, ``bootstrap``) or a comparison of two runs (``comparing``).
"""
