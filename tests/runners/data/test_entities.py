"""Mentions and entities of Mewsli-X, and labels that stand in a file of the user's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import InputError
from runners.data import load, missing
from runners.data.sources import FolderSource
from runners.examples import Ranking, SentenceExample, Tagged

TEXT = "Erster Satz. Die {neue} Fahne\nvon Nepal weht."
SPANS = [{"start": 0, "end": 12}, {"start": 13, "end": len(TEXT)}]


def article(language: str = "de", text: str = TEXT, entity: str = "Q1") -> dict[str, Any]:
    start = TEXT.index("Fahne")
    mention = {
        "example_id": f"{language}-1",
        "entity_id": entity,
        "mention_span": {"start": start, "end": start + 5, "text": "Fahne"},
    }
    return {"context": {"language": language, "text": text, "sentence_spans": SPANS}, "mentions": [mention]}


def dataset(root: Path, articles: list[dict[str, Any]]) -> FolderSource:
    (root / "mewsli-x").mkdir()
    entities = [
        {"entity_id": "Q1", "description": "Fana ya  Nepal.", "sentence_spans": [{"start": 0, "end": 15}]},
        {"entity_id": "Q2", "description": "A city. Old.", "sentence_spans": [{"start": 0, "end": 7}]},
    ]
    for name, rows in (("wikinews_mentions-dev", articles), ("candidate_set_entities", entities)):
        (root / "mewsli-x" / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return FolderSource(root)


def test_a_mention_is_asked_for_in_its_sentence_among_entities_of_all_languages(tmp_path: Path) -> None:
    pool = load("mewsli-x", "de", "dev", dataset(tmp_path, [article("tr"), article()])).pool
    assert pool == Ranking(
        (SentenceExample("de-1", "Fahne: Die (neue) { Fahne } von Nepal weht."),),
        (SentenceExample("Q1", "Fana ya Nepal."), SentenceExample("Q2", "A city.")),
        frozenset({("de-1", "Q1")}),
    )


def test_articles_without_text_and_unknown_entities_are_told_together(tmp_path: Path) -> None:
    source = dataset(tmp_path, [article(text=""), article(entity="Q9")])
    with pytest.raises(InputError) as caught:
        load("mewsli-x", "de", "dev", source)
    assert "line 1 has no text; get-mewsli-x.sh restores it" in str(caught.value)
    assert "names Q9, which is not in candidate_set_entities.jsonl" in str(caught.value)


def test_a_language_without_articles_and_a_strange_file_are_faults(tmp_path: Path) -> None:
    source = dataset(tmp_path, [article("tr")])
    with pytest.raises(InputError, match="holds no article in de"):
        load("mewsli-x", "de", "dev", source)
    (tmp_path / "mewsli-x" / "candidate_set_entities.jsonl").write_text('{"id": 1}\n')
    with pytest.raises(InputError, match="it is no file of Mewsli-X"):
        load("mewsli-x", "tr", "dev", source)


def test_supertags_are_those_of_the_users_file(tmp_path: Path) -> None:
    (tmp_path / "ccg").mkdir()
    (tmp_path / "ccg" / "train.tsv").write_text("Dogs\tN\nbark\tS[dcl]\\NP\n\n")
    source = FolderSource(tmp_path)
    assert missing("ccg", "en", "train", source).endswith("ccg/tags.txt")
    (tmp_path / "ccg" / "tags.txt").write_text("N\nNP/N\nS[dcl]\\NP\n")
    found = load("ccg", "en", "train", source)
    assert found.labels == ("N", "NP/N", "S[dcl]\\NP")
    assert found.examples == (Tagged("0", ("Dogs", "bark"), ("N", "S[dcl]\\NP")),)
    (tmp_path / "ccg" / "tags.txt").write_text("N\nN\n")
    with pytest.raises(InputError, match="names the label 'N' twice"):
        load("ccg", "en", "train", source)
