"""A verdict over tables, opened: how sure the reading is, what each name links to, what else it could mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.tables.check import Checked, check_claim, check_table
from claims.tables.mentions import Option
from claims.tables.names import names_of
from claims.tables.sentences import statements
from claims.tables.table import Axis, Table
from claims.tables.tokens import context_words, tokens_of
from claims.verdict import Verdict

WORDS = {"true": "supported", "false": "refuted", "mixed": "mixed", "unknown": "not-testable"}


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a claim and the lines they name.

    Attributes:
        text: as written. axis: of the lines. names: the headers, as printed.
        sure: how surely, 0 to 1. others: what the words may mean just as well.
    """

    text: str
    axis: Axis
    names: str
    sure: float
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        others = f"; or {', or '.join(self.others)}" if self.others else ""
        return f"{self.text} → {self.axis} “{self.names}” ({self.sure:.2f}{others})"


@dataclass(frozen=True, slots=True)
class Opened:
    """A verdict over tables with what led to it.

    Attributes:
        verdict: with its certainty, and with the readings over the other tables among its alternatives.
        links: the names of the claim, as the table that decided it knows them.
        unread: words of the claim that nothing explains.
    """

    verdict: Verdict
    links: tuple[Link, ...] = ()
    unread: tuple[str, ...] = ()


def open_claim(claim: str, tables: Sequence[Table], threshold: float | None = None) -> Opened:
    """The verdict on a claim over tables, opened.

    Args:
        claim: a sentence.
        tables: where its names may stand.
        threshold: least certainty of the reading for supported or refuted; the shipped one where None.
    """
    return opened(check_claim(claim, tables, threshold), claim, tables)


def opened(verdict: Verdict, claim: str, tables: Sequence[Table]) -> Opened:
    """A verdict that was already given, opened."""
    checked = [check_table(claim, table) for table in tables]
    spoke = [c for c in checked if str(c.reading.formula) == verdict.assertion]
    chosen = max(spoke or checked, key=lambda c: (c.certainty, len(c.findings)), default=None)
    if chosen is None:
        return Opened(verdict)
    others = tuple(_in_short(c) for c in checked if c is not chosen and c.reading.formula is not None)
    sure = (
        chosen.certainty if spoke and chosen.truth in ("true", "false") and verdict.verdict != "inconclusive" else None
    )
    return Opened(
        replace(verdict, certainty=sure, alternatives=(*verdict.alternatives, *others)),
        tuple(links(claim, chosen.table)),
        tuple(dict.fromkeys(word for part in chosen.reading.parts for word in part.unread)),
    )


def _in_short(checked: Checked) -> str:
    return f"{checked.reading.formula} in {checked.table.source or 'another table'} → {WORDS[checked.truth]}"


def links(claim: str, table: Table) -> Iterator[Link]:
    """The names of a claim with the lines of a table they link to, in their order, each once."""
    names, context = names_of(table), context_words(table.caption, table.heads)
    seen: set[str] = set()
    for statement in statements(claim):
        for token in tokens_of(statement.text, names, context):
            if token.mention is not None and token.text.casefold() not in seen:
                seen.add(token.text.casefold())
                yield _link(token.text, token.mention.options)


def _link(text: str, options: Sequence[Option]) -> Link:
    best, *rest = options
    return Link(text, best.axis, best.text, best.score, tuple(f"{o.axis} “{o.text}”" for o in rest))
