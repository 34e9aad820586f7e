"""Names of the vocabulary in a sentence, as typed edges: a run is no target, whatever the grammar would like."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from analysis.registry.vocabulary import MULTITASK, Entry, Vocabulary, vocabulary
from claims.domains.registry.words import counting_words, spelt_words
from claims.language.chart import Edge
from claims.language.tokens import DASHES, Token, tokens_of

SYMBOLS = {
    "intermediate": "RUN", "further_intermediate": "RUN", "target": "TARGET", "benchmark": "BENCH", "model": "MODEL",
    "metric": "METRIC", "kind": "KIND", "text_source": "SOURCE", "language": "LANG", "multitask": "MULTI",
}  # fmt: skip
"""Category of the vocabulary → terminal of the grammar."""
LEFT_OUT = frozenset({"xtreme_score", "main_score"})
"""Metrics whose names are those of a benchmark's mean, which the grammar reads word by word."""
VARIABLES = frozenset("iltm")
"""Bound variables of assertions, for tasks, languages, targets and models."""
MOST_TOKENS = 14
LEAD = 4
Key = tuple[str, str]


def folded_name(tokens: Sequence[Token]) -> str:
    """The form under which names are compared: lower case, without blanks, hyphens and underscores."""
    return "".join(t.folded for t in tokens if t.folded not in ("-", "_"))


@dataclass(frozen=True, slots=True)
class SpellingIndex:
    """Spellings → ids of the vocabulary.

    Attributes:
        ids: symbol → folded spelling → ids, the likeliest first.
        by_key: folded spelling → (symbol, ids) for each symbol that has it.
        begins: the beginnings of all spellings, of 1 to `LEAD` characters.
        of_tables: (symbol, folded spelling) of names that results tables bring.
    """

    ids: dict[str, dict[str, tuple[str, ...]]]
    by_key: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    begins: frozenset[str]
    of_tables: frozenset[Key] = frozenset()

    def edges(self, tokens: Sequence[Token], choice: int = 0) -> Iterator[Edge]:
        """The names in a sentence; of several ids behind one spelling the one at `choice`, or the last."""
        found: list[Edge] = []
        for start, token in enumerate(tokens):
            if token.folded[:LEAD] in self.begins and token.word and not _inside(tokens, start):
                for end, key in self._spelt(tokens, start):
                    for symbol, ids in self.by_key[key]:
                        found.append(Edge(start, end, symbol, ids[min(choice, len(ids) - 1)]))
        yield from (e for e in found if not any(_covers(o, e) and not self._adds(tokens, o, e) for o in found))

    def _spelt(self, tokens: Sequence[Token], start: int) -> Iterator[tuple[int, str]]:
        """The ends of the spellings that start at a token."""
        key = ""
        for end in range(start + 1, min(start + MOST_TOKENS, len(tokens)) + 1):
            folded = tokens[end - 1].folded
            if folded not in ("-", "_"):
                key += folded
                if key[:LEAD] not in self.begins:
                    return
                if key in self.by_key and not _goes_on(tokens, end):
                    yield end, key

    def shared(self, tokens: Sequence[Token], edges: Iterable[Edge] | None = None) -> int:
        """The number of ids behind the most ambiguous spelling of a sentence; `edges` are names already found in it."""
        most = 1
        for edge in edges if edges is not None else self.edges(tokens):
            if edge.symbol not in self.ids:
                continue
            key = folded_name(tokens[edge.start : edge.end])
            most = max(most, len(self.ids[edge.symbol].get(key, ())))
        return most

    def doubted(self, tokens: Sequence[Token], edges: Sequence[Edge]) -> bool:
        """True if a name from a results table lies wholly within other names, so the sentence reads without it."""
        if not self.of_tables:
            return False
        brought = [self._brought(tokens, edge) for edge in edges]
        known = {i for e, own in zip(edges, brought, strict=True) if not own for i in range(e.start, e.end)}
        known |= {i for i, token in enumerate(tokens) if not token.word}
        return any(known.issuperset(range(e.start, e.end)) for e, own in zip(edges, brought, strict=True) if own)

    def shared_in_tables(self, tokens: Sequence[Token], edges: Sequence[Edge]) -> bool:
        """True if a name that a results table brings stands for several things of its kind."""
        brought = [edge for edge in edges if self.of_tables and self._brought(tokens, edge)]
        return any(len(self.ids[e.symbol][folded_name(tokens[e.start : e.end])]) > 1 for e in brought)

    def _brought(self, tokens: Sequence[Token], edge: Edge) -> bool:
        """True if a name is one that a results table brings."""
        return (edge.symbol, folded_name(tokens[edge.start : edge.end])) in self.of_tables

    def _adds(self, tokens: Sequence[Token], longer: Edge, shorter: Edge) -> bool:
        """True if the longer name is from a results table, such as "XNLI dev", and so must not hide the shorter one."""
        return bool(self.of_tables) and self._brought(tokens, longer) and not self._brought(tokens, shorter)


def _goes_on(tokens: Sequence[Token], end: int) -> bool:
    """True if the word goes on without a blank: "ANLI" in "ANLI+", "BERT" in "BERT2"; a hyphen parts names."""
    if end >= len(tokens) or not tokens[end].glued:
        return False
    return tokens[end].text[0].isalnum() or tokens[end].folded in "+@#"


def _inside(tokens: Sequence[Token], start: int) -> bool:
    """True if a token is glued to a word, a plus or a hyphen before it: "BERT" in "mBERT", "-1"."""
    if start == 0 or not tokens[start].glued:
        return False
    return tokens[start - 1].text[0].isalnum() or tokens[start - 1].folded in "+@#_."


def _covers(one: Edge, other: Edge) -> bool:
    return (
        one.symbol == other.symbol
        and one.start <= other.start
        and other.end <= one.end
        and one.end - one.start > other.end - other.start
    )


@lru_cache(maxsize=8)
def names_of(registry: Vocabulary) -> SpellingIndex:
    """The names of a vocabulary."""
    table: dict[str, dict[str, list[str]]] = {}
    of_tables: set[tuple[str, str]] = set()
    shipped = vocabulary()
    for category, symbol in SYMBOLS.items():
        spelt = table.setdefault(symbol, {})
        for entry in registry[category].values():
            ident = MULTITASK if symbol == "MULTI" else entry.id
            own = registry is not shipped and shipped[category].get(entry.id) is not entry
            for spelling in _spellings(entry, symbol):
                if own:
                    if _is_word(spelling, symbol):
                        continue
                    of_tables.add((symbol, _fold(spelling)))
                _put(spelt, spelling, ident)
            for shared in (*entry.facts.get("unversioned", ()), *entry.facts.get("in_tables", ())):
                _put(spelt, shared, ident)
    families = {str(e.facts["family"]) for e in registry["language"].values() if "family" in e.facts}
    table["FAMILY"] = {_fold(name): [name] for name in families}
    ids = {symbol: {key: tuple(found) for key, found in spelt.items()} for symbol, spelt in table.items()}
    by_key: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for symbol, named in ids.items():
        for key, bearers in named.items():
            by_key[key] = (*by_key.get(key, ()), (symbol, bearers))
    begins = frozenset(key[:length] for key in by_key for length in range(1, LEAD + 1))
    return SpellingIndex(ids, by_key, begins, frozenset(of_tables))


def _is_word(spelling: str, symbol: str) -> bool:
    """True if the spelling of a name from a results table is a number or a word that counts, as "all".

    So is a variable of assertions, and a plain word that would be the name of a metric or language.
    """
    key = _fold(spelling)
    plain = symbol in ("METRIC", "LANG") and key in spelt_words()
    return plain or not any(c.isalpha() for c in key) or key in counting_words() or spelling in VARIABLES


def _spellings(entry: Entry, symbol: str) -> tuple[str, ...]:
    if entry.id in LEFT_OUT:
        return ()
    if symbol == "LANG":
        return (entry.name, *entry.aliases)
    return entry.spellings


def _put(spelt: dict[str, list[str]], spelling: str, ident: str) -> None:
    found = spelt.setdefault(_fold(spelling), [])
    if ident not in found:
        found.append(ident)


def _fold(spelling: str) -> str:
    return "".join(c for c in spelling.translate(DASHES).casefold() if not c.isspace() and c not in "-_")


@dataclass(frozen=True, slots=True)
class Concepts:
    """Concepts of the field, and the phrases that name them.

    Attributes:
        phrases: folded words of a phrase → the concept it names, "" where it names none.
        of_axis: axis of an association → the concepts it covers.
        longest: words of the longest phrase.
    """

    phrases: dict[tuple[str, ...], str]
    of_axis: dict[str, frozenset[str]]
    longest: int

    def named(self, text: str) -> Iterator[str]:
        """The concepts that a text names; of phrases that lie in one another the longest counts."""
        words = _words(text)
        place = 0
        while place < len(words):
            for length in range(min(self.longest, len(words) - place), 0, -1):
                concept = self.phrases.get(words[place : place + length])
                if concept is not None:
                    if concept:
                        yield concept
                    place += length - 1
                    break
            place += 1


@cache
def known_concepts() -> Concepts:
    """The concepts of `concepts.toml`."""
    data = tomllib.loads((files("claims.domains.registry") / "concepts.toml").read_text(encoding="utf-8"))
    phrases = {_words(form): "" for form in data["elsewhere"]}
    of_axis: dict[str, set[str]] = {}
    for entry in data["concept"]:
        phrases |= {_words(form): entry["name"] for form in entry["forms"]}
        for axis in entry.get("axes", ()):
            of_axis.setdefault(axis, set()).add(entry["name"])
    frozen = {axis: frozenset(names) for axis, names in of_axis.items()}
    return Concepts(phrases, frozen, max(map(len, phrases)))


def ids_named(text: str, symbol: str, registry: Vocabulary) -> tuple[str, ...]:
    """The ids of the names of one kind in a text, such as "BENCH" or "MODEL", in order."""
    return tuple(dict.fromkeys(e.value for e in names_of(registry).edges(tokens_of(text)) if e.symbol == symbol))


def _words(text: str) -> tuple[str, ...]:
    """The folded words of a text, hyphens left out."""
    return tuple(t.folded for t in tokens_of(text) if t.folded != "-")
