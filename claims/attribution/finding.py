"""The attribution of a claim to one cited source: its kind, and the passages it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from analysis.wording import counted

Kind: TypeAlias = Literal[
    "stated", "says-more", "says-less", "other-number", "says-otherwise", "other-version", "not-found", "not-at-hand"
]
KINDS: tuple[Kind, ...] = (
    "stated", "says-more", "says-less", "other-number", "says-otherwise", "other-version", "not-found", "not-at-hand",
)  # fmt: skip
"""The source makes the same assertion with the same number; a stronger one; a weaker one; the same with another
number; one that cannot hold beside it; another version than the cited one is what is at hand, or what says so; no
sentence of it that was read makes the assertion; no document at hand is the source."""


KIND_NAMES: dict[Kind, str] = {kind: kind.replace("-", " ") for kind in get_args(Kind)} | {
    "not-found": "not found in it"
}
"""Kind → its name in reports."""


@dataclass(frozen=True, slots=True)
class Readable:
    """Counts of a document's sentences, tables and pages that could be searched.

    Attributes:
        sentences: number of sentences. read: number of those parsed whole, to an assertion.
        tables: number of whole tables. doubtful: number of others. empty_pages: number of pages without text.
    """

    sentences: int
    read: int
    tables: int
    doubtful: int
    empty_pages: int

    def __str__(self) -> str:
        parts = [f"{self.read} of {counted(self.sentences, 'sentence')} read to an assertion"]
        parts.append(f"{self.tables} of {counted(self.tables + self.doubtful, 'table')} whole")
        if self.empty_pages:
            parts.append(f"{self.empty_pages} pages hold no text")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a table of a document.

    Attributes:
        where: "p. 5, line 12", "Table 2, p. 5". text: the sentence, or the cells.
    """

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """The attribution of a claim to one cited source.

    Attributes:
        kind: see `KINDS`.
        cited: the source as the claim or its report cites it.
        document: name of the file searched, "" where none is at hand. version: its version, "" where unknown.
        in_version: the kind found in that version, where the kind is "other-version"; else "".
        said: the passages that make the assertion. nearby: the sentence most like the claim, which differs from it.
        readable: how much of the document could be read; None where none is at hand.
        reason: one sentence.
    """

    kind: Kind
    cited: str
    document: str = ""
    version: str = ""
    in_version: Kind | Literal[""] = ""
    said: tuple[Passage, ...] = ()
    nearby: Passage | None = None
    readable: Readable | None = None
    reason: str = ""
