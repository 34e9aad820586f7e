"""Folds of one file: no item, and no translation of one, on both sides."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared_files import shared

from analysis.errors import InputError, MissingDataError
from analysis.registry.vocabulary import vocabulary
from runners.data import load
from runners.data.folds import parallel_folds, texts_of
from runners.data.sources import FolderSource
from runners.examples import Dataset

LANGUAGES = ["de", "en", "es", "fr", "ja", "ko", "zh"]
FOLDED = {"xnli": "xnli-dev", "pawsx": "pawsx-dev"}


def files(root: Path, rows: dict[str, list[str]]) -> FolderSource:
    (root / "pawsx").mkdir()
    for language, lines in rows.items():
        (root / "pawsx" / f"dev-{language}.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return FolderSource(root, layout="dev-folds")


def pairs(n: int = 60) -> dict[str, list[str]]:
    return {code: [f"{code}{i} a\t{code}{i} b\t{i % 2}" for i in range(n)] for code in LANGUAGES}


def ids(dataset: Dataset) -> set[str]:
    return {example.id for example in dataset.examples}


def texts(dataset: Dataset) -> set[str]:
    return {text for example in dataset.examples for text in texts_of(example)}


def test_items_that_share_a_text_in_any_language_are_in_one_fold() -> None:
    english = [[f"a{i}", f"b{i}"] for i in range(200)]
    german = [[f"c{i}", f"d{i}"] for i in range(200)]
    alone = parallel_folds([english, german])
    assert len(set(alone)) == 10
    german[7][1], english[9][0], german[9][0] = german[3][0], german[5][1], german[7][0]
    tied = parallel_folds([english, german])
    assert tied[3] == tied[7] == tied[9] == tied[5]
    others = [i for i in range(200) if i not in {3, 5, 7, 9}]
    assert [tied[i] for i in others] == [alone[i] for i in others]


def test_a_mark_for_a_missing_translation_ties_nothing() -> None:
    versions = [[["a", "NS"], ["b", "NS"], *[[f"x{i}", "NS"] for i in range(50)]]]
    assert len(set(parallel_folds(versions, frozenset({"NS"})))) > 5
    assert len(set(parallel_folds(versions))) == 1


def test_training_and_evaluation_share_no_item_in_any_language(tmp_path: Path) -> None:
    source = files(tmp_path, pairs())
    train = load("pawsx", "en", "train", source)
    for language in LANGUAGES:
        evaluated = load("pawsx", language, "dev", source)
        assert not ids(train) & ids(evaluated)
        assert len(train) + len(evaluated) == 60
        assert ids(load("pawsx-dev", language, "train", source)) == ids(train)


def test_pairs_without_translation_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = pairs()
    whole = load("pawsx", "ko", "dev", files(tmp_path, rows))
    place = int(whole.examples[0].id)
    rows["ko"][place] = "NS\tNS\t0"
    again = load(
        "pawsx", "ko", "dev", files(tmp_path / "again" if (tmp_path / "again").mkdir() is None else tmp_path, rows)
    )
    assert ids(whole) - ids(again) == {str(place)}
    assert again.dropped == (("without translation", 1),)


def test_files_that_are_not_parallel_are_refused(tmp_path: Path) -> None:
    rows = pairs()
    rows["fr"].pop()
    with pytest.raises(InputError, match=r"dev-fr\.tsv has 59 lines"):
        load("pawsx", "en", "train", files(tmp_path, rows))


def test_folds_need_the_files_of_all_languages(tmp_path: Path) -> None:
    rows = pairs()
    del rows["zh"]
    with pytest.raises(MissingDataError, match=r"dev-zh\.tsv is not in .*: the folds are made from all of de en"):
        load("pawsx", "en", "train", files(tmp_path, rows))


def test_a_task_without_the_layout_is_split_as_usual() -> None:
    root = shared("data")
    usual, named = FolderSource(root), FolderSource(root, layout="dev-folds")
    assert load("sick", "en", "train", named).sha256 == load("sick", "en", "train", usual).sha256


@pytest.mark.parametrize("task", FOLDED)
def test_no_item_of_the_measured_training_data_is_evaluated_in_any_language(task: str) -> None:
    source = FolderSource(shared("data"), layout="dev-folds")
    trained = ids(load(task, "en", "train", source))
    for language in vocabulary().languages_of(task):
        evaluated = load(task, language, "dev", source)
        for data in (load(task, "en", "train", source), load(FOLDED[task], language, "train", source)):
            assert ids(data) <= trained
            assert not ids(data) & ids(evaluated), language
            assert not texts(data) & texts(evaluated), language
        assert len(evaluated) + len(trained) > 0.97 * {"xnli": 2490, "pawsx": 2000}[task]


def test_the_files_of_xnli_and_pawsx_are_parallel_line_by_line() -> None:
    source = FolderSource(shared("data"))
    for task in FOLDED:
        english = load(task, "en", "dev", source).examples
        for language in vocabulary().languages_of(task):
            there = load(task, language, "dev", source).examples
            whole = [(a, b) for a, b in zip(english, there, strict=True) if "NS" not in texts_of(b)]
            assert [a.label for a, _ in whole] == [b.label for _, b in whole], (task, language)


def test_what_is_evaluated_in_other_languages_translates_what_is_evaluated_in_english() -> None:
    source = FolderSource(shared("data"), layout="dev-folds")
    english = {e.id: e.label for e in load("xcopa", "en", "dev", source).examples}
    for language in vocabulary().languages_of("xcopa"):
        assert {e.id: e.label for e in load("xcopa", language, "dev", source).examples} == english
    assert not texts(load("xcopa", "en", "train", source)) & {
        e.first for e in load("xcopa", "en", "dev", source).examples
    }
