"""A proposer of rewordings: anything that answers a chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from analysis.errors import MissingDataError


class ProposerError(MissingDataError):
    """A model that should propose rewordings cannot be reached, or does not answer as it should."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat.

    Attributes:
        role: "system", "user" or "assistant". content: its text.
    """

    role: str
    content: str


class Proposer(Protocol):
    """A language model as far as it is needed here."""

    @property
    def name(self) -> str:
        """What a verdict calls it; tells models with different weights apart as far as can be known."""

    def answer(self, messages: Sequence[Message]) -> str:
        """The model's answer to a chat, always the same for the same chat.

        Raises:
            MissingDataError: it cannot answer.
        """
