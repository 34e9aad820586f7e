"""The reading of a claim: its assertion, alternatives, and the use of each word."""

from __future__ import annotations

from claims.assertion import Formula
from claims.hashed import record
from claims.language.certificate import TokenUse


@record
class Linked:
    """A stretch of the sentence linked to its class and, for a name, to its ids."""

    kind: str
    text: str
    values: tuple[str, ...] = ()


@record
class Reading:
    """The reading of a sentence: assertion, alternatives and unread words.

    Attributes:
        assertion: the main statement; None where none was read.
        asides: statements that stand beside it.
        alternatives: its assertions if a shared name stood for another bearer.
        rivals: parses that are just as good; a verdict needs all of them to agree.
        unread: unknown words; they withhold a verdict.
        left: the word that no parse gets past; it withholds a verdict.
        reason: the reason why there is no parse; empty where there is one.
        tokens: the linked words, for explanations. time_bound: True if the sentence speaks of a "now".
        certificate: the role of each stretch of the sentence; empty where it has no parse.
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
