"""Lists of repeated scores: a method's name on a line, then a line per data set with its scores.

The layout of the classifier comparison in baycomp (accuracies.txt): every score of a line is one
repetition, told apart by `seed` = 0, 1, … A name that returns under the same method is a data set of
its own, "NAME (2)".
"""

from __future__ import annotations

import re
from collections import Counter

from analysis.importers.documents import SourceFile
from analysis.importers.record import Given, ImportedFile, Record
from analysis.registry.vocabulary import Vocabulary

NAME = "repetitions"
SCORES = re.compile(r"^\s*(?P<name>\S+)(?P<scores>(?:\s+-?\d+(?:\.\d+)?)+)\s*$")
METHOD = re.compile(r"^\s*(?P<name>[^\s,;]+)\s*$")


def matches(document: SourceFile) -> bool:
    """True if every line is a name alone or a name with numbers, the first a name alone."""
    if document.data is not None:
        return False
    lines = [line for line in document.text.splitlines() if line.strip()]
    numbers = [bool(SCORES.match(line)) for line in lines]
    return (
        any(numbers)
        and not numbers[0]
        and all(number or METHOD.match(line) for line, number in zip(lines, numbers, strict=True))
    )


def read(document: SourceFile, given: Given, words: Vocabulary) -> ImportedFile:  # noqa: ARG001
    """One record per method, data set and repetition."""
    records, model = [], None
    times: Counter[tuple[str | None, str]] = Counter()
    for number, line in enumerate(document.text.splitlines(), start=1):
        if found := SCORES.match(line):
            times[model, found["name"]] += 1
            again = times[model, found["name"]]
            target = found["name"] if again == 1 else f"{found['name']} ({again})"
            for i, text in enumerate(found["scores"].split()):
                records.append(
                    Record(
                        score=float(text), pointer=f"line {number} score {i + 1}", model=model, target=target,
                        seed=i, decimals=len(text.partition(".")[2]), study=NAME,
                    )
                )  # fmt: skip
        elif named := METHOD.match(line):
            model = named["name"]
    twice = sorted({name for (_, name), n in times.items() if n > 1})
    notes = [f"several lines of a method are named {', '.join(twice)}: the later ones got a number"] if twice else []
    return ImportedFile(tuple(records), (*notes, "the scores of a line are its repetitions, seed 0 to n − 1"))
