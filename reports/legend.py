"""Legend of verdicts and flags, in one line each, for every output format."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from claims.report import Mark
    from claims.verdict import Level, Verdict, VerdictWord

_TOLD: dict[str, Any] = tomllib.loads((files("reports") / "legend.toml").read_text(encoding="utf-8"))
VERDICT_NAMES: dict[VerdictWord, str] = {word: told["name"] for word, told in _TOLD["verdict"].items()}
VERDICT_MEANINGS: dict[VerdictWord, str] = {word: told["meaning"] for word, told in _TOLD["verdict"].items()}
IN_WORDS: dict[VerdictWord, tuple[str, str]] = {
    w: (told["one"], told["several"]) for w, told in _TOLD["verdict"].items()
}
"""For one claim and for several."""
DECIDED: frozenset[VerdictWord] = frozenset({"supported", "refuted", "mixed"})
LEVEL_MEANINGS: dict[Level, str] = _TOLD["level"]
FLAG_MEANINGS: dict[str, str] = _TOLD["flag"]
MARK_NAMES: dict[Mark, str] = _TOLD["mark"]

Standing: TypeAlias = Literal["against", "overstated", "missed", "unproven", "unread", "quiet"]
"""Relations of a report's mark to the verdict."""
STANDING_NAMES: dict[Standing, str] = _TOLD["standing"]
STANDING_SHORT: dict[Standing, str] = _TOLD["standing_short"]
LOUD: frozenset[Standing] = frozenset({"against", "overstated", "missed"})
"""Remarks at the claim; that a verified claim is merely undecided is said more quietly."""


def standing(mark: Mark, verdict: Verdict) -> Standing:
    """Relation of a report's mark to the verdict; "quiet" where there is nothing to remark."""
    if mark == "no":
        return "missed" if verdict.verdict == "supported" else "quiet"
    if mark != "yes":
        return "quiet"
    if verdict.verdict in {"refuted", "mixed"}:
        return "against"
    if "overstated" in verdict.flags:
        return "overstated"
    if verdict.verdict == "not-testable":
        return "unread"
    return "quiet" if verdict.verdict == "supported" else "unproven"


def verdict_name(word: str) -> str:
    """The name of a verdict: "Needs data" for "needs-data"; of other words, too."""
    return VERDICT_NAMES.get(word, word.replace("-", " ").capitalize())  # type: ignore[call-overload, no-any-return]
