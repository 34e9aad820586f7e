"""Prediction folders in XTREME's layout, scored against gold labels."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import InputError, UsageError
from analysis.importers import Given, import_results

Write = Callable[[str, object], Path]


def squad(**answers: list[str]) -> dict[str, object]:
    questions = [{"id": key, "answers": [{"text": text} for text in texts]} for key, texts in answers.items()]
    return {"version": "1.1", "data": [{"paragraphs": [{"context": "", "qas": questions}]}]}


@pytest.fixture
def folders(write: Write, tmp_path: Path) -> tuple[Path, Path]:
    files = {
        "xnli/test-de.tsv": ("neutral\nneutral\nentailment\n", "neutral\nentailment\nentailment\n"),
        "tatoeba/test-fr.tsv": ("0\n1\n", "0\n0\n"),
        "udpos/test-en.tsv": ("NOUN\nNOUN\nVERB\n\nDET\n", "NOUN\nVERB\nVERB\n\nDET\n"),
        "bucc2018/test-zh.tsv": ("a\tA\nb\tB\n", "a\tA\nc\tC\n"),
        "xquad/test-zh.json": (squad(q=["桥"]), {"q": "桥。"}),
        "mlqa/test-zh.json": (squad(q=["桥"]), {"q": "桥。"}),
    }
    for name, (gold, said) in files.items():
        write(f"labels/{name}", gold)
        write(f"predictions/{name}", said)
    return tmp_path / "predictions", tmp_path / "labels"


def test_every_task_is_scored_by_its_own_convention(folders: tuple[Path, Path]) -> None:
    predictions, labels = folders
    done = import_results([predictions], given=Given(model="XLM-R", intermediate="mnli", gold=labels))
    scores = {
        (row["target"], row["language"], row["metric"]): row["score"] for row in done.table.to_dict("records")
    }  # fmt: skip
    assert scores == {
        ("xnli", "de", "accuracy"): pytest.approx(200 / 3),
        ("tatoeba", "fr", "accuracy"): 50,
        ("udpos", "en", "f1"): pytest.approx(100 * 2 * 1 / (3 + 3)),
        ("udpos", "en", "token_accuracy"): 75,
        ("bucc", "zh", "f1"): 50,
        ("xquad", "zh", "f1"): 0, ("xquad", "zh", "exact_match"): 0,
        ("mlqa", "zh", "f1"): 100, ("mlqa", "zh", "exact_match"): 100,
    }  # fmt: skip
    assert set(done.table["split"]) == {"test"}
    assert done.table["source"][0].startswith("predictions/xnli/test-de.tsv# sha256:")
    assert "gold sha256:" in done.table["source"][0]


def test_predictions_without_gold_labels_ask_for_them(folders: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError, match="--gold"):
        import_results([folders[0]], given=Given(model="XLM-R"))


def test_every_fault_of_a_folder_is_listed(folders: tuple[Path, Path]) -> None:
    predictions, labels = folders
    (predictions / "xnli" / "test-de.tsv").write_text("neutral\n", encoding="utf-8")
    (labels / "tatoeba" / "test-fr.tsv").unlink()
    (predictions / "mlqa" / "test-zh.json").write_text(json.dumps({"other": "x"}), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        import_results([predictions], given=Given(model="XLM-R", gold=labels))
    text = "\n".join(raised.value.faults)
    assert "1 predictions for 3 labels" in text
    assert "no such file" in text
    assert "no answer to question 'q'" in text


def test_gold_files_with_the_sentences_in_them_are_not_scored_as_all_wrong(folders: tuple[Path, Path]) -> None:
    predictions, labels = folders
    (labels / "xnli" / "test-de.tsv").write_text("a\tb\tneutral\nc\td\tneutral\ne\tf\tentailment\n", encoding="utf-8")
    with pytest.raises(InputError, match="is a gold label"):
        import_results([predictions], given=Given(model="XLM-R", gold=labels))


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not of XTREME predictions"):
        import_results([tmp_path])
