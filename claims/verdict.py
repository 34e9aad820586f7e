"""Verdicts on claims, with their evidence and the runs that would settle an open one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from analysis.errors import UsageError
from claims.hashed import Hashed, hashed, record

if TYPE_CHECKING:
    from claims.language.certificate import TokenUse
    from claims.language.kept import Rewording
    from claims.language.suggestion import Suggestion

VerdictWord: TypeAlias = Literal["supported", "refuted", "mixed", "inconclusive", "needs-data", "not-testable"]
Level: TypeAlias = Literal["grounded", "recomputed", "reproduced", "none"]
"""A published source says so; it follows from published numbers; it was measured."""

Role: TypeAlias = Literal["decides", "besides"]

Truth: TypeAlias = Literal["true", "false", "mixed", "open", "missing", "untestable"]
"""Truth of an assertion; "mixed": parts disagree; "open": the data span the line; "missing": cells are not there;
"untestable": no data could decide it here."""

VERDICT_OF: dict[Truth, VerdictWord] = {
    "true": "supported", "false": "refuted", "mixed": "mixed", "open": "inconclusive", "missing": "needs-data",
    "untestable": "not-testable",
}  # fmt: skip
"""The verdict a truth value becomes."""

VERDICTS: tuple[VerdictWord, ...] = tuple(VERDICT_OF.values())
FLAGS = (
    "within-rounding", "overstated", "truncated", "time-bound", "ambiguous", "proxy", "circular", "contested",
    "corrected", "partial", "proposed", "other-version", "stopped", "failed",
)  # fmt: skip
"""Flags of a verdict. `contested`: other evidence contradicts it; `corrected`: the
reading was supplied by the user; `partial`: part of the sentence was not judged; `proposed`: the reading is a
model's, see `claims.proposing`; `other-version`: another version of the cited text, or another paper, is what is at
hand; `stopped`: it took too long to check; `failed`: this program failed on it."""


def in_order(flags: Collection[str]) -> tuple[str, ...]:
    """Flags in the order of `FLAGS`, each once."""
    return tuple(flag for flag in FLAGS if flag in flags)


@hashed
class EvidenceItem(Hashed):
    """One number or statement a verdict rests on.

    Attributes:
        what: the cell, term, fact or finding.
        value: number in points, or text. low, high: interval, where there is one.
        source: the table, file or study it is from. provenance: see the results table; "registry" for facts.
        role: "decides" or "besides" (shown, but the verdict does not rest on it).
        spread: stated error of a cell ("sd 0.41 over 5 seeds"), empty where none is stated.
    """

    what: str
    value: float | str | None
    low: float | None
    high: float | None
    source: str
    provenance: str
    role: Role = "decides"
    spread: str = ""


@record
class Settle:
    """The cheapest way to decide a claim.

    Attributes:
        cells: the missing cells, in words.
        runs: the training runs that would fill them: (model, run) pairs, in words; none of cells of a table.
        targets: targets to evaluate. split: of the cells.
        plan: the experiment as a TOML text that `claimgauge run` accepts.
    """

    cells: tuple[str, ...]
    runs: tuple[str, ...]
    targets: tuple[str, ...]
    split: str
    plan: str = ""


@record
class Correction:
    """The source of a supplied reading.

    Attributes:
        file: the file it stands in. by, on: its author and day (ISO); "" where the file gives none.
        instead: the reading of the sentence without it; None where the sentence has no parse.
    """

    file: str
    by: str
    on: str
    instead: str | None


@record
class Verdict:
    """The verdict on a claim, with its evidence.

    Attributes:
        verdict: the word. flags: see `FLAGS`, in their order. level: kind of evidence it rests on, see `Level`.
        reason: one or two sentences.
        assertion: the reading that was checked, in one line; None where none was.
        alternatives: other readings, with the verdicts they would give.
        definitions: the definitions of vague words it used, in words.
        evidence: the items it rests on, and those shown beside them.
        settle: runs that would decide it; None where it is decided or cannot be.
        parts: (statement, verdict word) of each part of a conjunction, and of asides.
        certificate: the role of each word of the sentence; empty where it has no parse.
        rewordings: for a sentence without a parse, sentences that have one, the nearest first; where none has the
            meaning of the sentence or of a part of it, one choice for each possible meaning of its unknown words.
        suggestions: where there is no rewording, sentences on names of the sentence that the evidence supports.
        examples: where it names nothing that the evidence has, any sentences that the evidence supports.
        correction: the source of the reading, where a user supplied it.
    """

    verdict: VerdictWord
    flags: tuple[str, ...]
    level: Level
    reason: str
    assertion: str | None
    alternatives: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    settle: Settle | None = None
    parts: tuple[tuple[str, str], ...] = ()
    certificate: tuple[TokenUse, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    examples: tuple[str, ...] = ()
    correction: Correction | None = None

    @property
    def rewording(self) -> str:
        """The nearest of the sentences that would be read, "" where none says what the sentence says, or a part."""
        return self.rewordings[0].text if self.rewordings and not self.rewordings[0].chosen else ""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Words of the sentence that its nearest rewording does not say."""
        return self.rewordings[0].left_out if self.rewording else ()


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """A verdict as a record of plain values, the nearest rewording also by itself."""
    return {**asdict(verdict), "rewording": verdict.rewording, "left_out": verdict.left_out}


def verdict_list(text: str) -> frozenset[str]:
    """The verdict words of a list with commas.

    Raises:
        UsageError: a word is none of `VERDICTS`.
    """
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    unknown = sorted(names - set(VERDICTS))
    if unknown:
        raise UsageError(f"--fail-on: unknown verdict {unknown[0]!r} (one of {', '.join(VERDICTS)})")
    return names
