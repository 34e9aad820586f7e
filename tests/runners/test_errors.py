"""Errors of data, plans, models and engines: each has its class and names what it is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import InputError, MissingDataError, UsageError
from runners.data import load
from runners.data.reading import read_json, read_jsonl, read_squad, text_of
from runners.data.sources import FolderSource, WorldSource
from runners.model.encoders import load_encoder
from runners.plan.plan import load_plan
from runners.recipe import ModelSpec
from runners.translate.engines import Apertium, Command, run
from runners.world import World


@pytest.mark.parametrize(
    ("call", "error", "named"),
    [
        (lambda: World(-1), UsageError, "-1"),
        (lambda: load("lab-nli", "lab-b1", "held-out", WorldSource(World())), UsageError, "held-out"),
        (lambda: load("lab-nli", "lab-zz", "test", WorldSource(World())), InputError, "lab-zz"),
        (lambda: load("mnli", "en", "train", WorldSource(World())), MissingDataError, "mnli"),
        (lambda: load("xnli", "de", "test", FolderSource(Path("nowhere"))), MissingDataError, "xnli"),
        (lambda: run(["no-such-program"], "", "no-such-program"), MissingDataError, "no-such-program"),
        (lambda: run(["false"], "", "false"), MissingDataError, "1"),
        (lambda: load_encoder(ModelSpec("bare", kind="random")), UsageError, "bare"),
        (lambda: load_encoder(Path("nowhere")), MissingDataError, "nowhere"),
        (lambda: load_plan("no-such-plan"), InputError, "no-such-plan"),
    ],
)  # fmt: skip
def test_what_is_not_there_or_makes_no_sense_is_named(
    call: Callable[[], object], error: type[Exception], named: str
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert named in str(raised.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\xff", b"name = 'x'\nseeds = [1,,2]"])
def test_a_plan_that_cannot_be_read_is_a_fault_of_its_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        load_plan(str(path))
    assert Path(raised.value.where).name == "plan.toml"
    assert len(raised.value.faults) == 1


@pytest.mark.parametrize(
    ("read", "content"),
    [
        (read_json, b"{"),
        (read_jsonl, b'{"a": 1}\n{'),
        (read_squad, b'{"data": [{"title": 1}]}'),
        (text_of, b"\xff\xfe\xff"),
    ],
)
def test_a_damaged_file_of_data_is_named(tmp_path: Path, read: Callable[[Path], object], content: bytes) -> None:
    path = tmp_path / "data"
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read(path)
    assert str(path) in raised.value.where
    assert raised.value.exit_code == 3


def test_an_engine_of_a_program_that_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for engine in (lambda: Apertium("eng", "spa"), lambda: Command("no-such-program", "en", "de")(["a"])):
        with pytest.raises(MissingDataError):
            engine()(["a"])
