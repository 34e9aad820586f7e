"""Files of results that hold none, or hold them damaged: each is an error of its file, with its class and faults."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.importers import import_results
from analysis.importers.opening import open_results
from analysis.importers.record import Given


def workbook(*sheets: str) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for name in sheets:
        book.create_sheet(name).append(["model", "xnli"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def archive(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr(name, "{}")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("none.xlsx", workbook(), None),
        ("two.xlsx", workbook("a", "b"), None),
        ("t.dta", b"<stata_dta><header>", None),
        ("t.zip", b"PK\x03\x04 and no more", None),
        ("t.zip", archive("scores.csv"), None),
        ("t.eval", archive("_journal/start.json"), None),
        ("events.out.tfevents.1", b"\x18\0\0\0\0\0\0\0\0\0\0\0\x09\0\0\0brain.Event:2", None),
        ("t.parquet", b"PAR1 and no more", None),
        ("wandb.csv", b"Name,State,eval/accuracy\na,finished\n", None),
        ("wandb.csv", b"Name,State,colour\na,finished,red\n", None),
        ("wandb-summary.json", b'{"_runtime": 1, "_timestamp": 2, "_step": 3, "loss": 0.1}', None),
        ("tb.csv", b"Wall time,Step,Value\n", None),
        ("log.json", b'{"status": "error", "eval": {}, "plan": {}}', None),
        ("card.yaml", b"- dataset: [\n  value: 3\n", "model-card"),
        ("card.yaml", b"dataset: 3\n", "model-card"),
        ("meta.json", b'{"name": "a", "revision": "b", "n_parameters": 3}', None),
        ("board.csv", b"", "leaderboard"),
        ("board.csv", b"a,b\nc,d\n", "leaderboard"),
        ("t.csv", b"model,none\nxlm-r-large,8x0\n", "table"),
        ("adapter.json", b'{"score": 1.0, "subtask": 3, "source": "a", "model_name": "b", "task": "c", "hidden_size": 8}', None),
    ],
)  # fmt: skip
def test_a_file_without_scores_is_named_with_its_faults(
    tmp_path: Path, name: str, content: bytes, format_name: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        import_results([path], format_name=format_name)
    assert raised.value.where == str(path)
    assert len(raised.value.faults) == 1


@pytest.mark.parametrize(("name", "package"), [("t.xlsx", "openpyxl"), ("card.yaml", "yaml")])
def test_a_file_whose_reader_is_not_installed_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    path = tmp_path / name
    path.write_bytes(workbook("a") if name.endswith("xlsx") else b"- dataset:\n    id: a\n  value: 3\n")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDataError) as raised:
        import_results([path])
    assert package in str(raised.value).lower()


@pytest.mark.parametrize("given", [Given(scale=7.0), Given(spread="iqr")])
def test_a_scale_or_spread_that_there_is_not_is_named(tmp_path: Path, given: Given) -> None:
    (tmp_path / "log.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        import_results([tmp_path / "log.json"], given=given)
    assert str(given.spread or 7) in str(raised.value)


def test_predictions_that_do_not_fit_their_gold_are_named_file_by_file(tmp_path: Path) -> None:
    said, gold = tmp_path / "said", tmp_path / "gold"
    for folder, task, name, text in (
        (said, "bucc2018", "test-de.tsv", "no tab\n"), (gold, "bucc2018", "test-de.tsv", "a\tb\n"),
        (said, "xnli", "test-de.tsv", "yes\n"), (gold, "xnli", "test-de.tsv", "neutral\n"),
        (said, "xquad", "test-de.json", "[1]"), (gold, "xquad", "test-de.json", '{"data": []}'),
        (said, "mlqa", "test-de.json", '{"q": "a"}'), (gold, "mlqa", "test-de.json", '{"data": 3}'),
    ):  # fmt: skip
        (folder / task).mkdir(parents=True, exist_ok=True)
        (folder / task / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        import_results([said], given=Given(gold=gold))
    assert raised.value.where == str(said)
    assert sorted(fault.split(":")[0] for fault in raised.value.faults) == [
        "bucc2018/test-de.tsv", "mlqa/test-de.json", "xnli/test-de.tsv", "xquad/test-de.json"
    ]  # fmt: skip


def test_unknown_names_are_refused_where_none_may_stand_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    row = {
        "model": "xlm-r-large",
        "intermediate": "none",
        "target": "xnly",
        "language": "de",
        "split": "dev",
        "score": 71.5,
    }
    pd.DataFrame([row]).to_csv(path, index=False)
    with pytest.raises(InputError) as raised:
        import_results([path], keep_unknown=False)
    assert "xnly" in raised.value.faults[0]


def test_what_a_file_of_others_leaves_open_is_asked_for_by_assumption(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('{"results": 3}', encoding="utf-8")
    with pytest.raises(InputError) as raised:
        open_results(path)
    assert raised.value.where == str(path)
