"""Writes the published results tables that ship, from the files they were read from.

    python docs/make_published.py ../shared

Versions and spreads are written where the results table has columns for them.
"""

from __future__ import annotations

import csv
import re
import sys
from decimal import Decimal
from pathlib import Path

from analysis.files.atomic import replacing
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import COLUMNS

SHIPPED = Path(__file__).resolve().parents[1] / "analysis" / "data" / "published"
Row = dict[str, str]
ORDER = tuple(c for c in COLUMNS if c != "decimals")

TABLE_2 = "Phang et al. 2020, arXiv 2005.13013v1, Table 2, p. 5"
PRINTED = ("block", "row", "intermediate", "method", "target", "metric", "printed")
RUNS = {
    "ANLI+": "anli+", "QQP": "qqp", "SQuAD": "squad1", "HellaSwag": "hellaswag", "CCG": "ccg",
    "CosmosQA": "cosmosqa", "CSQA": "csqa", "Multi-task": "multi", "Our Best Models": "best_per_target",
}  # fmt: skip
"""Row of Table 2 → id of the run; SQuAD is version 1.1 there (p. 3)."""
TARGETS = {"bucc2018": "bucc", "avg": "xtreme"}
STUDY = "phang2020-v1"
CITED = "xtreme-cited-by-phang2020-v1"

PROMPTS = "Prompt-Transferability, result/{target}Prompt{model}, prompt {source}"
PROMPT_MODELS = {"Roberta": "roberta-base", "RobertaLarge": "roberta-large", "T5Small": "t5-small", "T5": "t5-base"}
PROMPT_TASKS = {
    "IMDB": "imdb", "MNLI": "mnli", "MRPC": "mrpc", "QNLI": "qnli", "QQP": "qqp", "SST2": "sst2",
    "ethicsdeontology": "ethics-deontology", "ethicsjustice": "ethics-justice", "laptop": "semeval-laptop",
    "movierationales": "movie-rationales", "multi_news": "multi-news", "nq_open": "nq-open",
    "recastner": "recast-ner", "restaurant": "semeval-restaurant", "samsum": "samsum", "snli": "snli",
    "squad": "squad1", "tweetevalsentiment": "tweeteval-sentiment",
}  # fmt: skip
WRITTEN = {"multi_news", "nq_open", "samsum", "squad"}
"""Tasks whose answers are written texts: what their files call `acc` is no accuracy."""

STILTS = "bert_on_stilts, README, Trained Models, {column}"
STILTS_COLUMNS = ("base model", "intermediate task", "target task", "download", "val score", "test score")
STILTS_TASKS = {
    "CoLA": "cola", "SST": "sst2", "MRPC": "mrpc", "STS-B": "sts-b", "QQP": "qqp", "MNLI": "mnli", "QNLI": "qnli",
    "RTE": "rte", "WNLI": "wnli",
}  # fmt: skip

EUROEVAL = "EuroEval leaderboard, {language}, {dataset}"
EUROEVAL_TASKS = {
    "Sentiment classification": ("sentiment-classification", "mcc", "macro_f1"),
    "Named entity recognition": ("named-entity-recognition", "micro_f1_no_misc", "micro_f1"),
    "Linguistic acceptability": ("linguistic-acceptability", "mcc", "macro_f1"),
    "Reading comprehension": ("reading-comprehension", "f1", "exact_match"),
}
"""Task → id and the two metrics that a cell prints, after src/euroeval/tasks.py there."""
NYNORSK = {"norne_nn": "Named entity recognition", "scala_nn": "Linguistic acceptability"}
"""Data sets that stand in a column without a task."""
LANGUAGES = {
    "albanian": "sq", "bosnian": "bs", "bulgarian": "bg", "catalan": "ca", "croatian": "hr", "czech": "cs",
    "danish": "da", "dutch": "nl", "english": "en", "estonian": "et", "faroese": "fo", "finnish": "fi",
    "french": "fr", "german": "de", "greek": "el", "hungarian": "hu", "icelandic": "is", "italian": "it",
    "latvian": "lv", "lithuanian": "lt", "norwegian": "no", "polish": "pl", "portuguese": "pt", "romanian": "ro",
    "serbian": "sr", "slovak": "sk", "slovene": "sl", "spanish": "es", "swedish": "sv", "ukrainian": "uk",
}  # fmt: skip
WRITTEN_NORMS = {"norne_nb": "nb", "norne_nn": "nn", "scala_nb": "nb", "scala_nn": "nn"}
"""Norwegian data sets in one of its two written norms."""


def main(shared: Path) -> None:
    """All tables."""
    printed = table_2(shared)
    _write("phang2020_v1_table2.csv", printed, PRINTED)
    _write("phang2020_v1.csv", scores_of(printed), ORDER)
    _write("su2022.csv", prompt_transfer(shared), ORDER)
    _write("stilts.csv", stilts(shared), ORDER)
    _write("euroeval.csv", euroeval(shared), ORDER)


def table_2(shared: Path) -> list[Row]:
    """Table 2 of the study's first version as printed, under the ids of the vocabulary."""
    methods = {"With MLM": "mlm"}
    return [
        {
            "block": row["block"],
            "row": row["row"],
            "intermediate": RUNS.get(row["row"], "none" if row["row"].startswith("XLM-R") else ""),
            "method": methods.get(row["block"], "plain"),
            "target": TARGETS.get(row["target"], row["target"]),
            "metric": row["metric"],
            "printed": row["printed"],
        }
        for row in _rows(shared / "facts" / "phang2020_v1_table2_as_printed.csv")
    ]


def scores_of(printed: list[Row]) -> list[Row]:
    """The scores of Table 2; where a gain is printed, the baseline and it, in exact decimals."""
    base = {(r["target"], r["metric"]): r["printed"] for r in printed if r["block"] == "baseline"}
    rows = []
    for row in printed:
        if not row["intermediate"] or row["printed"] == "-":
            continue
        level, score, how = base[row["target"], row["metric"]], row["printed"], ""
        if score[0] in "+-":
            score, how = str(Decimal(level) + Decimal(score)), f": {level} and the printed gain {score}"
        rows.append(
            {
                "study": CITED if "Hu et al." in row["row"] else STUDY,
                "version": "v1",
                "model": "xlm-r-large",
                "intermediate": row["intermediate"],
                "method": row["method"],
                "target": row["target"],
                "split": "test" if row["block"].startswith("XTREME") else "dev",
                "metric": row["metric"],
                "score": score,
                "provenance": "published",
                "source": f"{TABLE_2}, row {row['row']}{how}",
            }
        )
    return rows


def prompt_transfer(shared: Path) -> list[Row]:
    """Prompts of one task used on another with the same model, and random prompts, in points."""
    rows = []
    for row in _rows(shared / "results" / "prompt_transfer" / "prompt_transfer_su2022.csv"):
        random = row["kind"] == "random"
        if not random and (row["kind"] != "transfer" or row["source_model"] != row["model"]):
            continue
        rows.append(
            {
                "study": "su2022",
                "model": PROMPT_MODELS[row["model"]],
                "intermediate": "none" if random else PROMPT_TASKS[row["source"]],
                "target": PROMPT_TASKS[row["target"]],
                "language": "en",
                "split": "dev",
                "metric": "value_filed_as_acc" if row["target"] in WRITTEN else "accuracy",
                "score": str((Decimal(row["value"]).quantize(Decimal("0.0001")) * 100).quantize(Decimal("0.01"))),
                "provenance": "published",
                "source": PROMPTS.format(**row),
            }
        )
    return rows


def stilts(shared: Path) -> list[Row]:
    """The released models of STILTs."""
    rows = []
    for line in (shared / "results" / "stilts" / "stilts_bert_large.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("*") for cell in line.strip().strip("|").split("|")]
        if len(cells) != len(STILTS_COLUMNS) or cells[0] != "BERT-Large":
            continue
        for split, column, score in (("dev", "Val Score", cells[4]), ("test", "Test Score", cells[5])):
            rows.append(
                {
                    "study": "stilts",
                    "model": "bert-large",
                    "intermediate": "none" if cells[1] == "-" else STILTS_TASKS[cells[1]],
                    "target": STILTS_TASKS[cells[2]],
                    "language": "en",
                    "split": split,
                    "metric": "glue_score",
                    "score": score,
                    "provenance": "published",
                    "source": STILTS.format(column=column),
                }
            )
    return rows


def euroeval(shared: Path) -> list[Row]:
    """Encoders without intermediate training: both metrics of every cell, with their 95 % intervals."""
    words, rows = vocabulary(), []
    for row in _rows(shared / "results" / "euroeval" / "euroeval_encoders.csv"):
        target, *metrics = EUROEVAL_TASKS[row["task"] or NYNORSK[row["dataset"]]]
        known = words.find("model", row["model"])
        for metric, score, half in zip(metrics, ("score", "score2"), ("half_width", "half_width2"), strict=True):
            low, high = Decimal(row[score]) - Decimal(row[half]), Decimal(row[score]) + Decimal(row[half])
            rows.append(
                {
                    "study": "euroeval",
                    "model": known.id if known else row["model"],
                    "intermediate": "none",
                    "target": target,
                    "language": WRITTEN_NORMS.get(row["dataset"], LANGUAGES[row["language"]]),
                    "split": "test",
                    "metric": metric,
                    "score": row[score],
                    "ci_low": str(low),
                    "ci_high": str(high),
                    "provenance": "published",
                    "source": EUROEVAL.format(**row),
                }
            )
    return rows


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(name: str, rows: list[Row], order: tuple[str, ...]) -> None:
    columns = [column for column in order if any(column in row for row in rows)]
    with replacing(SHIPPED / name) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stdout.write(f"{name:28} {len(rows):5,d} rows\n")


if __name__ == "__main__":
    if len(sys.argv) != len(("program", "shared")) or re.match("-", sys.argv[1]):
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
