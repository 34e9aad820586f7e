"""The results a command is given: tables, files of others, published studies by name, the built-in scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.errors import InputError, UsageError
from claimgauge.moved import MovedOption
from claimgauge.progress import ShownProgress

if TYPE_CHECKING:
    import pandas as pd

    from analysis.registry.vocabulary import Vocabulary

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
    help="What a result file of others does not say, such as split=test,model=xlm-r-large; may be repeated.",
)
FIGURE_SEED = MovedOption(["--seed"], type=click.IntRange(0), default=0)
"""The random seed of a figure's intervals."""
SEED = click.Option(["--seed"], type=click.IntRange(0), default=0, show_default=True, help="Random seed.")
JSON = click.Option(["--json", "as_json"], is_flag=True, help="Print as JSON.")


@dataclass(frozen=True, slots=True)
class Inputs:
    """A results table and where it came from.

    Attributes:
        table: all rows. origins: (path, SHA-256, rows) of each part.
        words: the vocabulary with the names that stand beside the parts.
    """

    table: pd.DataFrame
    origins: tuple[tuple[str, str, int], ...]
    words: Vocabulary


def results_of(
    paths: Sequence[Path | pd.DataFrame],
    *,
    published: bool,
    across_studies: bool = False,
    assume: Sequence[str] = (),
    leaderboard: bool = False,
) -> Inputs:
    """The rows of several results files as one table; how files of others were read is said on stderr.

    Args:
        paths: files, `published:STUDY`, or data frames.
        published: whether the built-in scores are added.
        across_studies: take all studies as one, without superseded ones.
        assume: NAME=VALUE, what files of others do not say.
        leaderboard: see `analysis.importers.opening.open_results`.

    Raises:
        UsageError: nothing was given, or `assume` means nothing.
        UnknownNameError: no study has the name.
        InputError: a file cannot be read or is inconsistent.
    """
    if not paths and not published:
        raise UsageError(
            "no results given: name a results table (CSV, TSV, Parquet), a result file or a published study "
            "(published:STUDY), or add --published"
        )
    with ShownProgress("reading results"):
        return _results_of(paths, published, across_studies, assume, leaderboard)


def _results_of(
    paths: Sequence[Path | pd.DataFrame],
    published: bool,
    across_studies: bool,
    assume: Sequence[str],
    leaderboard: bool,
) -> Inputs:
    from analysis.importers.frames import open_frame
    from analysis.importers.opening import assumed, open_results, sha256_of
    from analysis.published.scores import PREFIX, digest_of, judging_tables, published_scores, scores_of, words_of
    from analysis.registry.vocabulary import vocabulary
    from analysis.results.repeated import across_files
    from analysis.results.table import concat

    given, words = assumed(assume), vocabulary()
    parts, origins, named = [], [], []
    for number, path in enumerate(paths, 1):
        if isinstance(path, Path) and str(path).startswith(PREFIX):
            named.append(str(path).removeprefix(PREFIX))
            parts.append(scores_of(named[-1]))
            origins.append((str(path), digest_of(named[-1:]), len(parts[-1])))
            continue
        if isinstance(path, Path):
            opened, name = open_results(path, given=given, registry=words, leaderboard=leaderboard), path
            sha256 = sha256_of(path)
        else:
            in_memory = open_frame(path, number, given=given, registry=words, leaderboard=leaderboard)
            opened, name, sha256 = in_memory.opened, Path(in_memory.name), in_memory.sha256
        words = opened.words
        for remark in opened.remarks(name):
            click.echo(f"note: {remark}", err=True)
        parts.append(opened.table)
        origins.append((str(name), sha256, len(parts[-1])))
    if faults := across_files(dict(zip((name for name, _, _ in origins), parts, strict=True))):
        raise InputError("results", faults)
    if published:
        parts.append(published_scores())
        origins.append((BUILT_IN, digest_of(judging_tables()), len(parts[-1])))
        named += judging_tables()
    table = concat(parts)
    if across_studies:
        from analysis.published.studies import shipped_studies
        from reports.matrix import pooled_studies

        table = pooled_studies(table, [study.id for study in shipped_studies().known.values() if study.superseded_by])
    return Inputs(table, tuple(origins), words_of(named, words))
