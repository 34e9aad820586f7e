"""`claimgauge import`: results of others become rows of the results table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from analysis.errors import UsageError
from analysis.importers.formats import BUILT_IN, formats
from claimgauge.inputs import ASSUME
from claimgauge.moved import moved
from claimgauge.outputs import OUTPUT_FILE
from claimgauge.own_vocabulary import with_vocabulary

if TYPE_CHECKING:
    from analysis.importers import Given, Imported

Act = TypeVar("Act", bound=Callable[..., Any])

FILE = click.Path(path_type=Path, exists=True)
SAID = (
    "model", "intermediate", "method", "intermediate_language", "target", "language", "split", "metric", "only",
    "scale", "spread", "n_seeds", "seed", "study", "rows", "columns",
)  # fmt: skip
"""Names of `--assume`, which were options before."""
TABLES = (".parquet", ".csv")
OUT = (*TABLES, ".jsonl", ".tex", ".md")
"""Endings of the file that is written (`analysis.exporters.ENDINGS`)."""


def _completed(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """The formats, of plugins too, that begin so."""
    return [name for name in formats() if name.startswith(incomplete)]


def _said_by_assume(command: Act) -> Act:
    """The command with the options that `--assume` has taken the place of."""
    for name in SAID:
        now = f"is now --assume {name}=…"
        command = moved(f"--{name.replace('_', '-')}", now=now, multiple=name == "only")(command)
    return command


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option(
    "-o",
    "--out",
    type=OUTPUT_FILE,
    help="File to write: .parquet or .csv, .jsonl (Every Eval Ever), .tex, .md.",
)
@click.option("--names", type=FILE, help="TOML file: their names = our ids, new names, what files do not say.")
@click.option(
    "--strict", is_flag=True, help="Names outside the vocabulary are an error; they stand for themselves by default."
)
@click.option("--keep-unknown", is_flag=True, hidden=True)
@click.option("--assume", multiple=True, metavar=ASSUME.metavar, help=ASSUME.help)
@click.option("--gold", type=FILE, help="Folder of gold labels, for XTREME prediction folders.")
@click.option(
    "--format",
    "format_name",
    metavar=f"[{'|'.join(BUILT_IN)}]",
    shell_complete=_completed,
    help="Read every file so, whatever it looks like; also a format of a plugin.",
)
@click.option(
    "--items",
    type=OUTPUT_FILE,
    help="Also write which items were right (.parquet or .csv), from files that hold them.",
)
@click.option("--force", is_flag=True, help="Write over an existing table.")
@with_vocabulary
@_said_by_assume
@click.option("--dry-run", is_flag=True, help="Show what was read, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    files: tuple[Path, ...],
    out: Path | None,
    names: Path | None,
    strict: bool,
    keep_unknown: bool,
    format_name: str | None,
    items: Path | None,
    force: bool,
    dry_run: bool,
    as_json: bool,
    assume: tuple[str, ...],
    gold: Path | None,
    **said: str | tuple[str, ...] | None,
) -> int:
    """Turn result FILEs of others into a results table.

    Reads what evaluation tools write (docs/import.md lists them), folders of such files, model cards, XTREME
    prediction folders, and tables in LaTeX, Markdown, CSV, Parquet and xlsx (its own too), recognised by their
    content. A file of a folder that cannot be read is named at the end. Every row keeps file, place and hash.
    What the files leave open, --assume says: model, target, split … (docs/import.md); nothing is guessed.

    \b
    Examples:
      claimgauge import results.json -o results.parquet --assume model=xlm-r-large,split=test
      claimgauge import table.tex -o results.csv --assume split=dev,language=mean --dry-run
      claimgauge import predictions -o results.parquet --gold labels --assume model=xlm-r-large
      claimgauge import samples.jsonl -o r.csv --items items.csv --names names.toml --strict --force
      claimgauge import own.csv -o r.csv --vocabulary own.toml --json
    """
    if keep_unknown:
        click.echo("note: --keep-unknown is the default now, and the option will go with the next release", err=True)
    _check_out(out, force=force, dry_run=dry_run)
    from analysis.importers import Names, import_results, read_names
    from analysis.registry.own_names import in_one_line
    from claimgauge.progress import ShownProgress

    with ShownProgress("importing"):
        done = import_results(
            files,
            given=_given(said, assume, gold),
            names=read_names(names) if names else Names(),
            keep_unknown=not strict,
            format_name=format_name,
        )
        written = [] if dry_run or out is None else _write(done, out)
        written += _write_items(done, items, force=force) if items is not None and not dry_run else []
    if as_json:
        click.echo(json.dumps(_record(done, written), ensure_ascii=False, indent=2))
        return 0
    for note in done.notes:
        click.echo(f"note: {note}", err=True)
    if line := in_one_line(done.unknown):
        click.echo(f"note: {line}", err=True)
    _show(done, rows=dry_run)
    for path in written:
        click.echo(f"Wrote {path}", err=True)
    return 0


def _given(said: Mapping[str, str | tuple[str, ...] | None], assume: tuple[str, ...], gold: Path | None) -> Given:
    """The assumptions on the files, by `--assume` and by the options it replaces."""
    from analysis.importers.opening import assumed

    joined = {name: ",".join(value) if isinstance(value, tuple) else value for name, value in said.items()}
    pairs = (f"{name}={value}" for name, value in joined.items() if value)
    return replace(assumed((*assume, *pairs)), gold=gold)


def _check_out(out: Path | None, *, force: bool, dry_run: bool) -> None:
    """Refuses a call that could not write what it reads, before anything is read."""
    if dry_run:
        return
    if out is None:
        raise UsageError("say where the table goes with -o FILE (.parquet or .csv), or look first with --dry-run")
    if out.suffix not in OUT:
        raise UsageError(f"cannot write results as {out.name!r}: end the name in {' or '.join(OUT)}")
    if out.exists() and not force:
        raise UsageError(f"{out} exists; use --force to write over it")


def _write(done: Imported, out: Path) -> list[Path]:
    """Writes the names the table needs, then the table; facts already in the names file stay."""
    from analysis.exporters import write_table
    from analysis.registry.own_names import names_beside, read_own_names, write_own_names
    from analysis.registry.vocabulary import vocabulary
    from claimgauge import __version__

    written = []
    if done.own and out.suffix in TABLES:
        path = names_beside(out)
        known = read_own_names(path) if path.exists() else {}
        merged = {c: {**done.own.get(c, {}), **known.get(c, {})} for c in {*done.own, *known}}
        write_own_names(path, merged)
        written.append(path)
    words = vocabulary().extended(done.own)
    write_table(done.table, out, registry=words, made_by=f"claimgauge {__version__}")
    return [out, *written]


def _write_items(done: Imported, out: Path, *, force: bool) -> list[Path]:
    """Writes the items; those of several models or metrics are told apart by columns beside the items' own."""
    from analysis.results.table import write_frame

    if done.items.empty:
        raise UsageError(f"--items {out}: no file holds the items behind its scores (lm-eval's samples do)")
    if out.exists() and not force:
        raise UsageError(f"{out} exists; use --force to write over it")
    write_frame(done.items, out)
    return [out]


def _show(done: Imported, *, rows: bool) -> None:
    formats = ", ".join(dict.fromkeys(done.formats.values()))
    click.echo(f"{_counted(len(done.table), 'score')} from {_counted(len(done.formats), 'file')} ({formats})")
    for column in ("model", "intermediate", "target", "language", "split", "metric"):
        values = [str(value) for value in done.table[column].unique()]
        more = f" … {len(values)} in all" if len(values) > MOST else ""
        click.echo(f"  {column:<13} {', '.join(values[:MOST])}{more}")
    if rows:
        for row in done.table.head(MOST).to_dict("records"):
            cell = " · ".join(str(row[c]) for c in ("model", "intermediate", "target", "language", "split", "metric"))
            click.echo(f"  {row['score']:8.3f}  {cell}  [{row['source']}]")


MOST = 10
"""Names per column, and rows of a dry run, that are shown."""


def _record(done: Imported, written: list[Path]) -> dict[str, Any]:
    return {
        "rows": len(done.table),
        "files": [{"path": path, "format": name} for path, name in done.formats.items()],
        "unknown": [
            {"category": u.category, "name": u.name, "rows": u.rows, "near": list(u.near)} for u in done.unknown
        ],
        "notes": list(done.notes),
        "written": [str(path) for path in written],
    }


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
