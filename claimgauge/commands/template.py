"""`claimgauge template`: files to fill in."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from analysis.errors import UsageError
from analysis.files.atomic import write_text
from analysis.registry.vocabulary import BASELINE, MULTITASK, vocabulary
from claimgauge.outputs import OUTPUT_FILE

REPORT = """# Title of the report

This paper examines: Title of the paper. Research question: What do you want to know?

14 papers retrieved. 2 claims extracted; 1 independently verified.

## Extracted Claims

| Claim | Verified | Confidence |
|---|---|---|
| The MNLI intermediate task contains 392,702 training examples. | ✓ | 0.90 |
| XNLI does not see benefits from intermediate training. | × | 0.10 |

## References

- <http://arxiv.org/abs/2005.13013>
"""

ASSERTIONS = """# Readings that take the place of the ones claimgauge makes. `reads` is an assertion (see
# `claimgauge explain` for how a claim was read); name the claim by its id, and by the report's file
# name where several reports are checked, or by its words.

[[assertion]]
# report = "report.md"
claim = "C01"
reads = "(= (mean (gain squad2 t) t :over targets :split dev) 8.2)"

# [[assertion]]
# text = "XNLI does not see benefits from intermediate training."
# reads = "(not (> (mean (gain i xnli) i :over intermediates) 0))"
"""


FIXED = {"assertions": ASSERTIONS, "report": REPORT}


@click.command()
@click.argument("what", type=click.Choice(["results", "assertions", "definitions", "report", "task"]))
@click.option(
    "-o",
    "--out",
    type=OUTPUT_FILE,
    help="File to write; the terminal by default.",
)
@click.option("--model", default="xlm-r-large", show_default=True, help="Model in the results template.")
@click.option("--split", default="dev", show_default=True, help="Split in the results template.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
def command(what: str, out: Path | None, model: str, split: str, force: bool) -> int:
    """Write an empty file to fill in: WHAT is results, assertions, definitions, report or task.

    The results template has one row for each cell of the study's main table: fill in the scores
    you have, leave the others empty, and give the file to `claimgauge verify --results`. The task
    template is a vocabulary file with a task and a language of your own, for `--vocabulary`.

    \b
    Examples:
      claimgauge template results -o results.csv
      claimgauge template results -o results.csv --model xlm-r-large --split test --force
      claimgauge template definitions -o definitions.toml
      claimgauge template task -o vocabulary.toml
    """
    texts = {**FIXED, "results": _results(model, split), "definitions": _definitions(), "task": _task()}
    text = texts[what]
    if out is None:
        click.echo(text, nl=False)
        return 0
    if out.exists() and not force:
        raise UsageError(f"{out} exists; use --force to write over it")
    write_text(out, text)
    click.echo(f"Wrote {out}", err=True)
    return 0


RESULTS = """# One row is one score. Fill in what you have; rows without a score are cells nobody measured yet.
# study, version: who measured, and which version of their text; gains are taken inside one of each.
# score: in points, 0 to 100. Either one row a seed (column seed), or one row a mean, with n_seeds and
# what is known of its spread: sd (over the seeds), se, or ci_low and ci_high (95 %); n_items: items evaluated.
# version, seed, n_seeds, sd, se, ci_low, ci_high, n_items, provenance and source may stay empty.
"""


def _results(model: str, split: str) -> str:
    """One empty row per (run, target, metric): baseline, every intermediate task, multi-task."""
    words = vocabulary()
    cells = (
        ("my-study", model, run, "plain", target, "mean", split, metric, "imported")
        for run in (BASELINE, *words["intermediate"], MULTITASK)
        for target in words.targets_of("xtreme")
        for metric in words["target"][target].facts["metrics"]
    )
    rows = (dict(zip(IDENTIFYING, cell, strict=True)) for cell in cells)
    lines = [",".join(COLUMNS), *(",".join(row.get(name, "") for name in COLUMNS) for row in rows)]
    return RESULTS + "\n".join(lines) + "\n"


IDENTIFYING = ("study", "model", "intermediate", "method", "target", "language", "split", "metric", "provenance")
"""Columns that the template fills in."""
COLUMNS = (
    "study", "version", "model", "intermediate", "method", "target", "language", "split", "metric", "score",
    "seed", "n_seeds", "sd", "se", "ci_low", "ci_high", "n_items", "provenance", "source",
)  # fmt: skip


def _definitions() -> str:
    return (files("claims") / "data" / "definitions.toml").read_text(encoding="utf-8")


def _task() -> str:
    return (files("runners") / "task_template.toml").read_text(encoding="utf-8")
