"""Rows as examples: columns found, labels known, spans in their places; every fault of a split at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from analysis.errors import InputError
from runners.data.placing import NOWHERE, placed
from runners.data.reading import Row
from runners.data.specification import Specification
from runners.examples import Choice, Classified, Example, QAExample, SentenceExample, Tagged

NO_ANSWER = "hold no gold answer; XTREME's download removes those of its evaluation files: take the publisher's"

NO_LABEL = "XTREME's download replaces the answers of its test files by 0; take the publisher's"
BLANKED = 100
"""Questions from which on one and the same answer is no chance."""


class Shaping:
    """Turns rows of one split into examples and collects what is wrong with them.

    Attributes:
        faults: one sentence per fault. dropped: why examples were left out → how many.
        corrected: what was put right or is known to be wrong → in how many examples.
    """

    def __init__(
        self,
        spec: Specification,
        split: str,
        *,
        fields: Mapping[str, str] | None = None,
        label_names: Sequence[str] = (),
    ) -> None:
        self.faults: list[str] = []
        self.dropped: Counter[str] = Counter()
        self.corrected: Counter[str] = Counter()
        self._spec, self._split = spec, split
        self._fields = {**spec.fields, **(fields or {})}
        self._label_names = label_names
        self._map = dict(spec.map)
        self._known = frozenset(spec.labels)
        self._unanswered = 0

    def examples(self, rows: Iterable[Row], where: str, lines: Container[int] | None = None) -> tuple[Example, ...]:
        """The examples of the rows, or of some of them.

        Args:
            rows: of a whole file.
            where: the file, for messages.
            lines: numbers of the rows that are wanted, from 0; None: all.

        Raises:
            InputError: with every fault found.
        """
        shape, rows = SHAPES[self._spec.form], list(rows)
        wanted = ((i, row) for i, row in enumerate(rows) if lines is None or i in lines)
        found = [example for i, row in wanted if (example := shape(self, i, row)) is not None]
        if self._unanswered:
            self.faults.append(f"{self._unanswered:,} of {len(rows):,} questions {NO_ANSWER}")
        if len(found) >= BLANKED and self._spec.form == "choice" and len({e.label for e in found}) == 1:  # type: ignore[union-attr]
            self.faults.append(f"all {len(found):,} questions have the answer {found[0].label}: {NO_LABEL}")  # type: ignore[union-attr]
        if not found and not self.faults:
            self.faults.append("holds no examples")
        if self.faults:
            raise InputError(where, _gathered(self.faults))
        return tuple(found)

    def classified(self, number: int, row: Row) -> Example | None:
        """A text or a pair with a label."""
        paired = "second" in self._fields
        if not self._has(number, row, ("first", "second", "label") if paired else ("first", "label")):
            return None
        label = self._label(number, self._value(row, "label"))
        if label is None:
            return None
        second = str(self._value(row, "second")) if paired else None
        return Classified(self._id(number, row), str(self._value(row, "first")), second, label)

    def tagged(self, number: int, row: Row) -> Example | None:
        """Words with a tag each."""
        if not self._has(number, row, ("words", "tags")):
            return None
        words = [str(word) for word in self._value(row, "words")]
        tags = [self._label(number, tag) for tag in self._value(row, "tags")]
        if len(words) != len(tags):
            self.faults.append(f"example {number + 1} has {len(words)} words and {len(tags)} tags")
            return None
        return Tagged(self._id(number, row), tuple(words), tuple(tag or "" for tag in tags))

    def asked(self, number: int, row: Row) -> Example | None:
        """A question on a context with its answers."""
        if not self._has(number, row, ("question", "context", "answers")):
            return None
        context, answers = str(self._value(row, "context")), _pairs(self._value(row, "answers"))
        if any(not text for text, _ in answers) or not (answers or self._spec.unanswerable):
            self._unanswered += 1
            return None
        found = placed(context, answers)
        kept = found.answers
        if found.moved:
            self.corrected["answer found again near its place"] += 1
        if found.lost and self._split == "train":
            kept = tuple(answer for answer in kept if answer[1] != NOWHERE)
            if answers and not kept:
                self.dropped["the answer is not where it should be"] += 1
                return None
        elif found.lost:
            self.corrected["answer scored by its text alone, since it is not where it should be"] += 1
        return QAExample(self._id(number, row), str(self._value(row, "question")), context, kept)

    def choice(self, number: int, row: Row) -> Example | None:
        """A premise, a question and options."""
        columns = self._fields["options"].split()
        if not self._has(number, row, ("first", "label"), columns):
            return None
        found = [_inside(row, column) for column in columns]
        options = tuple(str(o) for o in (found[0] if isinstance(found[0], list) else found))
        written = str(self._value(row, "label"))
        written = self._map.get(written, written)
        label = columns.index(written) if written in columns else int(written) if written.isdecimal() else -1
        if not 0 <= label < len(options):
            self.faults.append(f"label {written!r} of example {number + 1} names none of {len(options)} options")
            return None
        second = str(self._value(row, "second") or "") if "second" in self._fields else ""
        return Choice(self._id(number, row), str(self._value(row, "first")), second, options, label)

    def sentence(self, number: int, row: Row) -> Example | None:
        """A text."""
        return SentenceExample(self._id(number, row), str(self._value(row, "text")))

    def _field(self, name: str) -> str:
        return self._fields.get(name, name)

    def _value(self, row: Row, name: str) -> Any:
        return _inside(row, self._field(name))

    def _id(self, number: int, row: Row) -> str:
        """The row's own id and its number, since ids of some files repeat."""
        own = row.get(self._field("id"))
        return str(number) if own is None else f"{number}:{own}"

    def _has(self, number: int, row: Row, names: Iterable[str], more: Iterable[str] = ()) -> bool:
        columns = [*(self._field(name) for name in names), *more]
        absent = [c for c in columns if c.split(".")[0] not in row]
        empty = [c for c in columns if c not in absent and _inside(row, c) is None]
        self.faults += [f"column {c!r} is missing (found: {', '.join(map(str, row))})" for c in absent]
        self.faults += [f"column {c!r} of example {number + 1} is empty" for c in empty]
        return not absent and not empty

    def _label(self, number: int, written: object) -> str | None:
        label = str(written)
        if isinstance(written, int) and 0 <= written < len(self._label_names):
            label = self._label_names[written]
        label = label.lower() if self._spec.lower else label
        label = self._map.get(label, label)
        if label in self._spec.skip:
            self.dropped[f"label {label!r}"] += 1
            return None
        if label in self._known:
            return label
        self.faults.append(f"unknown label {label!r} of example {number + 1} (known: {', '.join(self._spec.labels)})")
        return None


SHAPES: Mapping[str, Callable[[Shaping, int, Row], Example | None]] = {
    "classification": Shaping.classified,
    "tagging": Shaping.tagged,
    "span": Shaping.asked,
    "choice": Shaping.choice,
    "text": Shaping.sentence,
}


def _inside(row: Row, column: str) -> Any:
    """A column's value; "a.b": b inside of a."""
    outer, _, inner = column.partition(".")
    value = row[outer]
    return value.get(inner) if inner and isinstance(value, Mapping) else value


def _pairs(answers: Any) -> tuple[tuple[str, int], ...]:
    """Answers as SQuAD files have them, or as the hub does (lists of texts and of places)."""
    if isinstance(answers, Mapping):
        starts = answers.get("answer_start", answers.get("start", ()))
        return tuple(dict.fromkeys((str(t), int(s)) for t, s in zip(answers["text"], starts, strict=True)))
    return tuple(dict.fromkeys((str(text), int(start)) for text, start in answers))


def _gathered(faults: list[str]) -> list[str]:
    """The same fault of many rows (a missing column) once."""
    return list(dict.fromkeys(faults))
