"""Units of text, in order → what each states, with what the text before it lends: frequency and scope.

Rows of the relations table say what one unit states (``text.relating``); a frequency that a line announces,
or the scope of a list ("Side effects of ritonavir:"), reaches over the units behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from monograph_nlp.text.frequencies import announces, begins_anew, is_silent, opens
from monograph_nlp.text.list_scopes import is_listed, may_open, scope_opened
from monograph_nlp.text.other_arms import is_of_another
from monograph_nlp.text.qualifying import further_rates, qualify, table_header
from monograph_nlp.text.relating import Relation, relate, triggers_of
from monograph_nlp.text.relation_rules import Rule
from monograph_nlp.text.units import Unit

Qualifiers = dict[str, str | float | bool]
_NO_MATTER_WHOSE = ("condition",)  # qualifiers of an event at any dose and grade


def statements(
    units: Iterable[Unit], rules: Sequence[Rule]
) -> Iterator[tuple[Relation, Qualifiers]]:
    """Yield the relations of a document's units with their qualifiers, in order; one for each rate of an event."""
    triggers = triggers_of(rules)
    announced, scopes = _Announced(), _Scopes()
    for unit in units:
        before, is_new = announced.over(unit)
        scope = scopes.over(unit, is_new=is_new)
        for relation in relate(unit, rules, triggers):
            if relation.predicate == "has_adverse_event":
                if scope == "conditional":
                    continue
                if scope or is_of_another(unit, relation.mention):
                    relation = replace(relation, assertion=scope or "other_subject")
            qualifiers = qualify(relation, before, table_header(unit))
            if qualifiers.get("rate") == 0 and unit.kind == "row":
                continue  # nobody had it on the drug; a comparator's patients may have
            yield relation, qualifiers
            for rates in further_rates(relation):
                kept = {key: qualifiers[key] for key in _NO_MATTER_WHOSE if key in qualifiers}
                yield relation, kept | rates


class _Announced:
    """The frequency that a line before the units announced, as the units come."""

    def __init__(self) -> None:
        self._frequency: str | None = None
        self._section = ""

    def over(self, unit: Unit) -> tuple[str | None, bool]:
        """Return the frequency over a unit, and whether it opens another list for the next."""
        if unit.section != self._section:
            self._section, self._frequency = unit.section, None
        if begins_anew(unit.header.rsplit("\n", 1)[-1]):
            self._frequency = None
        if is_silent(unit.text):
            return self._frequency, False
        if begins_anew(_head(unit)):
            self._frequency = None
        before = self._frequency
        is_anew = begins_anew(_tail(unit, ["ADVERSE_EVENT"]))
        carried = None if is_anew else before
        self._frequency = announces(_tail(unit)) or opens(unit.text) or carried
        return before, is_anew or self._frequency != before


class _Scopes:
    """The list that units stand in, if it has a scope of its own, as the units come."""

    def __init__(self) -> None:
        self._scope: str | None = None
        self._section = ""

    def over(self, unit: Unit, *, is_new: bool) -> str | None:
        """Return the scope over a unit, and remember what it opens for the next."""
        if unit.section != self._section or not is_listed(unit.text, unit.kind):
            self._scope = None
        self._section = unit.section
        scope = scope_opened(unit.header.rsplit("\n", 1)[-1]) or self._scope
        opened = scope_opened(_tail(unit)) if may_open(unit.text) else None
        self._scope = opened or (None if is_new else self._scope)
        return scope


def _head(unit: Unit) -> str:
    """Return what goes before the first event in a unit: nothing, where there is none."""
    starts = [m.start for m in unit.mentions if m.label == "ADVERSE_EVENT"]
    return unit.text[: min(starts, default=0)]


def _tail(unit: Unit, labels: Sequence[str] = ("ADVERSE_EVENT", "CONDITION")) -> str:
    """Return what follows the last finding in a unit: all of it, where there is none."""
    ends = [m.end for m in unit.mentions if m.label in labels]
    return unit.text[max(ends, default=0) :]
