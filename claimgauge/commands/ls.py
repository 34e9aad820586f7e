"""`claimgauge ls`: what the vocabulary and the built-in evidence hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from analysis.errors import MissingDataError, UsageError
from analysis.registry.vocabulary import Vocabulary, vocabulary

Table = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]


@click.command()
@click.argument(
    "what",
    type=click.Choice(
        ["tasks", "kinds", "languages", "models", "metrics", "definitions", "findings", "studies", "runs"]
    ),
)
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Folder of `claimgauge run`, for runs.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(what: str, folder: Path | None, as_json: bool) -> int:
    """List WHAT: tasks, kinds of tasks, languages, models, metrics, definitions, findings, studies or runs.

    \b
    Examples:
      claimgauge ls tasks
      claimgauge ls kinds
      claimgauge ls languages --json
      claimgauge ls studies
      claimgauge ls runs --dir lab
    """
    head, rows = _runs(folder) if what == "runs" else LISTS[what](vocabulary())
    if as_json:
        click.echo(json.dumps([dict(zip(head, row, strict=True)) for row in rows], ensure_ascii=False, indent=2))
        return 0
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


def _tasks(registry: Vocabulary) -> Table:
    head = ("id", "name", "role", "kind", "train", "languages", "also written")
    rows = [
        (
            e.id,
            e.name,
            "intermediate",
            e.facts["kind"],
            _number(e.facts.get("train_examples")),
            "en",
            _also(e.aliases),
        )
        for e in registry["intermediate"].values()
    ]
    rows += [
        (e.id, e.name, "intermediate", "all together", "", "en", _also(e.aliases))
        for e in registry["multitask"].values()
    ]
    rows += [
        (e.id, e.name, "further intermediate", e.facts["kind"], _number(e.facts.get("train_examples")),
         str(e.facts["languages"]), _also(e.aliases))
        for e in registry["further_intermediate"].values()
    ]  # fmt: skip
    rows += [
        (e.id, e.name, f"target ({e.facts['benchmark']})", e.facts["kind"], _number(e.facts.get("train_examples")),
         str(e.facts.get("n_languages") or len(registry.languages_of(e.id))), _also(e.aliases))
        for e in registry["target"].values()
    ]  # fmt: skip
    return head, rows


def _kinds(registry: Vocabulary) -> Table:
    from runners.plan.forms import NEEDS_OF_FORM, form_of

    head = ("kind", "name", "form", "needs, beside languages, form and files or hub", "is a", "also written")
    rows = []
    for e in registry["kind"].values():
        form = form_of(e.id, registry)
        needs = NEEDS_OF_FORM.get(form, "that of a more special kind")
        rows.append((e.id, e.name, form or "several", needs, " ".join(e.facts.get("is_a", ())), _also(e.aliases)))
    return head, rows


def _languages(words: Vocabulary) -> Table:
    head = ("code", "iso639_3", "name", "family", "branch", "script")
    facts = ("iso639_3", "name", "family", "branch", "script")
    return head, [(e.id, *(str(e.facts[f]) for f in facts)) for e in words["language"].values()]


def _models(registry: Vocabulary) -> Table:
    head = ("id", "name", "kind", "parameters", "hub", "also written")
    return head, [
        (
            e.id,
            e.name,
            e.facts["kind"],
            _number(e.facts.get("parameters")),
            e.facts.get("hub", ""),
            _also(e.aliases),
        )
        for e in registry["model"].values()
    ]


def _metrics(registry: Vocabulary) -> Table:
    head = ("id", "name", "unit", "better", "bounds", "also written")
    return head, [
        (e.id, e.name, e.facts["unit"], "higher" if e.facts["higher_is_better"] else "lower",
         f"{e.facts.get('low', '')} to {e.facts.get('high', '')}", _also(e.aliases))
        for e in registry["metric"].values()
    ]  # fmt: skip


def _definitions(_: Vocabulary) -> Table:
    from claims.definitions import default_definitions

    head = ("word", "means", "also held")
    return head, [
        (d.word, str(d).partition(": ")[2], ", ".join(f"{a:g}" for a in d.alternatives))
        for d in default_definitions().entries
    ]


def _findings(_: Vocabulary) -> Table:
    from analysis.published.scores import findings

    head = ("id", "study", "version", "statement", "source")
    return head, [(f.id, f.study, f.version, f.statement, f.source) for f in findings()]


def _studies(_: Vocabulary) -> Table:
    from analysis.published.scores import scores_of, shipped_tables

    head = ("id", "scores", "decides claims", "licence", "title")
    return head, [
        (name, f"{len(scores_of(name)):,}", "yes" if table.judges else "no", table.licence, table.title)
        for name, table in shipped_tables().items()
    ]


def _runs(folder: Path | None) -> Table:
    """The nodes of a grid: what they are, how far they got, how long they took."""
    from runners.execute.store import GridStore

    if folder is None:
        raise UsageError("say where the runs are kept: claimgauge ls runs --dir DIR")
    store, rows = GridStore(folder), []
    for key in store.begun():
        record, why = store.record(key), store.failure(key)
        state = "finished" if record is not None else f"failed: {why}" if why else "not finished"
        seconds = f"{record['seconds']:.1f}" if record is not None else ""
        node = store.node(key)
        rows.append((key, node.kind, node.title, seconds, state))
    if not rows:
        raise MissingDataError(f"{folder} holds no runs; make some with claimgauge run PLAN --out {folder}")
    return ("node", "kind", "title", "seconds", "state"), sorted(rows, key=lambda row: (row[1], row[2]))


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else ""


def _also(aliases: tuple[str, ...]) -> str:
    return ", ".join(aliases[:4])


LISTS: dict[str, Callable[[Vocabulary], Table]] = {
    "tasks": _tasks,
    "kinds": _kinds,
    "languages": _languages,
    "models": _models,
    "metrics": _metrics,
    "definitions": _definitions,
    "findings": _findings,
    "studies": _studies,
}
