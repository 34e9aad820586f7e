"""Hub data sets: revisions demanded, copies on disk read with the same library."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from runners.data import hub, load, missing, sample
from runners.data.hub_rows import revision_of
from runners.data.sources import HubSource
from runners.data.specification import specification
from runners.examples import Bitext, Choice, Classified, QAExample, SentenceExample, Tagged

needs_datasets = pytest.mark.skipif(importlib.util.find_spec("datasets") is None, reason="needs the package datasets")


def repository(root: Path, path: str, splits: dict[str, list[dict]], config: str = "default") -> HubSource:
    """A copy of a hub repository: JSON lines and a card that names its configurations."""
    folder = root / path
    folder.mkdir(parents=True)
    files = []
    for split, rows in splits.items():
        (folder / f"{config}-{split}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        files.append(f"  - split: {split}\n    path: {config}-{split}.jsonl\n")
    card = f"---\nconfigs:\n- config_name: {config}\n  data_files:\n{''.join(files)}---\n"
    (folder / "README.md").write_text(card, encoding="utf-8")
    return HubSource(cache=root / "cache", offline=True, mirror=root)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")


@needs_datasets
def test_numbered_labels_become_words(tmp_path: Path) -> None:
    rows = [{"premise": "a", "hypothesis": "b", "label": 2}]
    source = repository(tmp_path, "facebook/xnli", {"validation": rows}, config="de")
    dataset = load("xnli", "de", "dev", source)
    assert dataset.examples == (Classified("0", "a", "b", "contradiction"),)
    assert dataset.origin == "facebook/xnli/de validation at a local copy"


@needs_datasets
def test_a_number_without_a_label_is_a_fault(tmp_path: Path) -> None:
    rows = [{"premise": "a", "hypothesis": "b", "label": 7}]
    with pytest.raises(InputError, match="unknown label '7'"):
        load("xnli", "de", "dev", repository(tmp_path, "facebook/xnli", {"validation": rows}, config="de"))


@needs_datasets
def test_a_missing_column_is_named_with_what_was_found(tmp_path: Path) -> None:
    source = repository(tmp_path, "facebook/xnli", {"validation": [{"premise": "a", "label": 0}]}, config="de")
    with pytest.raises(InputError, match=r"column 'hypothesis' is missing \(found: premise, label\)"):
        load("xnli", "de", "dev", source)


@needs_datasets
def test_a_language_without_a_row_is_named(tmp_path: Path) -> None:
    rows = [{"id": "english-1", "question": "?", "context": "a", "answers": {"text": ["a"], "answer_start": [0]}}]
    repo = "google-research-datasets/tydiqa"
    source = repository(tmp_path, repo, {"validation": rows}, config="secondary_task")
    with pytest.raises(InputError) as raised:
        sample("tydiqa", "ko", "dev", source)
    assert repo in raised.value.where


@needs_datasets
def test_answers_choices_and_tags_are_read_as_the_hub_nests_them(tmp_path: Path) -> None:
    asked = {
        "id": "q",
        "question": "Wann?",
        "context": "Es war 1920.",
        "answers": {"text": ["1920"], "answer_start": [7]},
    }
    source = repository(tmp_path, "google/xquad", {"validation": [asked]}, config="xquad.de")
    assert load("xquad", "de", "test", source).examples == (QAExample("0:q", "Wann?", "Es war 1920.", (("1920", 7),)),)
    five = {
        "id": "c",
        "question": "Where?",
        "answerKey": "B",
        "choices": {"label": list("ABCDE"), "text": list("vwxyz")},
    }
    source = repository(tmp_path, "tau/commonsense_qa", {"validation": [five]})
    assert load("csqa", "en", "dev", source).examples == (Choice("0:c", "Where?", "", tuple("vwxyz"), 1),)
    words = {"tokens": ["Berlin", "lebt"], "ner_tags": [5, 0]}
    source = repository(tmp_path, "google/xtreme", {"test": [words]}, config="PAN-X.de")
    assert load("panx", "de", "test", source).examples == (Tagged("0", ("Berlin", "lebt"), ("B-LOC", "O")),)


@needs_datasets
def test_bitext_is_paired_by_row(tmp_path: Path) -> None:
    rows = [{"sentence1": "eins", "sentence2": "one"}, {"sentence1": "zwei", "sentence2": "two"}]
    source = repository(tmp_path, "mteb/tatoeba-bitext-mining", {"test": rows}, config="deu-eng")
    pool = load("tatoeba", "de", "test", source).pool
    assert isinstance(pool, Bitext)
    assert pool.gold == {("s0", "t0"), ("s1", "t1")}
    assert pool.sources[1].text == "zwei"


@needs_datasets
def test_of_running_text_sentences_are_read_as_many_as_are_asked_for_or_there_are(tmp_path: Path) -> None:
    article = "Kopf\n\nDer erste Satz steht hier. Der zweite, z. B. dieser, folgt am 3. Oktober! Ende?\n"
    rows = [{"id": str(i), "text": f"{article}Artikel Nummer {i} endet."} for i in range(9)]
    source = repository(tmp_path, "wikimedia/wikipedia", {"train": rows}, config="20231101.de")
    dataset = load("running-text", "de", "train", source, examples=5)
    texts = [e.text for e in dataset.examples if isinstance(e, SentenceExample)]
    assert texts.count("Der erste Satz steht hier.") == 2, "of the second article only what is still wanted"
    assert "Der zweite, z. B. dieser, folgt am 3. Oktober!" in texts
    assert dataset.origin.startswith("wikimedia/wikipedia/20231101.de train")
    assert len(load("running-text", "de", "train", source, examples=100_000)) == 3 * 9


@needs_datasets
def test_a_union_joins_its_parts_and_says_which(tmp_path: Path) -> None:
    row = {"premise": "a", "hypothesis": "b", "label": 0}
    repository(tmp_path, "stanfordnlp/snli", {"train": [row, row | {"label": -1}]})
    repository(tmp_path, "nyu-mll/multi_nli", {"train": [row]})
    rounds = {f"train_r{i}": [row] for i in (1, 2, 3)}
    dataset = load("anli+", "en", "train", repository(tmp_path, "facebook/anli", rounds))
    assert [e.id.split(":")[0] for e in dataset.examples] == ["snli", "mnli", "anli", "anli", "anli"]
    assert dataset.dropped == (("snli: label '-1'", 1),)


def test_an_unpinned_data_set_demands_a_revision() -> None:
    spec = specification("cosmosqa")
    assert spec is not None
    unpinned = replace(spec, hub=(replace(spec.hub[0], revision=""),))
    said = hub.missing("cosmosqa", unpinned, "en", "train", HubSource())
    assert "give the commit you trust" in said
    assert 'revisions = { "allenai/cosmos_qa" = "COMMIT" }' in said
    given = HubSource(revisions=(("allenai/cosmos_qa", "0" * 40),))
    assert hub.missing("cosmosqa", unpinned, "en", "train", given) == ""


@needs_datasets
def test_of_a_data_set_of_several_languages_only_the_language_asked_for_is_read(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"{name}-1",
            "question": "?",
            "context": "Es war 1920.",
            "answers": {"text": ["1920"], "answer_start": [7]},
        }
        for name in ("swahili", "english", "swahili")
    ]
    source = repository(tmp_path, "google-research-datasets/tydiqa", {"validation": rows}, config="secondary_task")
    assert [e.id for e in load("tydiqa", "sw", "test", source).examples] == ["0:swahili-1", "1:swahili-1"]


@needs_datasets
def test_one_row_with_all_sentences_and_their_pairs_is_a_pool_to_mine(tmp_path: Path) -> None:
    row = {"sentence1": ["eins", "zwei", "drei"], "sentence2": ["three", "one"], "gold": [[1, 2], [3, 1]]}
    pool = load("bucc", "de", "test", repository(tmp_path, "mteb/bucc-bitext-mining", {"test": [row]}, "de-en")).pool
    assert isinstance(pool, Bitext)
    assert {s.id: s.text for s in pool.sources}["s3"] == "drei"
    assert pool.gold == {("s1", "t2"), ("s3", "t1")}


@needs_datasets
def test_a_pair_of_sentences_that_are_not_there_is_a_fault(tmp_path: Path) -> None:
    row = {"sentence1": ["eins"], "sentence2": ["one"], "gold": [[1, 1], [2, 1], [0, 1]]}
    with pytest.raises(InputError) as caught:
        load("bucc", "de", "test", repository(tmp_path, "mteb/bucc-bitext-mining", {"test": [row]}, "de-en"))
    assert "the pair 2, 1 names a sentence that is not there" in str(caught.value)
    assert "the pair 0, 1" in str(caught.value)


@needs_datasets
def test_a_task_may_take_english_from_another_data_set(tmp_path: Path) -> None:
    row = {"premise": "Es regnet.", "question": "effect", "choice1": "a", "choice2": "b", "label": 1}
    repository(tmp_path, "cambridgeltl/xcopa", {"validation": [row]}, config="tr")
    source = repository(tmp_path, "aps/super_glue", {"train": [row | {"label": 0}]}, config="copa")
    assert load("xcopa", "tr", "dev", source).examples == (Choice("0", "Es regnet.", "effect", ("a", "b"), 1),)
    assert load("xcopa", "en", "train", source).examples[0] == Choice("0", "Es regnet.", "effect", ("a", "b"), 0)


@needs_datasets
def test_further_tasks_are_read_as_the_hub_writes_them(tmp_path: Path) -> None:
    row = {"idx": 7, "sentence1": "一", "sentence2": "二", "label": 0}
    source = repository(tmp_path, "clue/clue", {"train": [row, row | {"label": -1}, row | {"label": 2}]}, "ocnli")
    found = load("ocnli", "zh", "train", source)
    assert [e.label for e in found.examples if isinstance(e, Classified)] == ["neutral", "contradiction"]
    assert found.dropped == (("label '-1'", 1),)
    five = {"q_id": 3, "question": "何?", "label": 4} | {f"choice{i}": str(i) for i in range(5)}
    source = repository(tmp_path, "shunk031/JGLUE", {"validation": [five]}, config="JCommonsenseQA")
    assert load("jcommonsenseqa", "ja", "dev", source).examples == (Choice("0:3", "何?", "", tuple("01234"), 4),)
    tagged = {"tokens": ["Die", "hond"], "pos_tags": [5, 7]}
    source = repository(tmp_path, "google/xtreme", {"test": [tagged]}, config="udpos.Afrikans")
    assert load("udpos", "af", "test", source).examples == (Tagged("0", ("Die", "hond"), ("DET", "NOUN")),)


def test_revisions_are_whole_commit_hashes_or_conversions_to_parquet_and_the_users_come_first() -> None:
    pinned = []
    for category in ("target", "intermediate", "further_intermediate"):
        for task in vocabulary()[category]:
            spec = specification(task)
            for one in spec.hub if spec is not None else ():
                assert re.fullmatch(r"[0-9a-f]{40}|refs/convert/parquet", one.revision), task
                pinned.append(one)
    assert len(pinned) >= 20
    assert revision_of(pinned[0], HubSource(revisions=((pinned[0].path, "mine"),))) == "mine"


def test_what_the_hub_does_not_have_is_named() -> None:
    assert "no hub data set is stated for ccg" in missing("ccg", "en", "dev", HubSource())
    assert "has no train split" in missing("tatoeba", "de", "train", HubSource())
    assert "has no dev split in th for udpos; it has test" in missing("udpos", "th", "dev", HubSource())
    assert "cambridgeltl/xcopa, aps/super_glue has no de for xcopa" in missing("xcopa", "de", "dev", HubSource())


@needs_datasets
def test_offline_is_set_before_the_library_is_imported() -> None:
    code = (
        "import os, sys\n"
        "from runners.data.hub_rows import library\n"
        "assert 'datasets' not in sys.modules\n"
        "found = library(offline=True)\n"
        "assert found.config.HF_HUB_OFFLINE\n"
        "import huggingface_hub.constants as c\n"
        "assert c.HF_HUB_OFFLINE\n"
    )  # fmt: skip
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HF_")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
