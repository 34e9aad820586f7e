"""A proposer of rewordings: anything that answers a chat."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from analysis.errors import MissingDataError


@dataclass(frozen=True, slots=True)
class CachedProposer:
    """A proposer whose answers are kept.

    Attributes:
        proposer: asked where no answer is kept.
        folder: one file an answer, named by the hash of model and chat; may be removed at any time.
    """

    proposer: Proposer
    folder: Path

    @property
    def name(self) -> str:
        """The model's."""
        return self.proposer.name

    def answer(self, messages: Sequence[Message]) -> str:
        """The kept answer, else the model's."""
        path = self.folder / f"{_key(self.name, messages)}.json"
        kept = _kept(path)
        if kept is not None:
            return kept
        answer = self.proposer.answer(messages)
        _keep(path, {"model": self.name, "messages": [asdict(m) for m in messages], "answer": answer})
        return answer


def _key(name: str, messages: Sequence[Message]) -> str:
    asked = json.dumps([name, [[m.role, m.content] for m in messages]], ensure_ascii=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def _kept(path: Path) -> str | None:
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))["answer"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if isinstance(answer, str) else None


def _keep(path: Path, record: dict[str, object]) -> None:
    """Writes a record whole or not at all; where nothing can be written, the question is asked again next time."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(record, ensure_ascii=True), encoding="utf-8")
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)


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
        """Its name in verdicts; models with different weights have different names as far as can be known."""

    def answer(self, messages: Sequence[Message]) -> str:
        """The model's answer to a chat, always the same for the same chat.

        Raises:
            MissingDataError: it cannot answer.
        """
