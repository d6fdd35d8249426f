"""Reads drug monographs and writes down what they say as validated records with evidence.

    import monograph_nlp as mn
    records = mn.extract("leaflet.html")
    mn.to_frame(records, table="facts")

What needs spaCy or pandas is imported when it is first used, so that importing the package is
cheap: spaCy imports it whenever a pipeline of anybody's is made.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from monograph_nlp.errors import MonographError
from monograph_nlp.read import read
from monograph_nlp.show import show
from monograph_nlp.types import Monograph, Record

if TYPE_CHECKING:
    from monograph_nlp.pipeline import extract, load, run
    from monograph_nlp.write import to_frame

__version__ = "0.1.0"
__all__ = [
    "Monograph",
    "MonographError",
    "Record",
    "extract",
    "load",
    "read",
    "run",
    "show",
    "to_frame",
]

_LATER = {"extract": "pipeline", "load": "pipeline", "run": "pipeline", "to_frame": "write"}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module 'monograph_nlp' has no attribute {name!r}")
    return getattr(import_module(f"monograph_nlp.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
