"""`claimgauge serve`: a page on this machine to paste claims and reports into."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.errors import MissingDataError
from claimgauge.moved import moved
from claimgauge.outputs import OUTPUT_FOLDER


@click.command()
@click.option("--results", multiple=True, type=click.Path(path_type=Path), help="Results, or a table by others.")
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="What a file in --results does not say.")
@moved("--table", "tables", multiple=True, type=click.Path(path_type=Path), now="is now --results")
@moved("--no-built-in", is_flag=True)
@click.option(
    "--folder",
    default=Path("claimgauge-page"),
    show_default=True,
    type=OUTPUT_FOLDER,
    help="Where dropped files, corrections, pages and the ledger are kept.",
)
@click.option("--port", default=8642, show_default=True, type=click.IntRange(1, 65535), help="Of 127.0.0.1.")
@moved("--time-limit", default=60.0, type=click.FloatRange(1), metavar="SECONDS")
@moved("--max-mb", default=20.0)
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
def command(
    results: tuple[Path, ...],
    assume: tuple[str, ...],
    tables: tuple[Path, ...],
    no_built_in: bool,
    folder: Path,
    port: int,
    time_limit: float,
    max_mb: float,
    opened: bool,
) -> int:
    """Serve a page on this machine: paste a claim or a report, drop results, see verdicts and cells.

    Only this machine reaches it (127.0.0.1), and the page asks no other. Needs `pip install 'claimgauge[serve]'`.

    \b
    Examples:
      claimgauge serve --open
      claimgauge serve --results my_runs.csv --assume split=test --folder audit --port 8700
    """
    from importlib.util import find_spec

    absent = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if absent:
        raise MissingDataError(f"the page needs {' and '.join(absent)}: pip install 'claimgauge[serve]'")
    from claimgauge.serve.running import serve
    from claimgauge.verifying import parted
    from claims.setup import Setup

    given, by_others = parted(results, assume)
    setup = Setup(
        results=given, tables=(*by_others, *tables), built_in=not no_built_in, assume=assume,
        most_bytes=int(max_mb * 1_000_000), seconds=time_limit,
    )  # fmt: skip
    serve(setup, folder, port, int(max_mb * 1_000_000), opened=opened)
    return 0
