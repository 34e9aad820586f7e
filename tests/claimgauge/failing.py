"""A command that is refused, and the error it ends with."""

from __future__ import annotations

from click.testing import CliRunner

from analysis.errors import ClaimgaugeError
from claimgauge.cli import cli


def failed(*arguments: str) -> ClaimgaugeError:
    done = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
    assert isinstance(done.exception, ClaimgaugeError), (done.output, done.exception)
    return done.exception
