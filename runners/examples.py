"""Examples of tasks: one frozen type per kind of task, and the data set that holds them.

A loader (`runners.data`) turns files, hub data sets or the laboratory world into a `Dataset`; a kind
(`runners.kinds`) turns its examples into tensors and predictions into scores. Nothing else is
exchanged between the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Form: TypeAlias = Literal["classification", "tagging", "span", "choice", "bitext", "ranking", "text"]
"""The code that a task needs; several kinds of the vocabulary share one (NLI and paraphrase are
both `classification`)."""


@dataclass(frozen=True, slots=True)
class Classified:
    """A text or a pair of texts with a label; `second` is None for single texts."""

    id: str
    first: str
    second: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words with one tag each."""

    id: str
    words: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QAExample:
    """A question on a context.

    Attributes:
        answers: (text, first character in the context) of every gold answer, the character -1 where the
            text is not where it should be and can only be scored; () where the question cannot be
            answered from the context.
    """

    id: str
    question: str
    context: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Several endings or answers to a text, one of them right.

    Attributes:
        first: premise or context. second: the question, "" where there is none.
        options: two or more. label: place of the right one, from 0.
    """

    id: str
    first: str
    second: str
    options: tuple[str, ...]
    label: int


@dataclass(frozen=True, slots=True)
class SentenceExample:
    """A sentence to be embedded or, in running text, to be learnt from."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Bitext:
    """Sentences of two languages, some of which are translations of each other.

    Attributes:
        sources: in the language evaluated. targets: in the pivot language (English).
        gold: (source id, target id) of the pairs. For Tatoeba every source has one pair.
    """

    sources: tuple[SentenceExample, ...]
    targets: tuple[SentenceExample, ...]
    gold: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Queries and candidates of many languages; gold: (query id, candidate id), several per query."""

    queries: tuple[SentenceExample, ...]
    candidates: tuple[SentenceExample, ...]
    gold: frozenset[tuple[str, str]]


Example: TypeAlias = Classified | Tagged | QAExample | Choice | SentenceExample


@dataclass(frozen=True, slots=True)
class Dataset:
    """One split of one task in one language.

    Attributes:
        task: id in the vocabulary. form: which code it needs.
        language: code. split: train, dev or test.
        examples: () for `bitext` and `ranking`, whose data is `pool`.
        labels: every label or tag, in a fixed order shared by all languages; () where there are none.
        pool: the sentences of a retrieval task.
        origin: where it came from: files, hub id and revision, or the world's parameters.
        sha256: of the content, independent of where the files lie.
        dropped: why examples were left out → how many.
        corrected: what was put right, or is known to be wrong and does no harm → in how many examples.
    """

    task: str
    form: Form
    language: str
    split: str
    examples: tuple[Example, ...] = ()
    labels: tuple[str, ...] = ()
    pool: Bitext | Ranking | None = None
    origin: str = ""
    sha256: str = ""
    dropped: tuple[tuple[str, int], ...] = ()
    corrected: tuple[tuple[str, int], ...] = ()

    def __len__(self) -> int:
        if self.pool is None:
            return len(self.examples)
        return len(self.pool.sources if isinstance(self.pool, Bitext) else self.pool.queries)
