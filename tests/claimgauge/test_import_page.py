"""The tables of docs/import.md say what the readers do: every format, what is kept of it, which versions were tried."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from command import ROOT
from shared_files import shared

from analysis.exporters import write_table
from analysis.importers import Imported, import_results
from analysis.importers.formats import BUILT_IN
from analysis.importers.opening import assumed
from analysis.registry.vocabulary import vocabulary

PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
TODAY, FMT, EVERY = "samples2026", "samples2026/fmt", "samples2026/every_eval_ever"
SAMPLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "lm-eval": ((f"{TODAY}/real_lmeval_0413.json", ""), (f"{TODAY}/lmeval_peft1.json", ""),
                (f"{TODAY}/lmeval_mmlu_group.json", "split=test"), (f"{TODAY}/lmeval_belebele.json", "split=test")),
    "lm-eval-samples": ((f"{EVERY}/lm_eval_real/samples_math_perturbed_full_2026-01-21T03-44-18.458309.jsonl", ""),),
    "lighteval": ((f"{TODAY}/lighteval_real.json", "split=test"), (f"{FMT}/lighteval_results.json", "split=test")),
    "mteb": ((f"{TODAY}/mteb_folder/fd1525a9fd15316a2d503bf26ab031a61d056e98/XNLI.json", ""),),
    "every-eval-ever": ((f"{EVERY}/example_record.json", "split=test"),),
    "euroeval": ((f"{FMT}/euroeval_results.jsonl", ""),),
    "inspect-ai": ((f"{TODAY}/inspect/mmlu-summary-choices.eval", "split=test"),),
    "helm": ((f"{EVERY}/helm_real/stats.json", ""),),
    "litmus": (("litmus/SumEval/data/test_gold/XNLI_XLMR.json", "split=test"),),
    "trainer": ((f"{FMT}/trainer_per_lang.json", "model=m,target=xnli,scale=100"),
                (f"{FMT}/xnli_all_results.json", "model=m,target=xnli,scale=100")),
    "tracker": ((f"{FMT}/wandb_sweep.csv", "scale=100"),),
    "class-report": ((f"{FMT}/sklearn_report.json", "model=m,target=xnli,split=test"),),
    "metrics": ((f"{FMT}/jiant_val_metrics.json", "model=m"),),
    "retrieval": ((f"{FMT}/trec_eval.txt", "model=m,target=t,split=test"),),
    "opencompass": ((f"{FMT}/opencompass_summary.csv", "split=test"),),
    "repetitions": (("baycomp/accuracies.txt", "split=test,metric=accuracy,scale=1"),),
}  # fmt: skip
"""Format → files of it, each with what it does not say."""


def filled(*columns: str) -> Callable[[Imported], bool]:
    return lambda done: any(column in done.table and done.table[column].notna().any() for column in columns)


def states(column: str, *more: str) -> Callable[[Imported], bool]:
    return lambda done: bool((~done.table[column].astype(str).isin({"mean", "none", *more})).any())


KEPT: Mapping[str, Callable[[Imported], bool]] = {
    "standard error": filled("se"), "95 % interval": filled("ci_low"), "items": filled("n_items"),
    "seed": filled("seed"), "split": states("split"), "language": states("language"), "model": states("model"),
    "task": states("target"), "metric": states("metric", "score"), "derived": lambda done: "derived" in set(
        done.table["provenance"].astype(str)), "configuration": states("study", "litmus"),
    "direction": lambda done: any("higher_is_better" in e.facts for e in done.own.get("metric", {}).values())
    or states("metric")(done),
    "peft": lambda done: any("+" in name for name in done.table["model"].astype(str)),
}  # fmt: skip
"""A word of the page → whether files of the format bring what it names."""


def table_under(heading: str) -> list[list[str]]:
    """Rows of the first table of the page that has a heading."""
    lines = PAGE[PAGE.index(f"| {heading}") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@cache
def read(name: str, said: str) -> Imported:
    return import_results([shared("results", *name.split("/"))], given=assumed([said] if said else []))


def plainly(cell: str) -> str:
    """What a cell says before it speaks of exceptions, without asides."""
    return re.sub(r"\([^)]*\)", "", cell.split(";")[0])


def written_again(name: str, said: str, folder: Path) -> Imported:
    """A file's scores as records of Every Eval Ever, read back."""
    path = folder / f"{Path(name).stem}.jsonl"
    write_table(read(name, said).table, path, registry=vocabulary(), made_by="a test")
    return import_results([path])


def test_the_page_has_a_line_for_every_format_that_is_read() -> None:
    named = {name for row in table_under("format") for name in re.findall(r"`([a-z-]+)`", row[0])}
    assert set(BUILT_IN) <= named


@pytest.mark.parametrize("name", SAMPLES)
def test_what_the_page_says_is_kept_of_a_format_is_in_the_table(name: str, tmp_path: Path) -> None:
    (row,) = (row for row in table_under("format") if f"`{name}`" in row[0] and row[0].startswith(f"`{name}`"))
    done = [read(*sample) for sample in SAMPLES[name]]
    if name == "every-eval-ever":
        done += [written_again(*SAMPLES[other][0], tmp_path) for other in ("lm-eval", "euroeval")]
    assert {found for each in done for found in each.formats.values()} == {name}
    said = [word for word in KEPT if re.search(rf"\b{re.escape(word)}", plainly(row[2]))]
    assert said or name in {"helm", "retrieval"}
    assert [word for word in said if not any(KEPT[word](each) for each in done)] == []


@pytest.mark.parametrize(("tool", "key"), [("lm-eval", "lm_eval_version"), ("mteb", "mteb_version"),
                                           ("inspect_ai", "inspect_ai")])  # fmt: skip
def test_the_versions_on_the_page_are_those_that_the_files_state(tool: str, key: str) -> None:
    (row,) = (row for row in table_under("tool") if row[0] == tool)
    stated = re.compile(rf'"{key}": *"([^"]+)"')
    root = shared("results", TODAY)
    texts = (text_of(path) for path in sorted(root.rglob("*")) if path.suffix in {".json", ".eval"})
    there = {version for text in texts for version in stated.findall(text)}
    row[1] = re.sub(r"[\d.]+ \(Zstandard\)", "", row[1])
    claimed = [version for version in re.findall(r"\d+(?:\.\d+)+", row[1]) if version.count(".") >= 2]
    assert [version for version in claimed if not any(one.startswith(version) for one in there)] == []


def text_of(path: Path) -> str:
    """The text of a log, the header of one in an archive; "" where it cannot be read so."""
    if path.suffix == ".json":
        return path.read_text(encoding="utf-8")
    try:
        return zipfile.ZipFile(path).read("header.json").decode()
    except (KeyError, NotImplementedError, zipfile.BadZipFile):
        return ""
