"""`claimgauge analyze`: the research questions, asked of any results table."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimgauge.inputs import ACROSS, ASSUME, JSON, PUBLISHED, RESULTS, SEED, results_of
from claimgauge.outputs import OUTPUT_FOLDER
from claimgauge.own_vocabulary import VOCABULARY
from claimgauge.plugged import PluggedGroup
from claimgauge.questions import QUESTIONS, Question, question_of
from claimgauge.terminal import answer_shown

if TYPE_CHECKING:
    from analysis.plugins import Plugin
    from claimgauge.inputs import Inputs


def _of_plugin(plugin: Plugin) -> click.Command:
    return _command(plugin.name, question_of(plugin))


@click.group(cls=PluggedGroup, kind="questions", command_of=_of_plugin)
def command() -> None:
    """Ask a research question of results tables: what was asked, the answer, how sure, what it hinges on.

    RESULTS are results tables (see `claimgauge template results`), files that `claimgauge import` reads, or
    published studies, written published:STUDY (`claimgauge ls studies`). An answer has at most 12 lines; every
    question takes --details, --json (the answer with its tables, schema claimgauge.answer/1) and --tables DIR.
    An answer of "cannot tell" says why and is no error: the exit code is 0.

    \b
    Examples:
      claimgauge analyze cost runs.parquet --over families
      claimgauge analyze hierarchy --published --ranked model --json
      claimgauge analyze hierarchy published:phang2020-v1
      claimgauge analyze power runs.parquet --tables tables
    """


def _ask(name: str, question: Question, **given: Any) -> int:
    """Loads the tables, asks, and shows the answer."""
    if given.get("heat_map") is not None:
        from reports.style import check_ending

        check_ending(given["heat_map"])
    from claimgauge.api.ask import answered
    from reports.answers import answer_json, write_tables
    from reports.print_tables import write_sources

    moved = given.pop("matters", None)
    given = given if moved is None else {**given, "margin": moved}
    across, paths, published = given.pop("across_studies"), given.pop("results"), given.pop("published")
    assume = given.pop("assume")
    designed = name == "power" and not paths and not published
    inputs = (
        None
        if designed
        else results_of(
            paths, published=published, across_studies=across, assume=assume, leaderboard=question.leaderboard
        )
    )
    seed, as_json, folder = given.pop("seed"), given.pop("as_json"), given.pop("tables")
    details, heat_map = given.pop("details"), given.pop("heat_map", None)
    if name == "distance" and not (details or as_json or folder is not None):
        given["second"] = False
    found = answered(name, inputs, seed, {option: value for option, value in given.items() if value != ()})
    if as_json:
        options = {**found.asking.options, "across_studies": across}
        click.echo(answer_json(found.answer, replace(found.asking, options=options)))
    else:
        click.echo(answer_shown(found.answer, details=details))
    if heat_map is not None and inputs is not None:
        _heat_map(inputs, seed, given, heat_map)
    if folder is not None:
        written = write_tables(found.answer, folder)
        if written and inputs is not None:
            written = (*written, write_sources(inputs.table["source"].dropna(), folder, inputs.words))
        click.echo(f"Wrote {', '.join(str(path) for path in written)}" if written else "No table has rows.", err=True)
    return 0


def _heat_map(inputs: Inputs, seed: int, given: dict[str, Any], path: Path) -> None:
    """Draws the scores that were ranked."""
    from claimgauge.api.plot import drawn, save

    options = {name: value for name, value in given.items() if value not in ((), None)}
    save(drawn("scores", inputs, seed, options), path)
    click.echo(f"Wrote {path}", err=True)


DETAILS = click.Option(
    ["--details"], is_flag=True, help="Print all hinges, estimates and what was left out, not 12 lines."
)
TABLES = click.Option(
    ["--tables"],
    type=OUTPUT_FOLDER,
    help="Folder for the answer's tables as CSV and LaTeX (booktabs), and the results' sources as BibTeX.",
)


def _command(name: str, question: Question) -> click.Command:
    return click.Command(
        name,
        params=[RESULTS, *question.options, ASSUME, VOCABULARY, PUBLISHED, ACROSS, SEED, DETAILS, TABLES, JSON],
        callback=partial(_ask, name, question),
        help=question.help,
    )


for _name, _question in QUESTIONS.items():
    command.add_command(_command(_name, _question))
