"""Hub data sets in the layouts the hub really has, with the faults its copies really have."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from analysis.errors import InputError, MissingDataError
from runners.data import load
from runners.data.sources import HubSource
from runners.examples import Choice

from .hub_copies import classes, conversion, repository

pytestmark = pytest.mark.skipif(importlib.util.find_spec("datasets") is None, reason="needs the package datasets")

NLI = ("entailment", "neutral", "contradiction")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_DATASETS_DISABLE_PROGRESS_BARS"):
        monkeypatch.setenv(name, "1")


@pytest.fixture
def source(tmp_path: Path) -> HubSource:
    return HubSource(cache=tmp_path / "cache", offline=True, mirror=tmp_path / "hub")


def root(source: HubSource) -> Path:
    assert source.mirror is not None
    return source.mirror


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_class_labels_are_read_by_the_names_the_file_gives_them(source: HubSource, order: tuple[int, ...]) -> None:
    names = [NLI[i] for i in order]
    rows = [{"premise": "p", "hypothesis": wanted, "label": names.index(wanted)} for wanted in NLI]
    repository(root(source), "facebook/xnli", "de", {"validation": rows}, {"label": {**classes(*names)}})
    assert [e.label for e in load("xnli", "de", "dev", source).examples] == list(NLI)


def test_tags_and_choices_are_read_by_name_too(source: HubSource) -> None:
    tags = ["B-LOC", "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "I-LOC"]
    words = {"tokens": ["Berlin", "lebt"], "ner_tags": [0, 1]}
    named = {"tokens": {"feature": {"dtype": "string", "_type": "Value"}, "_type": "List"},
             "ner_tags": {"feature": classes(*tags), "_type": "List"}}  # fmt: skip
    repository(root(source), "google/xtreme", "PAN-X.de", {"test": [words]}, named)
    assert load("panx", "de", "test", source).examples[0].tags == ("B-LOC", "O")
    row = {"premise": "Es regnet.", "question": "effect", "choice1": "a", "choice2": "b", "label": 0}
    repository(root(source), "aps/super_glue", "copa", {"train": [row]}, {"label": classes("choice2", "choice1")})
    assert load("xcopa", "en", "train", source).examples == (Choice("0", "Es regnet.", "effect", ("a", "b"), 1),)


def test_a_class_that_the_task_does_not_know_is_a_fault_with_its_name(source: HubSource) -> None:
    rows = [{"premise": "p", "hypothesis": "h", "label": 0}]
    repository(root(source), "facebook/xnli", "de", {"validation": rows}, {"label": classes("maybe", *NLI)})
    with pytest.raises(InputError, match="unknown label 'maybe' of example 1"):
        load("xnli", "de", "dev", source)


def test_names_of_duplicates_are_those_of_qqp(source: HubSource) -> None:
    rows = [{"question1": "a", "question2": "b", "label": i, "idx": i} for i in (0, 1)]
    named = {"label": classes("duplicate", "not_duplicate"), "idx": {"dtype": "int32", "_type": "Value"}}
    repository(root(source), "nyu-mll/glue", "qqp", {"train": rows}, named)
    assert [e.label for e in load("qqp", "en", "train", source).examples] == ["1", "0"]


def stripped(text: str, context: str, start: int, name: str) -> dict:
    """A row as the hub holds it: the context stripped, the offset that of the whole one."""
    assert context.startswith(text, start)
    return {"id": f"arabic-{name}", "title": "t", "question": "?", "context": context.strip(),
            "answers": {"text": [text], "answer_start": [start]}}  # fmt: skip


def test_answers_of_stripped_contexts_are_found_again_and_what_is_lost_is_counted(source: HubSource) -> None:
    rows = [
        stripped("1920", "   Es war 1920, nicht 1921.", 10, "moved"),
        stripped("Es", "Es war 1920.", 0, "right"),
        {**stripped("1920", "  Es war 1920.", 9, "lost"), "context": "Es war einmal."},
    ]
    english = [{**row, "id": row["id"].replace("arabic", "english")} for row in rows]
    repository(
        root(source), "google-research-datasets/tydiqa", "secondary_task", {"train": english, "validation": rows}
    )
    train = load("tydiqa", "en", "train", source)
    assert [e.answers for e in train.examples] == [(("1920", 7),), (("Es", 0),)]
    assert train.dropped == (("the answer is not where it should be", 1),)
    assert train.corrected == (("answer found again near its place", 1),)
    evaluated = load("tydiqa", "ar", "test", source)
    assert [e.answers[0] for e in evaluated.examples] == [("1920", 7), ("Es", 0), ("1920", -1)]
    assert dict(evaluated.corrected)["answer scored by its text alone, since it is not where it should be"] == 1


def test_the_nearest_of_several_places_is_the_answers() -> None:
    from runners.data.placing import placed

    context = "7 and 7 and " + "x" * 200 + " 8"
    assert placed(context, (("7", 8),)).answers == (("7", 6),)
    assert placed(context, (("7", 3),)).answers == (("7", 0),), "of two as near the left one: blanks are stripped there"
    assert placed(context, (("8", 20),)).answers == (("8", -1),), "too far to be the same answer"
    assert placed(context, (("7", -5), ("7", 6))).answers == (("7", 0), ("7", 6))


def test_a_csv_that_is_separated_by_tabs_is_read_as_what_it_is(source: HubSource) -> None:
    folder = root(source) / "azarijafari/FarsTail"
    folder.mkdir(parents=True)
    lines = ["premise\thypothesis\tlabel", "الف، ب, ج\tد\te", "و\tز, ح, ط\tc"]
    for split in ("train", "validation", "test"):
        (folder / f"{split}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [e.label for e in load("farstail", "fa", "train", source).examples] == ["entailment", "contradiction"]
    assert load("farstail", "fa", "dev", source).examples[1].second == "ز, ح, ط"


COSMOS = {"id": "1", "context": "c", "question": "q", **{f"answer{i}": str(i) for i in range(4)}, "label": 2}


def test_a_repository_of_a_loading_script_is_read_from_its_parquet_conversion(source: HubSource) -> None:
    conversion(root(source), "allenai/cosmos_qa", "default", {"train": [COSMOS], "validation": [COSMOS, COSMOS]})
    assert len(load("cosmosqa", "en", "train", source)) == 1
    assert load("cosmosqa", "en", "dev", source).examples[1].label == 2
    row = {"sentence1": "一", "sentence2": "二", "label": 0, "idx": 1}
    named = {"label": classes("neutral", "entailment", "contradiction"), "idx": {"dtype": "int32", "_type": "Value"}}
    conversion(root(source), "clue/clue", "ocnli", {"train": [row]}, named)
    assert load("ocnli", "zh", "train", source).examples[0].label == "neutral"
    rounds = {f"train_r{i}": [{"premise": str(i), "hypothesis": "b", "label": i - 1}] for i in (1, 2, 3)}
    conversion(root(source), "facebook/anli", "plain_text", rounds, {"label": classes(*NLI)})


def test_of_several_splits_of_a_conversion_each_is_read(source: HubSource) -> None:
    rounds = {f"train_r{i}": [{"premise": str(i), "hypothesis": "b", "label": i - 1}] for i in (1, 2, 3)}
    conversion(root(source), "facebook/anli", "default", rounds, {"label": classes(*NLI)})
    assert [(e.first, e.label) for e in load("anli", "en", "train", source).examples] == list(
        zip("123", NLI, strict=True)
    )


def test_a_copy_that_is_a_script_says_which_branch_to_copy(source: HubSource) -> None:
    folder = root(source) / "allenai/cosmos_qa"
    folder.mkdir(parents=True)
    (folder / "cosmos_qa.py").write_text("raise SystemExit('never run')\n")
    with pytest.raises(
        MissingDataError, match=r"is a loading script.*copy the repository's branch refs/convert/parquet"
    ):
        load("cosmosqa", "en", "train", source)


def test_a_split_that_the_copy_does_not_have_is_missing_data(source: HubSource) -> None:
    rows = [{"premise": "p", "hypothesis": "h", "label": 0}]
    repository(root(source), "facebook/xnli", "de", {"test": rows}, {"label": classes(*NLI)})
    with pytest.raises(MissingDataError, match=r"facebook/xnli de validation cannot be loaded: .*validation"):
        load("xnli", "de", "dev", source)


def test_numbers_without_names_follow_the_entry_and_json_keeps_them(source: HubSource) -> None:
    folder = root(source) / "facebook/xnli" / "de"
    folder.mkdir(parents=True)
    (folder / "test.jsonl").write_text(json.dumps({"premise": "p", "hypothesis": "h", "label": 2}) + "\n")
    card = "---\nconfigs:\n- config_name: de\n  data_files:\n  - split: test\n    path: de/test.jsonl\n---\n"
    (folder.parent / "README.md").write_text(card)
    assert load("xnli", "de", "test", source).examples[0].label == "contradiction"
