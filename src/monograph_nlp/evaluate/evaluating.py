"""Gold and records → a result: the whole way in one call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.counting import Tally
from monograph_nlp.evaluate.gold import Gold, GoldDocument
from monograph_nlp.evaluate.judging_facts import judge_facts, scope_of
from monograph_nlp.evaluate.judging_mentions import judge_mentions
from monograph_nlp.evaluate.mistakes import Mistake, mistakes_of, worst
from monograph_nlp.evaluate.placing import placed
from monograph_nlp.evaluate.result import ROUNDS, SEED, Result, counts_of, scores_of
from monograph_nlp.types import Record

_NAMED = 5  # documents that an error names


def evaluate(
    gold: Gold,
    records: Iterable[Record],
    *,
    gold_name: str = "gold",
    records_name: str = "records",
    errors: int = 0,
    skip_missing: bool = False,
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> Result:
    """Score records against a gold.

    Args:
        gold: what ``reading.read_gold`` returned.
        records: the records; those of documents that the gold has not are passed over.
        gold_name: what to call the gold in the result.
        records_name: what to call the records in the result.
        errors: how many errors of each stage and kind to keep, the worst first.
        skip_missing: leave out gold documents without a record; otherwise they are an error.
        rounds: samples of documents for the intervals.
        seed: of these samples.

    Raises:
        ReadError: a document has no record or two, or its record is of another text.
    """
    pairs, missing = _pairs(gold, records, skip_missing=skip_missing)
    tally, mistakes, scope = Tally(), list[Mistake](), scope_of(gold)
    for document, record in pairs:
        pair = placed(document, record)
        judgements = [*judge_mentions(gold, pair), *judge_facts(gold, scope, pair)]
        tally.add(document.id, judgements)
        mistakes += mistakes_of(pair, judgements) if errors else ()
    return Result(
        gold_name,
        gold.format,
        records_name,
        tuple(tally.documents),
        scores_of(tally, rounds=rounds, seed=seed),
        counts_of(tally),
        tuple(worst(mistakes, errors)),
        (*gold.notes, *_left_out(missing)),
        rounds,
        seed,
    )


def _pairs(
    gold: Gold, records: Iterable[Record], *, skip_missing: bool
) -> tuple[list[tuple[GoldDocument, Record]], list[str]]:
    """Return the documents of a gold with their records, and the ids of those that have none."""
    by_id = _by_document(gold, records)
    found = [(one, by_id[one.id]) for one in gold.documents if one.id in by_id]
    missing = [one.id for one in gold.documents if one.id not in by_id]
    if missing and (not skip_missing or not found):
        raise _missing(missing)
    return found, missing


def _by_document(gold: Gold, records: Iterable[Record]) -> Mapping[str, Record]:
    wanted = {document.id for document in gold.documents}
    found: dict[str, Record] = {}
    for record in records:
        name = record.document.id
        if name in found:
            raise ReadError(
                f"record {record.id}",
                f"another record of document {name!r}",
                "one record a document",
                "Give the records of one run.",
            )
        if name in wanted:
            found[name] = record
    return found


def _missing(names: list[str]) -> ReadError:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ReadError(
        "records",
        f"no record of {', '.join(map(repr, names[:_NAMED]))}{more}",
        "a record of every document of the gold, by the document's id",
        "Extract these too, or leave them out with --skip-missing.",
    )


def _left_out(missing: list[str]) -> tuple[str, ...]:
    return (
        (f"{len(missing)} documents of the gold have no record and are left out",)
        if missing
        else ()
    )
