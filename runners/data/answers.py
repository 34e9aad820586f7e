"""Answer retrieval (LAReQA): questions of one language, answer sentences of all.

A file of XQuAD-R is a SQuAD file whose paragraphs also hold `sentence_breaks`, the first character
of each sentence and the one after its last. Every sentence of every language is a candidate; right
are those that hold a question's answer, one in each language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from runners.data.reading import text_of
from runners.examples import Ranking, SentenceExample


def read_ranking(paths: Mapping[str, Path], language: str) -> Ranking:
    """The questions of `language` and the sentences of all languages.

    Args:
        paths: language → its file.
        language: of the questions.

    Raises:
        InputError: a file is no XQuAD-R, or an answer lies in no sentence; every fault of a file.
    """
    queries: list[SentenceExample] = []
    candidates: list[SentenceExample] = []
    holders: list[tuple[str, str]] = []
    for code, path in paths.items():
        faults: list[str] = []
        for number, paragraph in enumerate(_paragraphs(path)):
            breaks = [(int(first), int(last)) for first, last in paragraph["sentence_breaks"]]
            names = [f"{code}:{number}:{i}" for i in range(len(breaks))]
            sentences = (paragraph["context"][first:last].strip() for first, last in breaks)
            candidates += map(SentenceExample, names, sentences)
            for qa in paragraph["qas"]:
                start = int(qa["answers"][0]["answer_start"])
                at = next((i for i, (first, last) in enumerate(breaks) if first <= start < last), None)
                if at is None:
                    faults.append(f"the answer of question {qa['id']!r} lies in no sentence")
                    continue
                holders.append((str(qa["id"]), names[at]))
                if code == language:
                    queries.append(SentenceExample(str(qa["id"]), qa["question"]))
        if faults:
            raise InputError(str(path), faults)
    asked = {query.id for query in queries}
    return Ranking(tuple(queries), tuple(candidates), frozenset(pair for pair in holders if pair[0] in asked))


def _paragraphs(path: Path) -> list[dict[str, Any]]:
    try:
        found = [p for article in json.loads(text_of(path))["data"] for p in article["paragraphs"]]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(str(path), f"is not XQuAD-R JSON ({type(error).__name__}: {error})") from None
    if any(not {"context", "sentence_breaks", "qas"} <= set(p) for p in found):
        raise InputError(str(path), "has paragraphs without sentence_breaks: it is XQuAD, not XQuAD-R")
    return found
