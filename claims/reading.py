"""The reading of a claim: its assertion, alternatives, and the use of each word."""

from __future__ import annotations

from claims.assertion import Formula
from claims.hashed import record
from claims.language.certificate import TokenUse


@record
class Linked:
    """A stretch of the sentence and what it stands for: its class and, of a name, its ids."""

    kind: str
    text: str
    values: tuple[str, ...] = ()


@record
class Reading:
    """The reading of a sentence: assertion, alternatives and unread words.

    Attributes:
        assertion: the main statement; None where none was read.
        asides: statements that stand beside it.
        alternatives: what it would say if a shared name stood for its other bearer.
        rivals: readings that are just as good; a verdict needs all of them to agree.
        unread: words that link to nothing; they withhold a verdict.
        left: where no reading gets past; it withholds a verdict.
        reason: why nothing was read; empty where something was.
        tokens: the linked words, for explanations. time_bound: the sentence speaks of a "now".
        certificate: what each stretch of the sentence became; empty where nothing was read.
    """

    assertion: Formula | None
    asides: tuple[Formula, ...] = ()
    alternatives: tuple[Formula, ...] = ()
    rivals: tuple[Formula, ...] = ()
    unread: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    reason: str = ""
    tokens: tuple[Linked, ...] = ()
    time_bound: bool = False
    certificate: tuple[TokenUse, ...] = ()

    @property
    def complete(self) -> bool:
        """True if every word was understood and used."""
        return self.assertion is not None and not self.unread and not self.left
