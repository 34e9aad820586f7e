"""Writes the shipped measurements from the folder in which the plans measured-* were run.

    python docs/make_measured.py ship RUNS DATA      tables, run records, gains, answers, majority class
    python docs/make_measured.py time RUNS DATA      processor time of all plans, from one node of each sort
    python docs/make_measured.py pages [PAGE…]       runs the commands on the pages and writes what they print

RUNS holds nodes/; DATA is the folder of the data (../shared/data).
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.gains import SummaryDesign, gains, one_reading, summary
from analysis.published.measured import PLANS, measured_scores
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import write_results

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "analysis" / "data" / "measured"
DECIMALS = 4
LEFT_OUT = {"scores", "schema", "key", "title", "kind", "losses"}
"""Of a record: what stands in the table or in other columns, and the loss at every few steps."""
QUESTIONS = {"distance": "main", "hierarchy": "main", "cost": "cost", "order": "order", "sources": "sources"}
"""Research question → the plan whose table it is asked of."""
PAGES = ("measured.md", "hierarchies.md", "audit.md", *(f"questions/{name}.md" for name in QUESTIONS))
RERUN = ("measured", "made_up", "english", "published:", "hierarchies")
"""Subject of a command whose print is written anew."""
SHOWN = re.compile(r"```\n((?:claimgauge|python) [^\n]*)\n```\n\n```text\n(.*?)```\n", re.DOTALL)
"""A command on a page and the block with what it prints."""


def ship(runs: Path, data: Path) -> None:
    """Tables of every plan, all run records, gains, answers, and what a majority class would score."""
    from claimgauge.experiments import prepare
    from runners.execute.collect import results_of
    from runners.execute.store import GridStore

    store, records = GridStore(runs), {}
    for plan in PLANS:
        grid = prepare(f"measured-{plan}", dry_run=False, folder=data)
        table = results_of(store, [node.key for node in grid.nodes])
        write_results(table.assign(score=table["score"].round(DECIMALS)), SHIPPED / f"{plan}.parquet")
        for node in grid.nodes:
            record = store.record(node.key)
            if record is None:
                sys.exit(f"{node.title} of measured-{plan} has not run; claimgauge run measured-{plan} --out {runs}")
            records.setdefault(node.key, _record(plan, node, record))
    pd.DataFrame(records.values()).to_parquet(SHIPPED / "records.parquet", index=False, compression="zstd")
    _gains().to_csv(SHIPPED / "gains.csv", index=False, lineterminator="\n")
    _answers().to_csv(SHIPPED / "answers.csv", index=False, lineterminator="\n")
    _majority(data).to_csv(SHIPPED / "majority.csv", index=False, lineterminator="\n")


def _record(plan: str, node: Any, record: Any) -> dict[str, Any]:
    """A run record without its scores, which stand in the table, and without folders of a machine."""
    config = {k: v for k, v in node.config.items() if k != "source"}
    kept = {k: v for k, v in record.items() if k not in LEFT_OUT}
    kept["surroundings"] = {k: v for k, v in record["surroundings"].items() if k != "platform"}
    return {
        "key": node.key,
        "plan": f"measured-{plan}",
        "kind": node.kind,
        "title": node.title,
        "parents": " ".join(node.parents),
        "config": json.dumps(config, sort_keys=True, ensure_ascii=False),
        "record": json.dumps(kept, sort_keys=True, ensure_ascii=False),
    }


def _gains() -> pd.DataFrame:
    found = gains(measured_scores())
    kept = one_reading(found.frame).frame
    alone = kept.groupby("target", observed=True)["language"].transform("nunique") == 1
    seeds = SummaryDesign(by=("target", "intermediate"), items="fixed")
    frame = pd.concat([
        summary(replace(found, frame=kept[~alone]), replace(seeds, over="languages")).frame,
        summary(replace(found, frame=kept[alone]), seeds).frame,
    ])  # fmt: skip
    named = {"mean": "gain", "mean_low": "low", "mean_high": "high", "intermediate": "run"}
    table = frame.rename(columns=named).astype({"run": str, "target": str})
    table["model"] = vocabulary()["model"]["standin-use3"].name
    columns = ["run", "target", "model", "gain", "low", "high", "languages", "seeds", "detectable", "verdict"]
    return table[columns].round(3).sort_values(["target", "run"])


def _answers() -> pd.DataFrame:
    """The answers of the analyses, each on the table that was measured for it; of order also on clean text."""
    rows = []
    model = vocabulary()["model"]["standin-use3"].name
    for question, plan in QUESTIONS.items():
        module, table = import_module(f"analysis.questions.{question}"), measured_scores(plan)
        more = {"specifications": False} if question == "distance" else {}
        outcome = module.fit(table, module.DESIGN(**more))
        told = {question: module.report(outcome)}
        if question == "order":
            told["order_on_clean_text"] = module.answers(outcome)[0]
        rows += [(name, plan, model, answer.question, answer.says, answer.text) for name, answer in told.items()]
    return pd.DataFrame(rows, columns=["question", "plan", "model", "asked", "says", "answer"])


def _majority(data: Path) -> pd.DataFrame:
    """Accuracy of always saying the most frequent label of the training data."""
    from runners.data import load
    from runners.data.sources import FolderSource

    source, rows = FolderSource(data, layout="dev-folds"), []
    for target in ("xnli", "pawsx", "xcopa"):
        said = Counter(e.label for e in load(target, "en", "train", source).examples).most_common(1)[0][0]  # type: ignore[union-attr]
        for language in vocabulary().languages_of(target):
            labels = [e.label for e in load(target, language, "dev", source).examples]  # type: ignore[union-attr]
            rows.append((target, language, str(said), round(100 * labels.count(said) / len(labels), DECIMALS)))
    return pd.DataFrame(rows, columns=["target", "language", "label", "accuracy"])


def time_of(runs: Path, data: Path) -> None:
    """Prints the processor seconds of one node of each sort, run again with its vectors cached, times how many."""
    import tempfile
    import time

    from claimgauge.experiments import prepare
    from runners.execute.stages import run
    from runners.execute.store import GridStore

    store, sorts, seen, whole = GridStore(runs), {}, set(), 0.0
    for plan in PLANS:
        for node in prepare(f"measured-{plan}", dry_run=False, folder=data).nodes:
            if node.key not in seen:
                of = node.labels.get("target") or f"{str(node.labels['intermediate']).count('+') + 1} tasks"
                sorts.setdefault((plan, node.kind, of), []).append(node)
            seen.add(node.key)
    for (plan, kind, target), nodes in sorts.items():
        node = nodes[len(nodes) // 2]
        with tempfile.TemporaryDirectory() as folder:
            began = time.process_time()
            run(node, Path(folder), [store.folder(parent) for parent in node.parents])
            seconds = time.process_time() - began
        whole += seconds * len(nodes)
        sys.stdout.write(f"{plan:8} {kind:13} {target:8} {len(nodes):4d} nodes x {seconds:5.1f} s\n")
        sys.stdout.flush()
    sys.stdout.write(f"in all {whole / 60:.0f} minutes of one processor for {len(seen)} nodes\n")


def pages(names: Sequence[str]) -> None:
    """Runs every command that stands on a page above a block of text and reads what was measured."""
    for name in names:
        page = HERE / name
        page.write_text(SHOWN.sub(_filled, page.read_text(encoding="utf-8")), encoding="utf-8")


def _filled(block: re.Match[str]) -> str:
    command = block[1]
    if not any(word in command for word in RERUN):
        return block[0]
    program, *rest = shlex.split(command)
    run = [sys.executable, *(["-m", "claimgauge"] if program == "claimgauge" else []), *rest]
    sys.stdout.write(f"{command}\n")
    printed = subprocess.run(run, cwd=HERE.parent, check=True, capture_output=True, text=True).stdout
    lines = "\n".join(line.rstrip() for line in printed.rstrip().splitlines())
    return f"```\n{command}\n```\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["ship", runs, data]:
            ship(Path(runs), Path(data))
        case ["time", runs, data]:
            time_of(Path(runs), Path(data))
        case ["pages", *names]:
            pages(names or PAGES)
        case _:
            sys.exit(__doc__)
