"""Rows as examples: columns found, labels known, spans in their places; every fault of a split at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from analysis.errors import InputError
from runners.data.reading import Row
from runners.data.specification import Specification
from runners.examples import Asked, Choice, Classified, Example, Sentence, Tagged

NO_ANSWER = "holds no gold answer; XTREME's download removes those of its evaluation files, take the publisher's file"


class Shaping:
    """Turns rows of one split into examples and collects what is wrong with them.

    Attributes:
        faults: one sentence per fault. dropped: why examples were left out → how many.
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
        self._spec, self._split = spec, split
        self._fields = {**spec.fields, **(fields or {})}
        self._label_names = label_names
        self._map = dict(spec.map)
        self._known = frozenset(spec.labels)

    def examples(self, rows: Iterable[Row], where: str) -> tuple[Example, ...]:
        """The examples of the rows.

        Raises:
            InputError: with every fault found.
        """
        shape = SHAPES[self._spec.form]
        found = [example for i, row in enumerate(rows) if (example := shape(self, i, row)) is not None]
        if not found and not self.faults:
            self.faults.append("holds no examples")
        if self.faults:
            raise InputError(where, _gathered(self.faults))
        return tuple(found)

    def classified(self, number: int, row: Row) -> Example | None:
        """A text or a pair with a label."""
        if not self._has(number, row, ("first", "label")):
            return None
        second = row.get(self._field("second"))
        label = self._label(number, row[self._field("label")])
        if label is None or (second is None and "second" in self._fields and not self._has(number, row, ("second",))):
            return None
        first = str(row[self._field("first")])
        return Classified(self._id(number, row), first, None if second is None else str(second), label)

    def tagged(self, number: int, row: Row) -> Example | None:
        """Words with a tag each."""
        if not self._has(number, row, ("words", "tags")):
            return None
        words = [str(word) for word in row[self._field("words")]]
        tags = [self._label(number, tag) for tag in row[self._field("tags")]]
        if len(words) != len(tags):
            self.faults.append(f"example {number + 1} has {len(words)} words and {len(tags)} tags")
            return None
        return Tagged(self._id(number, row), tuple(words), tuple(tag or "" for tag in tags))

    def asked(self, number: int, row: Row) -> Example | None:
        """A question on a context with its answers."""
        if not self._has(number, row, ("question", "context", "answers")):
            return None
        context, answers = str(row[self._field("context")]), _pairs(row[self._field("answers")])
        if any(not text for text, _ in answers) or (not answers and "" not in self._spec.labels):
            self.faults.append(f"example {number + 1} {NO_ANSWER}")
            return None
        misplaced = [text for text, start in answers if context[start : start + len(text)] != text]
        if misplaced and self._split == "train":
            self.dropped["the answer is not where it should be"] += 1
            return None
        if misplaced:
            self.faults.append(f"example {number + 1} has the answer {misplaced[0]!r} elsewhere than it says")
            return None
        return Asked(self._id(number, row), str(row[self._field("question")]), context, answers)

    def choice(self, number: int, row: Row) -> Example | None:
        """A premise, a question and options."""
        columns = self._fields["options"].split()
        absent = [c for c in columns if c not in row]
        if absent or not self._has(number, row, ("first", "label")):
            self.faults += [f"column {c!r} is missing" for c in absent]
            return None
        options = tuple(str(row[c]) for c in columns)
        written = str(row[self._field("label")])
        label = int(written) - self._spec.base if written.isdigit() else -1
        if not 0 <= label < len(options):
            self.faults.append(f"label {written!r} of example {number + 1} names none of {len(options)} options")
            return None
        second = str(row.get(self._field("second"), ""))
        return Choice(self._id(number, row), str(row[self._field("first")]), second, options, label)

    def sentence(self, number: int, row: Row) -> Example | None:
        """A text."""
        return Sentence(self._id(number, row), str(row[self._field("text")]))

    def _field(self, name: str) -> str:
        return self._fields.get(name, name)

    def _id(self, number: int, row: Row) -> str:
        """The row's own id and its number, since ids of some files repeat."""
        own = row.get(self._field("id"))
        return str(number) if own is None else f"{number}:{own}"

    def _has(self, number: int, row: Row, names: Iterable[str]) -> bool:
        absent = [self._field(name) for name in names if self._field(name) not in row]
        empty = [c for name in names if row.get(c := self._field(name)) is None and c not in absent]
        self.faults += [f"column {c!r} is missing (found: {', '.join(map(str, row))})" for c in absent]
        self.faults += [f"column {c!r} of example {number + 1} is empty" for c in empty]
        return not absent and not empty

    def _label(self, number: int, written: object) -> str | None:
        label = str(written)
        if self._label_names and isinstance(written, int):
            if not 0 <= written < len(self._label_names):
                return self._unlabelled(number, label)
            label = self._label_names[written]
        label = label.lower() if self._spec.lower else label
        label = self._map.get(label, label)
        if label in self._spec.skip:
            self.dropped[f"label {label!r}"] += 1
            return None
        return label if label in self._known else self._unlabelled(number, label)

    def _unlabelled(self, number: int, label: str) -> None:
        self.faults.append(f"unknown label {label!r} of example {number + 1} (known: {', '.join(self._spec.labels)})")


SHAPES: Mapping[str, Callable[[Shaping, int, Row], Example | None]] = {
    "classification": Shaping.classified,
    "tagging": Shaping.tagged,
    "span": Shaping.asked,
    "choice": Shaping.choice,
    "text": Shaping.sentence,
}


def _pairs(answers: Any) -> tuple[tuple[str, int], ...]:
    """Answers as SQuAD files have them, or as the hub does (lists of texts and of places)."""
    if isinstance(answers, Mapping):
        starts = answers.get("answer_start", answers.get("start", ()))
        return tuple(dict.fromkeys((str(t), int(s)) for t, s in zip(answers["text"], starts, strict=True)))
    return tuple(dict.fromkeys((str(text), int(start)) for text, start in answers))


def _gathered(faults: list[str]) -> list[str]:
    """The same fault of many rows (a missing column) once."""
    return list(dict.fromkeys(faults))
