"""What `command.claimgauge` forks from: commands were run here once, so that their modules and shipped data are loaded.

No cache of the project depends on the working folder, on a variable or on a file of the user's; what does is read anew
by every call.
"""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
from importlib import import_module
from pathlib import Path

from claimgauge.cli import cli

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "report.md"
LOADED = [
    "command",
    "claims.setup", "claims.checking.over_tables", "claims.checking.table_rows", "claims.readers.html",
    "claims.readers.latex", "analysis.importers.importing", "reports.page", "reports.verdicts_json", "reports.sarif",
    "reports.junit", "reports.markdown", "pyarrow.parquet", "claimgauge.commands.plot", "reports.figures.matrix",
    "claims.library.reading", "pypdfium2", "openpyxl", "analysis.questions.cost", "analysis.questions.distance",
    "analysis.questions.order", "analysis.questions.power", "analysis.questions.sources",
    "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_pdf",
]  # fmt: skip
TABLE = "Model,NUS\nAlpha,60.5\nBeta,58.4\n"


def _run(*arguments: str | Path) -> None:
    cli([*map(str, arguments)], standalone_mode=False, prog_name="claimgauge")


with (
    tempfile.TemporaryDirectory() as folder,
    Path(os.devnull).open("w", encoding="utf-8") as nowhere,
    contextlib.redirect_stdout(nowhere),
    contextlib.redirect_stderr(nowhere),
):
    for name in LOADED:
        import_module(name)
    (Path(folder) / "table.csv").write_text(TABLE, encoding="utf-8")
    _run("--no-config", "verify", EXAMPLE, "--out", Path(folder) / "out")
    _run("--no-config", "check", "Alpha beats Beta on NUS.", "--table", Path(folder) / "table.csv")
    _run("--no-config", "settle", "MNLI improves XQuAD by 40 points.")
    _run("--no-config", "analyze", "hierarchy", "published:su2022")
gc.collect()
gc.freeze()  # or the first collection of every process would copy all of this
