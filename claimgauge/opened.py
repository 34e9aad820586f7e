"""A verdict opened on the terminal: labelled lines, evidence down to the cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.files.escapes import escaped
from claimgauge.terminal import styled

if TYPE_CHECKING:
    from claims.language.certificate import TokenUse
    from claims.verdict import EvidenceItem, Verdict


OTHERS = "no rewordings, but sentences that this evidence can decide:"


def labelled(label: str, values: Iterable[object]) -> list[str]:
    """Values under one label, one to a line."""
    return [f"{label if i == 0 else '':<10} {escaped(str(value))}" for i, value in enumerate(values)]


def found_lines(verdict: Verdict) -> list[str]:
    """The verdict, how far it is borne out, why, and what to say instead."""
    lines = [f"verdict    {styled(verdict.verdict, verdict.verdict)}"]
    if verdict.level != "none":
        lines.append(f"level      {verdict.level}")
    if verdict.flags:
        lines.append(f"flags      {', '.join(verdict.flags)}")
    lines.append(f"why        {escaped(verdict.reason)}")
    return [*lines, *rewording_lines(verdict)]


def rewording_lines(verdict: Verdict) -> list[str]:
    """Sentences to say instead of one that was not read."""
    lines: list[str] = []
    for rewording in verdict.rewordings:
        lines.append(f"{'choose?' if rewording.chosen else 'reword?'}    {escaped(rewording.text)}")
        lines += labelled("left out", ["; ".join(rewording.left_out)] if rewording.left_out else [])
        lines += labelled("instead", [f"“{said}” instead of “{written}”" for written, said in rewording.replaced])
        lines += labelled("chosen", [", ".join(f"“{word}”" for word in rewording.chosen)] if rewording.chosen else [])
    for suggestion in verdict.suggestions:
        lines += labelled("related?", [suggestion.text, suggestion.changes])
    lines += labelled("examples", [OTHERS] if verdict.examples else [])
    return [*lines, *labelled("", verdict.examples)]


def behind_lines(verdict: Verdict) -> list[str]:
    """Other readings, definitions and parts."""
    return [
        *labelled("or read as", verdict.alternatives),
        *labelled("definition", verdict.definitions),
        *labelled("part", [f"{word}: {statement}" for statement, word in verdict.parts]),
    ]


def evidence_line(item: EvidenceItem) -> str:
    """One number a verdict rests on, with its interval and its place."""
    span = f" [{item.low:g}, {item.high:g}]" if item.low is not None and item.high is not None else ""
    shown = "no value" if item.value is None else item.value
    value = f"{item.value:g}" if isinstance(item.value, float) else shown
    beside = "" if item.role == "decides" else " (beside)"
    spread = f" ({item.spread})" if item.spread else ""
    return f"{item.what} = {value}{span}{spread}{beside}; {item.source} ({item.provenance})"


def word_lines(certificate: Iterable[TokenUse]) -> list[str]:
    """Lines of the certificate: each word of a sentence and what it became."""
    return labelled("words", map(_word_line, certificate))


def _word_line(used: TokenUse) -> str:
    return f"{used.text} → {used.role} ({used.neutral})" if used.neutral else f"{used.text} → {used.role}"
