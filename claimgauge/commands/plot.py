"""`claimgauge plot`: figures of results, answers and verdicts as SVG, PDF or PNG."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any

import click

from analysis.plugins import Plugin
from claimgauge.api.plot import Figure
from claimgauge.inputs import ACROSS, ASSUME, FIGURE_SEED, JSON, PUBLISHED, RESULTS, results_of
from claimgauge.language_tables import DISTANCES, MEASURE
from claimgauge.outputs import OUTPUT_FILE
from claimgauge.plugged import PluggedGroup, help_of

SCHEMA = "claimgauge.plot/1"
OUT = click.Option(
    ["-o", "--out"],
    type=OUTPUT_FILE,
    required=True,
    help="File to write; .svg, .pdf or .png.",
)
MODEL = click.Option(["--model"], help="Model; all by default.")
SPLIT = click.Option(["--split"], help="Split; per target the one with most scores by default.")
METRIC = click.Option(["--metric"], help="Metric; per target its main one by default.")
VERDICTS = click.Argument(["verdicts"], type=click.Path(path_type=Path))


def _of_plugin(plugin: Plugin) -> click.Command:
    from claimgauge.api.plot import plugged

    found = plugged(plugin)
    return _command(plugin.name, help_of(plugin, found.HELP), tuple(found.OPTIONS))


@click.group(cls=PluggedGroup, kind="figures", command_of=_of_plugin)
def command() -> None:
    """Draw a figure of results tables or of a verdicts.json.

    The same input gives the same bytes. Every figure takes --json, which prints the file's hash.

    \b
    Examples:
      claimgauge plot matrix runs.parquet -o matrix.svg
      claimgauge plot matrix --published --across-studies -o matrix.png
      claimgauge plot matrix published:phang2020-v1 -o first_version.png
      claimgauge plot claims out/verdicts.json -o claims.pdf
    """


def _of_results(name: str, **given: Any) -> int:
    from claimgauge.api.plot import OF_LEADERBOARDS, drawn, plugin_of

    out, as_json, seed = given.pop("out"), given.pop("as_json"), given.pop("seed")
    _check(out)
    across, assume = given.pop("across_studies"), given.pop("assume")
    inputs = results_of(
        given.pop("results"),
        published=given.pop("published"),
        across_studies=across,
        assume=assume,
        leaderboard=name in OF_LEADERBOARDS,
    )
    figure, plugin = drawn(name, inputs, seed, given), plugin_of(name)
    return _written(figure, name, out, as_json, plugin.origin if plugin is not None else "")


def _of_verdicts(name: str, verdicts: Path, out: Path, as_json: bool) -> int:
    from claimgauge.api.plot import OF_VERDICTS
    from reports.verdicts_read import load_verdicts

    _check(out)
    return _written(OF_VERDICTS[name](load_verdicts(verdicts), str(verdicts)), name, out, as_json)


def _check(out: Path) -> None:
    from reports.style import check_ending

    check_ending(out)


def _written(figure: Figure, name: str, out: Path, as_json: bool, plugin: str = "") -> int:
    from reports.style import save

    save(figure, out)
    if as_json:
        data = out.read_bytes()
        record = {"schema": SCHEMA, "figure": name, "file": str(out), "bytes": len(data)}
        record |= {"plugin": plugin} if plugin else {}
        click.echo(json.dumps(record | {"sha256": hashlib.sha256(data).hexdigest()}, ensure_ascii=False, indent=2))
    else:
        click.echo(f"Wrote {out}{f' (drawn by a plugin, {plugin})' if plugin else ''}", err=True)
    return 0


def _command(
    name: str,
    text: str,
    options: tuple[click.Parameter, ...] = (),
    of_verdicts: bool = False,
) -> click.Command:
    shared = [VERDICTS] if of_verdicts else [RESULTS, *options, ASSUME, PUBLISHED, ACROSS, FIGURE_SEED]
    callback = partial(_of_verdicts, name) if of_verdicts else partial(_of_results, name)
    return click.Command(name, params=[*shared, OUT, JSON], callback=callback, help=text)


def _add(name: str, text: str, *given: Any, **more: Any) -> None:
    command.add_command(_command(name, text, *given, **more))


_add(
    "matrix",
    """The transfer matrix: gain of every run on every target, retrieval on a scale of its own.

    \b
    Example:
      claimgauge plot matrix runs.parquet --model xlm-r-large -o matrix.svg --json
    """,
    (MODEL, SPLIT),
)
_add(
    "scores",
    """A heat map of scores: every model by task or language, with its mean and the places it may hold.

    \b
    Examples:
      claimgauge plot scores published:euroeval -o scores.png
      claimgauge plot scores leaderboard.csv --assume split=test --by languages -o scores.png
    """,
    (
        click.Option(
            ["--by"],
            type=click.Choice(["tasks", "languages"]),
            help="Columns; tasks by default where there are several.",
        ),
        click.Option(["--study"], help="Study; all by default."),
        SPLIT,
        METRIC,
    ),
)
OVER_DISTANCE = (
    click.Option(
        ["--outcome"], type=click.Choice(["gain", "score"]), default="gain", show_default=True, help="What falls."
    ),
    click.Option(
        ["--kind", "kinds"], multiple=True, help="Kind of distance; all by default; may be given several times."
    ),
    DISTANCES,
    MEASURE,
    SPLIT,
    METRIC,
)
_add(
    "distance",
    """Gain (or score) of every language by its distance from the source language.

    \b
    Examples:
      claimgauge plot distance --published --outcome score -o distance.svg
      claimgauge plot distance runs.csv --distances vectors.npz --measure cosine --split test --metric accuracy -o d.svg
    """,
    OVER_DISTANCE,
)
_add(
    "specification",
    """The specification curve: the slope over distance under every defensible choice.

    \b
    Example:
      claimgauge plot specification --published --outcome score --kind script -o curve.svg
    """,
    OVER_DISTANCE,
)
_add(
    "order",
    """Clean and perturbed scores of two orders of the same intermediate tasks.

    \b
    Examples:
      claimgauge plot order runs.parquet -o order.svg
      claimgauge plot order runs.parquet --study mine --margin 0.5 -o order.svg
    """,
    (
        click.Option(["--model"], help="Model; the one with most intermediate runs by default."),
        click.Option(["--study"], help="Study, likewise."),
        click.Option(["--margin"], type=float, default=1.0, show_default=True, help="Equivalence margin in points."),
    ),
)
_add(
    "cost",
    """Score over training cost with the Pareto steps, gain over extra cost below.

    \b
    Examples:
      claimgauge plot cost runs.parquet --tokens 128 -o cost.svg
      claimgauge plot cost runs.parquet --tokens 128 --epochs 2 --shared 9 -o cost.svg
    """,
    (
        click.Option(["--shared"], type=int, default=1, help="Targets that one intermediate checkpoint serves."),
        click.Option(["--tokens"], type=float, help="Tokens per text, to compute FLOPs where the table has none."),
        click.Option(["--epochs"], type=float, default=3.0, help="Passes over the data, for the same."),
        SPLIT,
    ),
)
_add(
    "ranks",
    """Places of intermediate tasks (or models) with their intervals, ties and families.

    \b
    Examples:
      claimgauge plot ranks runs.parquet -o ranks.svg
      claimgauge plot ranks runs.parquet --critical-difference -o cd.svg
    """,
    (
        click.Option(
            ["--ranked"], type=click.Choice(["intermediate", "model"]), default="intermediate", show_default=True
        ),
        click.Option(["--model"], help="Model whose intermediate tasks are ranked."),
        click.Option(["--study"], help="Study; the one with most to rank by default."),
        click.Option(
            ["--scores"],
            type=click.Choice(["languages", "means"]),
            default="languages",
            show_default=True,
            help="Rank by scores of single languages, or by means as printed.",
        ),
        click.Option(["--critical-difference"], is_flag=True, help="Draw Demšar's diagram instead."),
    ),
)
_add(
    "claims",
    """Every number that claims state, beside what was measured. VERDICTS is a verdicts.json.

    \b
    Example:
      claimgauge plot claims out/verdicts.json -o claims.svg
    """,
    of_verdicts=True,
)
_add(
    "calibration",
    """Calibration of a report's confidences. VERDICTS is a verdicts.json.

    \b
    Example:
      claimgauge plot calibration out/verdicts.json -o calibration.svg
    """,
    of_verdicts=True,
)
