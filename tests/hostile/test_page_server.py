"""The page's server among broken requests, broken files and full disks: one message each, and claims go on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from served import Served

from analysis.errors import InputError, UsageError
from claims.setup import Setup

pytest.importorskip("uvicorn", reason="needs claimgauge[serve]")

from claimgauge.serve.readings import KeptReadings
from claimgauge.serve.session import Session

CLAIM = "MNLI has 392,702 training examples."


@contextmanager
def broken(path: Path, data: bytes) -> Iterator[None]:
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    try:
        yield
    finally:
        path.unlink() if before is None else path.write_bytes(before)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/check", b"[" * 200_000),
        ("POST", "/check", b'{"claim": ["x"]}'),
        ("POST", "/check", b'{"claim": NaN}'),
        ("POST", "/corrections", b'{"text": "A.", "reads": {}}'),
        ("DELETE", "/corrections/nobody", b""),
        ("GET", f"/claims?words={'a+' * 3000}", b""),
    ],
)
def test_a_request_that_nobody_can_answer_gets_one_message(served: Served, method: str, path: str, body: bytes) -> None:
    status, said = served.ask(method, path, body, X_Claimgauge="1")
    assert (status, list(said)) == (422, ["error"])


@pytest.mark.parametrize(
    ("name", "data", "path", "status"),
    [
        ("ledger.db", b"garbage" * 1000, "/reports", 503),
        ("assertions.toml", b"[[[", "/corrections", 422),
        ("assertions.toml", b"\xff\xfe", "/corrections", 422),
        ("evidence.json", b"[3]", "/evidence", 422),
    ],
)
def test_a_file_of_the_folder_that_somebody_broke_is_named_and_mended_it_is_read_again(
    served: Served, name: str, data: bytes, path: str, status: int
) -> None:
    with broken(served.folder / name, data):
        found, said = served.ask("GET", path)
        assert (found, name in said["error"]) == (status, True)
    assert served.ask("GET", path)[0] == 200
    assert served.check(CLAIM)["verdict"] == "supported"


def test_a_full_disk_is_told_and_nothing_half_written_is_left(served: Served) -> None:
    resource = pytest.importorskip("resource", reason="limits of a process are set on Linux only")
    prlimit = getattr(resource, "prlimit", None) or pytest.skip("limits of a process are set on Linux only")
    before = sorted(served.folder.rglob("*"))
    former = prlimit(served.process.pid, resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
    try:
        for path in ("/reports", "/evidence"):
            status, said = served.post(path, b"Model,NUS\n" + b"A,1\n" * 5000, X_Name="large.csv")
            assert (status, "could not be kept" in said["error"]) == (507, True)
        assert served.check(CLAIM)["verdict"] == "supported"
    finally:
        prlimit(served.process.pid, resource.RLIMIT_FSIZE, former)
    assert sorted(served.folder.rglob("*")) == before


def test_a_dropped_file_that_somebody_took_away_is_said_to_be_gone_and_holds_nothing_up(tmp_path: Path) -> None:
    Session(tmp_path, Setup())
    entry = {"name": "gone.csv", "kind": "tables", "assume": []}
    (tmp_path / "evidence.json").write_text(json.dumps([entry]), encoding="utf-8")
    session = Session(tmp_path, Setup())
    assert "is gone" in session.evidence()[0]["remarks"][0]
    assert session._setup().tables == ()


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="choose another"):
        Session(tmp_path / "file" / "x", Setup())


@pytest.mark.parametrize("text", ["assertion = 3\n", '[[assertion]]\ntext = """\n[[assertion]]\n"""\nreads = "(a)"\n'])
def test_a_file_of_readings_that_cannot_be_changed_entry_by_entry_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "assertions.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="by hand"):
        KeptReadings(path).keep("A.", "(b)", "", "")
    assert path.read_text(encoding="utf-8") == text
