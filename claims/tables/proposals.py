"""Assertions that a reader other than ours proposes, and when they count.

A proposal is text. It counts only if it is well-formed, its names are the table's and its types fit
(`linking`), it accounts for what we see the sentence say (`agreement`), and our own reader read
nothing; then it is judged like any assertion, and the verdict says whose reading it is. Where both
read and the readings come out differently, neither is trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from analysis.errors import InputError
from claims.tables.agreement import disagreements
from claims.tables.assertion import Formula
from claims.tables.check import check_claim
from claims.tables.evidence import evidence_of
from claims.tables.findings import Found
from claims.tables.judging import judge
from claims.tables.linking import linked
from claims.tables.notation import parse_notation
from claims.tables.table import Table
from claims.tables.vocabulary import NOTHING_READ, Vocabulary, vocabulary_of
from claims.verdict import Verdict, VerdictWord

WORDS: dict[str, VerdictWord] = {
    "true": "supported", "false": "refuted", "mixed": "mixed", "unknown": "not-testable",
}  # fmt: skip


class Reader(Protocol):
    """Anything that turns a sentence into assertions in the notation of `claims.tables.notation`."""

    @property
    def name(self) -> str:
        """What a verdict calls it."""

    def propose(self, sentence: str, vocabulary: Vocabulary) -> Sequence[str]:
        """Assertions that the sentence may make of a table with this vocabulary, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What became of a proposed assertion.

    Attributes:
        text: as proposed. table: the table it speaks of.
        formula: linked; None where it was refused. found: what the table says of it.
        why: of the refusal.
    """

    text: str
    table: Table
    formula: Formula | None = None
    found: Found | None = None
    why: str = ""

    @property
    def word(self) -> VerdictWord | None:
        """What it would give; None where it was refused."""
        return WORDS[self.found.truth] if self.found is not None else None


def accepted(texts: Sequence[str], claim: str, table: Table) -> tuple[Proposal, ...]:
    """Each proposed assertion, judged or refused with the reason.

    Args:
        texts: as a reader proposes them.
        claim: the sentence they are said to read.
        table: what it speaks of.
    """
    return tuple(_tried(text.strip(), claim, table) for text in dict.fromkeys(texts))


def _tried(text: str, claim: str, table: Table) -> Proposal:
    if text == NOTHING_READ:
        return Proposal(text, table, why="it reads nothing of the table in the sentence")
    try:
        formula = linked(parse_notation(text), table)
    except InputError as error:
        return Proposal(text, table, why="; ".join(error.faults))
    against = disagreements(formula, claim, table)
    if against:
        return Proposal(text, table, why="; ".join(against))
    return Proposal(text, table, formula, judge(formula, table))


def check_with_reader(claim: str, tables: Sequence[Table], reader: Reader, threshold: float | None = None) -> Verdict:
    """The verdict on a claim, with a second reader where ours reads nothing.

    Args:
        claim: a sentence.
        tables: where its names may stand.
        reader: asked once per table.
        threshold: least certainty of our own reading; the shipped one where None. A proposal has no certainty.
    """
    own = check_claim(claim, tables, threshold)
    tried = [p for table in tables for p in accepted(reader.propose(claim, vocabulary_of(table)), claim, table)]
    shown = tuple(_shown(proposal, reader.name) for proposal in tried)
    counted = [proposal for proposal in tried if proposal.word is not None]
    decided = {proposal.word for proposal in counted} & {"supported", "refuted"}
    if own.assertion is not None:
        return _beside(replace(own, alternatives=(*own.alternatives, *shown)), decided, reader.name)
    if len(decided) > 1:
        reason = f"Proposed by {reader.name}: its readings come out differently, so none is taken."
        return replace(own, flags=("ambiguous", "proposed"), reason=reason, alternatives=shown)
    best = next((p for p in counted if p.word in decided), next(iter(counted), None))
    if best is None:
        reason = f"{own.reason} Nothing that {reader.name} proposed counts.".strip()
        return replace(own, reason=reason, alternatives=shown)
    return _verdict(best, reader.name, tuple(_shown(p, reader.name) for p in tried if p is not best))


def _beside(own: Verdict, decided: set[VerdictWord | None], name: str) -> Verdict:
    """Our own verdict, unless a proposal turns it around."""
    if own.verdict not in ("supported", "refuted") or decided <= {own.verdict}:
        return own
    reason = f"{own.reason} {name} reads it so that it comes out differently, so no verdict is given."
    flags = tuple(dict.fromkeys((*own.flags, "ambiguous")))
    return replace(own, verdict="not-testable", flags=flags, level="none", reason=reason)


def _verdict(proposal: Proposal, name: str, others: tuple[str, ...]) -> Verdict:
    assert proposal.found is not None
    assert proposal.word is not None
    found, table, word = proposal.found, proposal.table, proposal.word
    where = table.source or "the table"
    overstated = ("overstated",) if word == "supported" and found.share < 1 else ()
    return Verdict(
        verdict=word,
        flags=(*overstated, "proposed"),
        level="none" if word == "not-testable" else "grounded",
        reason=f"Our own reader read nothing; {name} proposed this reading. In {where}: {found.why}.",
        assertion=str(proposal.formula),
        alternatives=others,
        evidence=evidence_of(table, found.cells),
    )


def _shown(proposal: Proposal, name: str) -> str:
    """A proposal in one line."""
    became = f"refused: {proposal.why}" if proposal.word is None else f"it gives {proposal.word}"
    return f"{proposal.text} (proposed by {name}; {became})"
