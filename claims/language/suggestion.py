"""What is offered where no rewording is: true sentences on names of the one that was not read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that the evidence bears out and that says something else than the one that was not read.

    Attributes:
        text: the sentence.
        kept: names of the other that it speaks of, as written; it leaves out the rest. Never empty.
        replaced: (as written, as it says) of names that it takes for the nearest the evidence has.
    """

    text: str
    kept: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...] = ()

    @property
    def changes(self) -> str:
        """What it keeps and replaces, in one line."""
        kept = f"keeps only {', '.join(f'“{name}”' for name in self.kept)}, leaves out the rest"
        return "; ".join([kept, *(f"“{said}” instead of “{written}”" for written, said in self.replaced)])
