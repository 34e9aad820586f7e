"""Errors of the page's server, provoked in this process: each names what it cannot take, or what was there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import InputError, UsageError
from claimgauge.serve.app import _said
from claimgauge.serve.readings import KeptReadings, _toml
from claimgauge.serve.worker import _outcome


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: _said({"claim": 3}, "claim"), "claim is no text"),
        (lambda: _toml("half a sign: \ud800"), "half of a character"),
        (lambda: KeptReadings(Path("nowhere.toml")).forget("key"), "no longer kept"),
    ],
)
def test_what_the_page_sends_and_cannot_be_taken_is_said(call: Callable[[], object], named: str) -> None:
    with pytest.raises(UsageError) as raised:
        call()
    assert named in str(raised.value)


def test_readings_that_are_no_text_are_named_by_their_file(tmp_path: Path) -> None:
    path = tmp_path / "assertions.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError) as raised:
        KeptReadings(path).text()
    assert raised.value.where == str(path)


def test_a_task_that_cannot_write_is_a_fault_with_its_reason() -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    kind, fault = _outcome(full, None, (), None)
    assert kind == "fault"
    assert "could not be written: No space left" in str(fault)
