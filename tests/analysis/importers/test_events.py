"""TensorBoard's event files: scalars are read as its own writer wrote them, and damage is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared_files import shared

from analysis.errors import InputError
from analysis.importers import Given, import_results

GIVEN = Given(model="m", target="xnli", language="sw", scale=100.0)


def written(folder: Path) -> Path:
    """An event file of the package tensorboard: two evaluations, training losses, a histogram's worth of bytes."""
    writers = pytest.importorskip("tensorboard.summary", reason="tensorboard is not installed")
    writer = writers.Writer(str(folder))
    for step, accuracy in ((10, 0.7), (20, 0.8125)):
        writer.add_scalar("train/loss", 1.5 / step, step)
        writer.add_scalar("eval/accuracy", accuracy, step)
        writer.add_scalar("eval/loss", 0.3, step)
    writer.close()
    (path,) = folder.glob("events*")
    return path


def test_the_last_evaluation_of_an_event_file_is_read(tmp_path: Path) -> None:
    done = import_results([written(tmp_path)], given=GIVEN)
    assert list(done.table[["metric", "split", "score"]].itertuples(index=False, name=None)) == [
        ("accuracy", "dev", 81.25)
    ]
    assert any("train/loss" in note for note in done.notes)


def test_an_event_that_is_cut_off_is_left_out_with_a_note_and_a_damaged_one_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[:-5])
    assert any("not complete" in note for note in import_results([path], given=GIVEN).notes)
    at = content.index(b"eval/accuracy")
    path.write_bytes(content[:at] + b"E" + content[at + 1 :])
    with pytest.raises(InputError, match="does not have its checksum"):
        import_results([path], given=GIVEN)


def test_the_sample_of_a_float_is_its_shortest_number() -> None:
    (path,) = (shared("results", "samples2026") / "fmt" / "tb").iterdir()
    assert list(import_results([path], given=GIVEN).table["score"]) == [80.0]
