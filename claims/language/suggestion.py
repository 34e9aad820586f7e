"""Suggestions for a sentence without a parse or rewording: true sentences on names in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that the evidence supports, with another assertion than the claim that has no parse.

    Attributes:
        text: the suggested sentence.
        kept: names of the claim that it keeps, as written; it leaves out the rest. Never empty.
        replaced: (name as written, nearest name in the evidence) of names that it replaces.
    """

    text: str
    kept: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...] = ()

    @property
    def changes(self) -> str:
        """The names it keeps and replaces, in one line."""
        kept = f"keeps only {', '.join(f'“{name}”' for name in self.kept)}, leaves out the rest"
        return "; ".join([kept, *(f"“{said}” instead of “{written}”" for written, said in self.replaced)])
