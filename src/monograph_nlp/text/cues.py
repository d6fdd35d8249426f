"""Phrases that change what a mention asserts, and where they stand in a list of words.

A pattern is a row of slots, parted by blanks. A slot holds one alternative or several
(``was|were``); an empty alternative makes the slot optional (``|very``); ``_`` joins the words
of one alternative (``has_been|have_been``); ``*`` is any one word; ``<DRUG>`` is a mention with
that label, however long. Every pattern stands for a finite number of phrases: none repeats a
slot, so that the work at each word is bounded, whatever the text is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

Category: TypeAlias = Literal[
    "ABSENT", "POSSIBLE", "CONDITIONAL", "HYPOTHETICAL", "OTHER_SUBJECT", "PSEUDO", "TERMINATE"
]
Direction: TypeAlias = Literal["FORWARD", "BACKWARD", "BIDIRECTIONAL", "INSIDE"]
Named: TypeAlias = Mapping[int, Sequence[tuple[str, int]]]
"""First word of a mention → its label and the end of its last word."""

_KEPT = 1 << 13  # sets of nodes that words lead to
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class CueRule:
    """What a phrase does to the mentions around it; one row of ``rules/cues.jsonl``."""

    pattern: str
    category: Category
    direction: Direction
    max_scope: int  # words, marks of punctuation among them
    labels: frozenset[str] = frozenset()  # the mentions it speaks of; empty: all
    stops: frozenset[str] = frozenset()  # categories whose scopes end here


@dataclass(frozen=True, slots=True)
class Cue:
    """A place where the phrase of a rule stands; half-open, in words."""

    start: int
    end: int
    rule: CueRule


@dataclass(slots=True, eq=False)
class _Node:
    following: dict[str, list[_Node]] = field(default_factory=dict)
    rules: list[CueRule] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Nodes that some words lead to, seen as one, so that a word is looked up once for all of them."""

    rules: tuple[CueRule, ...]
    following: Mapping[str, tuple[_Node, ...]]
    otherwise: tuple[_Node, ...]  # what any other word leads to


def words_of(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Split a text into lower-case words and single marks, with their characters.

    Does not depend on a tokenizer: a hyphen is always a word of its own, an apostrophe inside
    a word never is.

    >>> words_of("Fever(-), can’t")[0]
    ['fever', '(', '-', ')', ',', "can't"]
    """
    words, places = [], []
    for match in _WORD.finditer(text):
        # "the effect of NO": nitric oxide, which denies nothing.
        is_symbol = match[0] == "NO" and text.endswith("of ", 0, match.start())
        words.append(match[0] if is_symbol else match[0].lower().replace("’", "'"))
        places.append(match.span())
    return words, places


def _alternative(part: str) -> tuple[str, ...]:
    if part == "*" or _is_label(part):
        return (part,)
    return tuple(words_of(part.replace("_", " "))[0])


def _is_label(part: str) -> bool:
    return part.startswith("<") and part.endswith(">")


class CueIndex:
    """Finds the phrases of many rules in one walk over the words."""

    def __init__(self, rules: Iterable[CueRule]) -> None:
        """Build the index; ``ValueError`` where a pattern is empty or begins with ``*``."""
        self._root = _Node()
        for rule in rules:
            self._add(rule)

    def find(self, words: Sequence[str], named: Named) -> list[Cue]:
        """Return the cues in order; a cue inside a longer one does not count.

        Nor does one that shares some but not all of its words with a mention: in "no change in
        vision", where "change in vision" is the mention, the cue is "no".

        Args:
            words: lower-case words of one sentence, as ``words_of`` gives them.
            named: the mentions that a slot such as ``<DRUG>`` may stand for.

        >>> rule = CueRule("was|were not |yet seen", "ABSENT", "BACKWARD", 40)
        >>> [(cue.start, cue.end) for cue in CueIndex([rule]).find("it was not seen".split(), {})]
        [(1, 4)]
        """
        found: list[Cue] = []
        inside = _inside(named)
        first = self._root.following
        reach = 0
        for start, word in enumerate(words):
            if word not in first and start not in named:
                continue
            matches = [
                match
                for match in self._matches(words, named, start)
                if not _crosses(start, match[0], inside)
            ]
            if matches and (end := max(end for end, _ in matches)) > reach:
                reach = end
                rules = dict.fromkeys(rule for stop, rule in matches if stop == end)
                found.extend(Cue(start, end, rule) for rule in rules)
        return found

    def _add(self, rule: CueRule) -> None:
        # One chain of nodes a rule: a slot's alternatives meet in the node behind it, so that
        # the size of the index is the length of the rules, not the number of their phrases.
        frontier = [self._root]
        for slot in rule.pattern.split():
            alternatives = [_alternative(part) for part in slot.split("|")]
            behind = _Node()
            for words in filter(None, alternatives):
                for node in frontier:
                    _link(node, words, behind)
            frontier = [*frontier, behind] if () in alternatives else [behind]
        if self._root in frontier or "*" in self._root.following:
            raise ValueError("a phrase is empty or begins with '*'; begin it with a word")
        for node in frontier:
            node.rules.append(rule)

    def _matches(self, words: Sequence[str], named: Named, start: int) -> list[tuple[int, CueRule]]:
        found: list[tuple[int, CueRule]] = []
        # place → nodes that the words before it lead to
        waiting: dict[int, tuple[_Node, ...]] = {start: (self._root,)}
        while waiting:
            place = min(waiting) if len(waiting) > 1 else next(iter(waiting))
            state = _state(waiting.pop(place))
            if state.rules:
                found.extend((place, rule) for rule in state.rules)
            if place == len(words):
                continue
            if nodes := state.following.get(words[place], state.otherwise):
                waiting[place + 1] = _union(waiting.get(place + 1, ()), nodes)
            for label, end in named.get(place, ()):
                if nodes := state.following.get(f"<{label}>", ()):
                    waiting[end] = _union(waiting.get(end, ()), nodes)
        return found


@lru_cache(maxsize=_KEPT)
def _state(nodes: tuple[_Node, ...]) -> _State:
    following: dict[str, dict[_Node, None]] = defaultdict(dict)
    for node in nodes:
        for word, then in node.following.items():
            following[word].update(dict.fromkeys(then))
    otherwise = following.pop("*", {})
    for word, found in following.items():
        if not _is_label(word):
            found.update(otherwise)
    rules = dict.fromkeys(rule for node in nodes for rule in node.rules)
    told = {word: tuple(found) for word, found in following.items()}
    return _State(tuple(rules), told, tuple(otherwise))


def _union(some: tuple[_Node, ...], others: tuple[_Node, ...]) -> tuple[_Node, ...]:
    return tuple(dict.fromkeys((*some, *others))) if some else others


def _link(node: _Node, words: tuple[str, ...], behind: _Node) -> None:
    for word in words[:-1]:
        then = _Node()
        node.following.setdefault(word, []).append(then)
        node = then
    node.following.setdefault(words[-1], []).append(behind)


def _inside(named: Named) -> dict[int, tuple[int, int]]:
    """Return the widest mention around each place between two words that lies within one."""
    inside: dict[int, tuple[int, int]] = {}
    for start, mentions in named.items():
        end = max(end for _, end in mentions)
        for place in range(start + 1, end):
            if place not in inside or inside[place][0] > start:
                inside[place] = (start, end)
    return inside


def _crosses(start: int, end: int, inside: Mapping[int, tuple[int, int]]) -> bool:
    if end in inside and inside[end][0] > start:
        return True
    return start in inside and inside[start][1] < end
