"""All data beside the project loads, with the sizes its publishers state."""

from __future__ import annotations

import pytest
from shared_files import shared

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from runners.data import load, missing
from runners.data.sources import FolderSource

SIZES = [
    ("xnli", "dev", "ar bg de el en es fr hi ru sw th tr ur vi zh", 2490),
    ("pawsx", "dev", "de en es fr ja ko zh", 2000),
    ("panx", "train", "en", 20_000),
    ("panx", "dev", "hi sw ta ur", 1000),
    ("panx", "dev", "zh", 10_000),
    ("udpos", "train", "en", 12_544),
    ("udpos", "test", "ar de en es fr hi th tr zh", 1000),
    ("tydiqa", "train", "en", 3696),
    ("mlqa", "dev", "zh", 504),
    ("xquad", "test", "ar de el en es hi ro ru th tr vi zh", 1190),
    ("xcopa", "train", "en", 400),
    ("xcopa", "dev", "en et ht id it qu sw ta th tr vi zh", 100),
    ("bucc", "dev", "zh", 8624),
    ("tatoeba", "test", "af ar zh fa vi", 1000),
    ("tatoeba", "test", "sw", 390),
    ("ocnli", "train", "zh", 9985),
    ("farstail", "train", "fa", 7266),
    ("jcommonsenseqa", "train", "ja", 8939),
    ("jnli", "train", "ja", 1933),
    ("cosmosqa", "dev", "en", 2985),
    ("cosmosqa-dev", "train", "en", 2389),
    ("sick", "train", "en", 4500),
    ("mrpc", "train", "en", 3576),
    ("med", "train", "en", 4232),
    ("anli-dev", "train", "en", 2586),
    ("panx-en", "dev", "en", 10_000),
    ("udpos-en", "train", "en", 12_544),
    ("tydiqa-en", "train", "en", 2962),
]


@pytest.mark.parametrize(("task", "split", "languages", "size"), SIZES)
def test_a_task_loads_from_the_shared_folder(task: str, split: str, languages: str, size: int) -> None:
    source = FolderSource(shared("data"))
    for language in languages.split():
        assert len(load(task, language, split, source)) == size, language


def test_parallel_test_sets_pair_items_across_languages() -> None:
    source = FolderSource(shared("data"))
    english, german = (load("xnli", code, "dev", source) for code in ("en", "de"))
    assert [e.label for e in english.examples] == [e.label for e in german.examples]


def test_all_thirty_six_languages_of_tatoeba_are_there() -> None:
    source = FolderSource(shared("data"))
    codes = vocabulary().languages_of("tatoeba")
    assert len(codes) == 36
    assert [missing("tatoeba", code, "test", source) for code in codes] == [""] * 36


def test_the_answerless_files_of_tydiqa_are_refused_rather_than_scored_as_wrong() -> None:
    with pytest.raises(InputError, match="669 of 669 questions hold no gold answer"):
        load("tydiqa", "te", "test", FolderSource(shared("data")))


def test_files_whose_answers_were_replaced_by_zero_are_refused_rather_than_scored() -> None:
    with pytest.raises(InputError, match="all 500 questions have the answer 0: XTREME's download replaces"):
        load("xcopa", "zh", "test", FolderSource(shared("data")))
