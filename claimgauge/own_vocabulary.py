"""The option --vocabulary: a file of tasks and languages of the user's own."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
HELP = "TOML file of tasks and languages of your own (see `claimgauge template task`)."

vocabulary_file = click.option("--vocabulary", type=FILE, help=HELP)
"""The option as a value, for commands that hand it on."""


def speak(context: click.Context, parameter: click.Parameter, path: Path | None) -> None:  # noqa: ARG001
    """Extends the vocabulary for as long as the command runs."""
    if path is None:
        return
    from analysis.registry.vocabulary import speaking, vocabulary
    from runners.plan.own_tables import read_vocabulary
    from runners.plan.own_tasks import extended

    context.with_resource(speaking(extended(vocabulary(), read_vocabulary(path), str(path))))


VOCABULARY = click.Option(["--vocabulary"], type=FILE, expose_value=False, callback=speak, is_eager=True, help=HELP)
"""The option of a command that then runs with the extended vocabulary."""

with_vocabulary = click.option("--vocabulary", type=FILE, expose_value=False, callback=speak, is_eager=True, help=HELP)
