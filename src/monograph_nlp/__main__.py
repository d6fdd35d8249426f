"""``python -m monograph_nlp``: the same as the ``monograph-nlp`` command."""

from monograph_nlp.cli import main

main()
