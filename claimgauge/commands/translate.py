"""`claimgauge translate`: machine-translated training data, as a folder that plans read."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.errors import UsageError
from claimgauge.outputs import OUTPUT_FOLDER
from claimgauge.own_vocabulary import with_vocabulary
from claimgauge.progress import ShownProgress

if TYPE_CHECKING:
    from runners.data.sources import Source
    from runners.translate.engines import Engine


@click.command()
@click.argument("task")
@click.option("--to", "into", required=True, metavar="LANG", help="Language to translate into.")
@click.option("--from", "start", default="", metavar="LANG", help="Language of the data; the plan's, or en.")
@click.option("--out", required=True, type=OUTPUT_FOLDER, help="Folder of the new data.")
@click.option("--split", type=click.Choice(["train", "dev", "test"]), default="train", show_default=True)
@click.option("--engine", type=click.Choice(["hub", "apertium", "command"]), default="hub", show_default=True)
@click.option("--model", default="", metavar="NAME", help="Translation model of the hub, by id or folder.")
@click.option("--revision", default="", metavar="COMMIT", help="Of the model or the command; kept with the data.")
@click.option(
    "--command", "line", default="", help="Program that maps lines to lines; {source} and {target} are codes."
)
@click.option("--pair", default="", metavar="FROM:TO", help="The languages as model or program name them.")
@click.option("--prefix", default="", help="Text that the model wants before every sentence.")
@click.option("--batch", type=click.IntRange(1), default=16, show_default=True, help="Sentences at once, of a model.")
@click.option("--data", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder of the local data.")
@click.option("--plan", default="", help="Take data and source language of this plan.")
@click.option("--examples", type=click.IntRange(1), help="Only the first of a seeded shuffle.")
@with_vocabulary
@click.option("--offline", is_flag=True, help="Never ask the Hugging Face hub.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def command(
    task: str,
    into: str,
    start: str,
    out: Path,
    split: str,
    engine: str,
    model: str,
    revision: str,
    line: str,
    pair: str,
    prefix: str,
    batch: int,
    folder: Path | None,
    plan: str,
    examples: int | None,
    offline: bool,
    as_json: bool,
) -> int:
    """Translate the data of TASK into another language, as OUT/TASK/LANG/SPLIT.jsonl.

    A plan reads it with data.translated = "OUT" and methods = ["translated"]. Data comes from the
    hub, from --data, or from the source of --plan. Answers that cannot be placed in the translation
    and tags whose words no longer fit are dropped and counted.

    \b
    Examples:
      claimgauge translate mnli --to es --out translated --model MODEL --revision COMMIT
      claimgauge translate squad2 --to es --out translated --engine apertium --data xtreme
      claimgauge translate mnli --to sw --out sw --model DIR --pair en:swh --prefix ">>swh<< " --batch 64 --offline
      claimgauge translate own --from de --to es --out translated --plan p.toml --vocabulary own.toml --json
      claimgauge translate mnli --to de --out translated --engine command --command "mt {source} {target}"
    """
    from runners.translate import check, translate

    source, language = _source(plan, folder, start, offline=offline)
    check(task, source, into=into, from_language=language, split=split)
    codes = _pair(pair)
    with ShownProgress("translating sentences") as shown:
        if engine == "hub":
            translator = _model(model, language, into, revision, prefix, codes, batch, shown, offline=offline)
        else:
            translator = _program(engine, line, language, into, revision, codes)
        made = translate(
            task, source, translator, into=into, out=out, from_language=language, split=split, examples=examples
        )
    if as_json:
        rows = [{"path": str(one.path), **asdict(one.header)} for one in made]
        click.echo(json.dumps({"schema": "claimgauge.translation/1", "files": rows}, indent=2, ensure_ascii=False))
        return 0
    for one in made:
        click.echo(f"{one.path}: {one.header.kept:,} of {one.header.read:,} examples")
        for why, count in one.header.dropped.items():
            click.echo(f"  dropped {count:,}: {why}")
    return 0


def _source(plan: str, folder: Path | None, start: str, *, offline: bool) -> tuple[Source, str]:
    """Source of the data and its language."""
    from runners.data.sources import FolderSource, HubSource
    from runners.plan.inventory import source_of
    from runners.plan.own_tasks import speaking_own
    from runners.plan.plan import load_plan

    if plan and folder is not None:
        raise UsageError("--plan and --data both say where the data is: give one of them")
    if plan:
        found = load_plan(plan)
        click.get_current_context().with_resource(speaking_own(found.own))
        return source_of(found.data), start or found.source_language
    if folder is not None:
        return FolderSource(folder), start or "en"
    return HubSource(offline=offline), start or "en"


def _pair(pair: str) -> tuple[str, str] | None:
    first, sign, second = pair.partition(":")
    if pair and not (first and sign and second):
        raise UsageError(f"--pair {pair!r} must be FROM:TO, such as eng:spa")
    return (first, second) if pair else None


def _model(
    name: str,
    start: str,
    into: str,
    revision: str,
    prefix: str,
    pair: tuple[str, str] | None,
    batch: int,
    shown: ShownProgress,
    *,
    offline: bool,
) -> Engine:
    from claimgauge.running import need_run_extra

    if not name:
        raise UsageError("--engine hub needs --model NAME, a translation model by hub id or folder")
    need_run_extra()
    from runners.translate.seq2seq import load_model

    return load_model(
        name,
        source=start,
        target=into,
        revision=revision,
        prefix=prefix,
        pair=pair,
        batch=batch,
        offline=offline,
        progress=shown.reach,
    )


def _program(engine: str, line: str, start: str, into: str, revision: str, pair: tuple[str, str] | None) -> Engine:
    from analysis.registry.vocabulary import vocabulary
    from runners.translate.engines import Apertium, Command

    if engine == "command":
        if not line.strip():
            raise UsageError('--engine command needs --command "PROGRAM …"')
        return Command(line, *(pair or (start, into)), revision)
    own = [str(vocabulary()["language"][code].facts["iso639_3"]) for code in (start, into)]
    return Apertium(*(pair or (own[0], own[1])))
