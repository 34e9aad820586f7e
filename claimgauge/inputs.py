"""The results a command is given: tables, files of others, the built-in published scores."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.vocabulary import Vocabulary

BUILT_IN = "built in"

RESULTS = click.Argument(["results"], nargs=-1, type=click.Path(path_type=Path))
PUBLISHED = click.Option(["--published"], is_flag=True, help="Use the built-in published scores (too).")
ACROSS = click.Option(
    ["--across-studies"],
    is_flag=True,
    help="Take all studies as one, superseded ones left out, so that a baseline may come from another study.",
)
ASSUME = click.Option(
    ["--assume"],
    multiple=True,
    metavar="NAME=VALUE",
    help="What a result file of others does not say, such as split=test or model=xlm-r-large; may be repeated.",
)
SEED = click.Option(
    ["--seed"], type=click.IntRange(0), default=0, show_default=True, help="Of the generator of chance."
)
JSON = click.Option(["--json", "as_json"], is_flag=True, help="Print as JSON.")


@dataclass(frozen=True, slots=True)
class Inputs:
    """A results table and where it came from.

    Attributes:
        table: all rows. origins: (path, SHA-256, rows) of each part.
        words: the vocabulary with the names in the files beside the tables.
    """

    table: pd.DataFrame
    origins: tuple[tuple[str, str, int], ...]
    words: Vocabulary


def results_of(
    paths: Sequence[Path], *, published: bool, across_studies: bool = False, assume: Sequence[str] = ()
) -> Inputs:
    """The rows of several results files as one table; how files of others were read is said on stderr.

    Raises:
        UsageError: nothing was given, or `assume` means nothing.
        InputError: a file cannot be read or is inconsistent.
    """
    from analysis.importers.opening import assumed, open_results
    from analysis.results import concat
    from analysis.vocabulary import vocabulary

    if not paths and not published:
        raise UsageError(
            "no results given: name a results table (CSV, TSV, Parquet) or a result file, or add --published"
        )
    given, words = assumed(assume), vocabulary()
    parts, origins = [], []
    for path in paths:
        opened = open_results(path, given=given, words=words)
        words = opened.words
        for remark in opened.remarks(path):
            click.echo(f"note: {remark}", err=True)
        parts.append(opened.table)
        origins.append((str(path), hashlib.sha256(path.read_bytes()).hexdigest(), len(parts[-1])))
    if published:
        from analysis.published import published_scores

        parts.append(published_scores())
        data = (files("analysis") / "data" / "published" / "scores.csv").read_bytes()
        origins.append((BUILT_IN, hashlib.sha256(data).hexdigest(), len(parts[-1])))
    table = concat(parts)
    if across_studies:
        from analysis.studies import shipped_studies
        from reports.matrix import pooled_studies

        table = pooled_studies(table, [study.id for study in shipped_studies().known.values() if study.superseded_by])
    return Inputs(table, tuple(origins), words)
