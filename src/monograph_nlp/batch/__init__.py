"""Many documents → one folder: records, failures, and a manifest of what was read.

A run does only what an earlier one has not done: an answer is kept under the hash of its input and of what
reads it. Whatever kills a run, the next one goes on, and its files are those of a run that nothing stopped.
"""

from __future__ import annotations

from monograph_nlp.batch.merge import FAILURES, MANIFEST, RECORDS, Counts
from monograph_nlp.batch.messages import Failure, Settings
from monograph_nlp.batch.running import Step, run, workers_here

__all__ = [
    "FAILURES",
    "MANIFEST",
    "RECORDS",
    "Counts",
    "Failure",
    "Settings",
    "Step",
    "run",
    "workers_here",
]
