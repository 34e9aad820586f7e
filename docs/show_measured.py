"""Prints what was measured on the stand-in, as it stands on docs/measured.md.

python docs/show_measured.py data           what was trained on and evaluated
python docs/show_measured.py languages      the stand-in's scores by language, without intermediate training
python docs/show_measured.py baselines      means over languages beside the baselines
python docs/show_measured.py gains          gains of intermediate training with their intervals
python docs/show_measured.py detectable     the smallest gain that could have been seen
python docs/show_measured.py files          the shipped files
python docs/show_measured.py record [KEY]   a run record; by default that of the first score
python docs/show_measured.py beside VERDICTS   what verdicts.json shows of it, and what that decides

`python docs/make_measured.py pages` writes them there.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from analysis.gains import SummaryDesign, summary
from analysis.gains import gains as analysed
from analysis.published.measured import PLANS, measured_answers, measured_gains, measured_scores
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import concat
from reports.verdicts_read import load_verdicts

SHIPPED = Path(__file__).resolve().parents[1] / "analysis" / "data" / "measured"
MAIN = {"xnli": "accuracy", "pawsx": "accuracy", "xcopa": "accuracy", "tatoeba": "accuracy", "bucc": "f1"}
SIGNS = {"gain": "+", "loss": "-", "equivalent": "=", "inconclusive": "?"}
"""Conclusion from an interval → its sign in the table."""


def records() -> pd.DataFrame:
    """One row a run: key, plan, kind, title, parents, config and record (both JSON)."""
    return pd.read_parquet(SHIPPED / "records.parquet")


def data() -> str:
    """Intermediate data as trained on, and targets as evaluated."""
    trained = _trained()
    scores = concat([measured_scores(plan) for plan in ("main", "sources")])
    alike: dict[tuple[str, int, str], list[str]] = {}
    for (task, language), (examples, origin) in sorted(trained.items()):
        if task not in MAIN:
            alike.setdefault((task, examples, origin.replace(f"-{language}.", "-*.")), []).append(language)
    lines = ["intermediate data"]
    for (task, examples, origin), codes in alike.items():
        lines.append(f"  {task:15} {examples:5,d} examples in {' '.join(codes)}: {origin}")
    lines.append("targets")
    for target, metric in MAIN.items():
        rows = scores[(scores["target"] == target) & (scores["metric"] == metric)]
        items, languages = rows["n_items"].astype(int), rows["language"].nunique()
        examples, origin = trained.get((target, "en"), (0, "nothing is trained"))
        evaluated = f"{items.min():,} to {items.max():,}" if items.min() < items.max() else f"{items.min():,}"
        lines.append(
            f"  {target:8} {examples:5,d} English examples ({origin}); "
            f"{evaluated} items ({rows['split'].iloc[0]}) a language; languages: {languages}"
        )
    return "\n".join(lines)


def _trained() -> dict[tuple[str, str], tuple[int, str]]:
    """(Task, language) → most examples that a run was trained on, and the file they come from."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for record in map(json.loads, records()["record"]):
        for part in record.get("data", ()):
            place = part["task"], part["language"]
            used = int(record.get("target_examples") or record.get("examples", {}).get(part["task"], part["examples"]))
            found[place] = max(found.get(place, (0, "")), (used, part["origin"]))
    return found


def languages() -> str:
    """Mean over seeds, by language and target."""
    main = measured_scores()
    rows = main[(main["intermediate"] == "none") & (main["metric"] == main["target"].astype(str).map(MAIN))]
    table = rows.astype({"language": str, "target": str}).pivot_table("score", "target", "language").loc[list(MAIN)]
    lines = []
    for target in MAIN:
        cells = [f"{code} {score:.1f}" for code, score in table.loc[target].dropna().sort_values()[::-1].items()]
        lines += [
            f"{target if start == 0 else '':8} {'  '.join(cells[start : start + 9])}"
            for start in range(0, len(cells), 9)
        ]
    return "\n".join(lines)


def baselines() -> str:
    """Means over languages and seeds: majority class, random vectors, no trunk, trunk without and with training."""
    scores = concat([measured_scores(plan) for plan in ("main", "bare", "random")])
    rows = scores[scores["metric"].astype(str) == scores["target"].astype(str).map(MAIN)]
    means = rows[rows["intermediate"] == "none"].groupby(["model", "target"], observed=True)["score"].mean().unstack()
    majority = pd.read_csv(SHIPPED / "majority.csv").groupby("target")["accuracy"].mean()
    means = means.loc[["standin-random", "standin-use3-bare", "standin-use3"]]
    table = pd.concat([majority.to_frame("majority class").T, means])[list(MAIN)]
    names = {model: vocabulary()["model"][model].name.split("): ")[1] for model in means.index}
    return _printed(table.rename(index=names).round(1))


def gains() -> str:
    """A row for every run, a column for every target: mean gain, interval, sign."""
    found = measured_gains()
    cells = {(g.run, g.target): f"{g.gain:+.1f} [{g.low:+.1f}, {g.high:+.1f}] {SIGNS[g.verdict]}" for g in found}
    table = pd.Series(cells).unstack()[list(MAIN)]
    several = [run for run in table.index if "+" in run]
    table = table.loc[[run for run in table.index if run not in several] + several]
    said = [g.verdict for g in found]
    counts = ", ".join(f"{sign} {verdict} {said.count(verdict)}" for verdict, sign in SIGNS.items())
    notes = [f"five English tasks: {run}" for run in several]
    shown = _printed(table.rename(index=dict.fromkeys(several, "five English tasks")))
    above, below = sum(g.low > 0 for g in found), sum(g.high < 0 for g in found)
    return "\n".join([shown, *notes, f"{len(said)} intervals: {counts}; wholly above 0: {above}, below 0: {below}"])


def sources() -> str:
    """Gains of the same items in several languages, with intervals over seeds."""
    by = ("target", "intermediate", "intermediate_language")
    table = _summary("sources", by, "seeds")
    run = table["intermediate"] + " " + table["intermediate_language"]
    return _crossed(table, run, table["target"])[["xnli", "pawsx", "tatoeba"]].pipe(_printed)


def sizes() -> str:
    """Gains by the number of examples, intermediate and target, with intervals over seeds and languages."""
    by = ("target", "target_examples", "intermediate", "intermediate_examples")
    table = _summary("cost", by, "languages")
    several = table["intermediate"].str.contains("+", regex=False)
    named = table["intermediate"].mask(several, "five English tasks, each")
    run = named.str.ljust(25) + table["intermediate_examples"].astype(float).map("{:>5,.0f}".format)
    target = table["target"] + " " + table["target_examples"].astype(float).map("{:,.0f}".format)
    ways = [f"{target} {examples}" for target in ("xnli", "pawsx") for examples in (120, 360, 960)]
    return _crossed(table, run, target)[ways].pipe(_printed)


def order() -> str:
    """Scores of both orders on clean and on perturbed text, means over languages and seeds."""
    scores = measured_scores("order")
    names = ["intermediate", "target", "perturbation"]
    table = scores.astype(dict.fromkeys(names, str)).pivot_table("score", "intermediate", names[1:])
    runs = ["none", *(run for run in table.index if run != "none")]
    ways = [(t, p) for t in ("xnli", "xcopa", "tatoeba") for p in ("none", "swap", "drop", "shuffle")]
    shown = table.loc[runs, ways].round(1).rename(columns={"none": "clean"}, index={"none": "no intermediate training"})
    shown.index.name = None
    shown.columns.names = [None, None]
    return _printed(shown)


def _summary(plan: str, by: tuple[str, ...], over: Literal["seeds", "languages"]) -> pd.DataFrame:
    found = summary(analysed(measured_scores(plan)), SummaryDesign(by=by, over=over, items="fixed"))
    return found.frame.astype(dict.fromkeys(by, str))


def _crossed(table: pd.DataFrame, run: pd.Series[str], target: pd.Series[str]) -> pd.DataFrame:
    """Mean gain and interval, run by target."""
    cell = [f"{m:+.1f} [{lo:+.1f}, {hi:+.1f}]" for m, lo, hi in table[["mean", "mean_low", "mean_high"]].to_numpy()]
    shown = pd.Series(cell, index=pd.MultiIndex.from_arrays([run, target])).unstack()
    shown.index.name = shown.columns.name = None
    return shown


def answers() -> str:
    """The answers of the analyses to the research questions."""
    return "\n".join(f"{a.question:20} {a.says:12} {a.asked}" for a in measured_answers().values())


def detectable() -> str:
    """The smallest true mean gain that would have been found with 80 % power: least, middle and largest over runs."""
    table = pd.DataFrame([(g.target, g.detectable) for g in measured_gains()], columns=["target", "points"])
    found = table.groupby("target")["points"].agg(["min", "median", "max"]).loc[list(MAIN)].round(2)
    found.index.name = None
    return _printed(found)


def files() -> str:
    """Rows, bytes and hash of every file."""
    lines = []
    for path in sorted(SHIPPED.iterdir()):
        rows = len(pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path))
        content = path.read_bytes()
        begins = hashlib.sha256(content).hexdigest()[:16]
        lines.append(f"{path.name:16} {rows:5,d} rows {len(content):8,d} bytes  sha256 {begins}")
    whole = sum(path.stat().st_size for path in SHIPPED.iterdir())
    return "\n".join([*lines, f"{'in all':16} {whole:19,d} bytes"])


def record(key: str = "") -> str:
    """The facts of one run."""
    key = key or str(measured_scores(PLANS[0])["source"].iloc[0]).removeprefix("run ")
    found = records().set_index("key").loc[key]
    shown: dict[str, Any] = {"key": key, **found.drop(["config", "record"]).to_dict()}
    shown |= {name: json.loads(found[name]) for name in ("config", "record")}
    return json.dumps(shown, indent=1, ensure_ascii=False)


def beside(verdicts: str) -> str:
    """Numbers of claims with measurements of the stand-in beside them, by verdict."""
    said = load_verdicts(Path(verdicts))
    claims = [claim for report in said["reports"] for claim in report["claims"]]
    shown = [claim for claim in claims if any(item["provenance"] == "measured" for item in claim["evidence"])]
    items = [item for claim in shown for item in claim["evidence"] if item["provenance"] == "measured"]
    deciding = sum(item["role"] == "decides" for item in items)
    counts = ", ".join(f"{n} {verdict}" for verdict, n in Counter(claim["verdict"] for claim in claims).most_common())
    of_shown = ", ".join(f"{n} {verdict}" for verdict, n in Counter(claim["verdict"] for claim in shown).most_common())
    return f"{len(claims)} claims: {counts}\nbeside {len(shown)} of them: {of_shown}\ndecided by it: {deciding}"


def _printed(table: pd.DataFrame) -> str:
    return "\n".join(line.rstrip() for line in table.to_string(na_rep="").splitlines())


PRINTED = {
    "data": data, "languages": languages, "baselines": baselines, "gains": gains, "detectable": detectable,
    "sources": sources, "sizes": sizes, "order": order, "answers": answers,
    "files": files, "record": record, "beside": beside,
}  # fmt: skip

if __name__ == "__main__":
    match sys.argv[1:]:
        case [name, *rest] if name in PRINTED:
            sys.stdout.write(PRINTED[name](*rest) + "\n")
        case _:
            sys.exit(__doc__)
