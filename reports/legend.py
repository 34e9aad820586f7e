"""Legend of verdicts and flags, in one line each, for every output format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from claims.report import Mark
    from claims.verdict import Level, Verdict, VerdictWord

VERDICT_NAMES: dict[VerdictWord, str] = {
    "supported": "Supported",
    "refuted": "Refuted",
    "mixed": "Mixed",
    "inconclusive": "Inconclusive",
    "needs-data": "Needs data",
    "not-testable": "Not testable",
}
VERDICT_MEANINGS: dict[VerdictWord, str] = {
    "supported": "The evidence bears the claim out.",
    "refuted": "The evidence says otherwise.",
    "mixed": "Parts of the claim, or the numbers behind it, disagree.",
    "inconclusive": "There is evidence, but its interval spans the line the claim draws.",
    "needs-data": "It can be decided; a number it needs has not been measured.",
    "not-testable": "No score and no registry fact could decide the sentence as it stands.",
}
DECIDED: frozenset[VerdictWord] = frozenset({"supported", "refuted", "mixed"})

LEVEL_MEANINGS: dict[Level, str] = {
    "grounded": "A published source, the registry or a table that was given says so.",
    "recomputed": "It follows from published numbers by calculation.",
    "reproduced": "It was measured.",
    "none": "The verdict rests on no evidence.",
}

FLAG_MEANINGS: dict[str, str] = {
    "within-rounding": "The printed digits leave it open whether the unrounded numbers agree.",
    "overstated": "The source itself says something weaker.",
    "truncated": "The report cuts the sentence off; the rest was judged only if a source completes it.",
    "time-bound": "It was true, or false, at one time: “currently”, “state of the art”.",
    "ambiguous": "Another reasonable reading or definition would turn the verdict around.",
    "proxy": "Decided by evidence from another model or split than the claim speaks of.",
    "circular": "The only evidence is the claim's own source: it can ground a claim, not reproduce it.",
    "contested": "Other evidence says otherwise.",
    "corrected": "The reading that was checked was supplied by the user.",
    "partial": "Part of the sentence was not judged.",
    "proposed": "The reading is a language model's; our own reader read nothing.",
    "other-version": "What is at hand is another version of the cited text, or another paper: it decides no number.",
    "stopped": "Checking took longer than the time allowed (time-limit).",
    "failed": "Our own program failed on it; please report it.",
}
MARK_NAMES: dict[Mark, str] = {
    "yes": "marked verified",
    "no": "marked unverified",
    "partly": "marked partly verified",
    "unclear": "marked unclear",
    "none": "without a mark",
}

Standing: TypeAlias = Literal["against", "overstated", "missed", "unproven", "unread", "quiet"]
"""Relations of a report's mark to the verdict."""

STANDING_NAMES: dict[Standing, str] = {
    "against": "Marked verified; the evidence speaks against it",
    "overstated": "Marked verified; the source itself says less",
    "missed": "Marked unverified; the evidence supports it",
    "unproven": "Marked verified; the evidence at hand does not decide it",
    "unread": "Marked verified; not read here, which says nothing about the claim",
}
LOUD: frozenset[Standing] = frozenset({"against", "overstated", "missed"})
"""Remarks at the claim; that a verified claim is merely undecided is said more quietly."""

STANDING_SHORT: dict[Standing, str] = {
    "against": "verified, but contradicted",
    "overstated": "verified, but overstated",
    "missed": "unverified, but supported",
    "unproven": "verified, still open",
    "unread": "verified, not read here",
}


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
