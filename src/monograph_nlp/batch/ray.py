"""``frames`` on a Ray cluster: a pool of actors, each with a pipeline that it loads once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monograph_nlp.batch.frames import loaded, records
from monograph_nlp.batch.messages import Settings

if TYPE_CHECKING:
    import pandas as pd
    from ray.data import Dataset

_RETRIES = 3  # of a batch whose actor died; Ray itself would try without end


class Reader:
    """What an actor is: the pipeline, and a call for each batch of rows."""

    def __init__(self, settings: Settings, seconds: float | None) -> None:
        loaded(settings, seconds)
        self._settings, self._seconds = settings, seconds

    def __call__(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the records of a batch."""
        return records(frame, self._settings, self._seconds)


def extract(
    dataset: Dataset,
    settings: Settings | None = None,
    *,
    seconds: float | None = None,
    actors: int | None = None,
    rows: int = 16,
    **options: object,
) -> Dataset:
    """Return the data set of the records of a data set's documents; nothing runs until it is read.

    Args:
        dataset: documents, as ``frames.records`` takes them.
        settings: how they are read; files that they name must be there on every node.
        seconds: that one document may take, as ``frames.records`` has it.
        actors: at work at most, each on one core; as many as the cluster has room for, where not given.
            A core is left for the reading of the documents, without which all would wait for ever.
        rows: documents that an actor gets at a time, and loses when it dies; they are then read again.
        options: for ``map_batches``, such as ``memory=700 << 20`` (bytes of an actor) or ``runtime_env``.
    """
    from ray.data import ActorPoolStrategy

    return dataset.repartition(target_num_rows_per_block=rows).map_batches(
        Reader,
        fn_constructor_args=(settings or Settings(), seconds),
        compute=ActorPoolStrategy(min_size=1, max_size=actors),
        batch_format="pandas",
        batch_size=rows,
        **{"num_cpus": 1, "max_task_retries": _RETRIES, **options},
    )
