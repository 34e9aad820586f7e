"""What a node's log says while it trains."""

import re

import pytest

from runners.execute.progress import Log
from runners.trained import Progress


def test_the_first_and_the_last_step_are_said_and_what_lies_between_not_more_often_than_wanted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = Log(every=3600)
    for step in range(5, 101):
        log(Progress(step, 100, 0.5, 1234.5))
    first, last = capsys.readouterr().out.splitlines()
    assert first == "step 5 of 100, loss 0.5, 1,234 tokens/s"
    assert re.fullmatch(r"step 100 of 100, loss 0\.5, 1,234 tokens/s, 0 s left", last)


def test_every_step_is_said_where_that_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    log = Log(every=0)
    for step in (1, 2, 3):
        log(Progress(step, 3, 0.25, 10.0))
    assert len(capsys.readouterr().out.splitlines()) == 3
