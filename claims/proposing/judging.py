"""Claims over tables, with a model asked for a rewording of those that are not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.tables import Table
from claims.assertion import And
from claims.checking.over_tables import OverTable, TableJudge, disagreeing, over_formula, over_table
from claims.domains.table.reading import TableReader
from claims.proposing.gate import objections
from claims.proposing.prompt import messages_for, sentences_of
from claims.proposing.proposer import Proposer
from claims.verdict import Verdict

DECIDED = frozenset({"supported", "refuted", "mixed"})


class ProposingJudge(TableJudge):
    """A judge that asks a model where it cannot read a claim over any of its tables."""

    def __init__(self, tables: Sequence[Table], proposer: Proposer, *, numbers: bool = False) -> None:
        super().__init__(tables)
        self.proposer = proposer
        self.numbers = numbers

    def judged(self, claim: str, *, hint: bool = True) -> list[OverTable]:
        """The sentence over every table, the deciding one first; see `TableJudge`.

        Raises:
            MissingDataError: the model cannot answer.
        """
        own = super().judged(claim, hint=hint)
        if not own or any(over.truths for over in own):
            return own
        by_table = {id(over.table): over for over in own}
        found = [self._proposed(claim, reader, by_table[id(reader.table)]) for reader in self.readers]
        decided = [over for over in found if over.verdict.verdict in DECIDED]
        if len({over.verdict.verdict for over in decided}) > 1:
            torn = disagreeing(decided)
            return [replace(torn, verdict=replace(torn.verdict, flags=("ambiguous", "proposed"))), *found]
        first = (decided or [over for over in found if over.truths] or found)[0]
        return [first, *(over for over in found if over is not first)]

    def _proposed(self, claim: str, reader: TableReader, own: OverTable) -> OverTable:
        """The model's rewording of a claim over one table, if it passes; else the own verdict with it beside."""
        answer = self.proposer.answer(messages_for(claim, reader.table, numbers=self.numbers))
        texts = sentences_of(answer)
        name = self.proposer.name
        if not texts:
            return _beside(own, f"no rewording by {name}")
        against = [*objections(claim, texts, reader), *_unread(texts, reader)]
        if against:
            return _beside(own, f"proposed reading {_quoted(texts)} by {name}: {'; '.join(against)}")
        return _accepted(texts, reader, name)


def _unread(texts: Sequence[str], reader: TableReader) -> list[str]:
    tried = [(text, reader.read(text)) for text in texts]
    return [f"“{text}” is not read ({read.reason})" for text, read in tried if not read.readings]


def _beside(own: OverTable, shown: str) -> OverTable:
    verdict = replace(own.verdict, alternatives=(*own.verdict.alternatives, f"{shown}; so it decides nothing"))
    return replace(own, verdict=verdict)


def _accepted(texts: Sequence[str], reader: TableReader, name: str) -> OverTable:
    """The verdict on rewordings that hold together what the claim holds."""
    parts = [over_table(text, reader) for text in texts]
    verdict = parts[0].verdict if len(parts) == 1 else _together(texts, parts)
    reason = f"{name} reworded the claim as {_quoted(texts)}, which loses and adds nothing. {verdict.reason}"
    verdict = replace(verdict, flags=(*verdict.flags, "proposed"), reason=reason)
    return OverTable(reader.table, parts[0].read, parts[0].truths, verdict)


def _together(texts: Sequence[str], parts: Sequence[OverTable]) -> Verdict:
    """One verdict on several sentences that are stated together."""
    said = tuple((text, over.verdict.verdict) for text, over in zip(texts, parts, strict=True))
    used = tuple(item for over in parts for item in over.verdict.certificate)
    formula = And(tuple(over.read.readings[0].formula for over in parts))
    unclear = [text for text, over in zip(texts, parts, strict=True) if "ambiguous" in over.verdict.flags]
    if unclear:
        reason = f"{_quoted(unclear)} can be read in ways that come out differently, so no verdict is given."
        return Verdict("inconclusive", ("ambiguous",), "none", reason, str(formula), parts=said, certificate=used)
    verdict = over_formula(formula, [TableReader(parts[0].table)]).verdict
    return replace(verdict, flags=(), parts=said, certificate=used)


def _quoted(texts: Sequence[str]) -> str:
    return " ".join(f"“{text}”" for text in texts)
