"""Verdicts on SciTab's development claims beside two honest floors: `python benchmarks/claims/scitab.py DIR`.

DIR holds scitab_dev.json and scitab_dev_pairs.json. The reader was tuned on these claims, so the
numbers say how it does on claims like these, not on unseen ones.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from losses import form_of, print_losses

from claims.tables.certainty import calibration
from claims.tables.check import check_table
from claims.tables.files import grid_of_json
from claims.tables.layout import laid_out

LABELS = ("supports", "refutes")
NEGATION = re.compile(r"\b(?:not|no|never|cannot|n't|fails?|without|nor|neither)\b|n't", re.IGNORECASE)
WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Answer:
    """One claim: its paper, label, what was answered (None where nothing was), and how surely."""

    id: str
    paper: str
    label: str
    said: str | None
    certainty: float
    form: str
    why: str
    asked: str = ""


def answers(entries: list[dict[str, str]], threshold: float) -> list[Answer]:
    """What the checker says of each claim."""
    found = []
    for entry in entries:
        table = laid_out(grid_of_json(entry))
        checked = check_table(entry["claim"], table)
        said = {"true": "supports", "false": "refutes"}.get(checked.truth)
        given = said if checked.certainty >= threshold else None
        forms = "+".join(sorted({part.form for part, _ in checked.findings})) or "none"
        why = "; ".join(dict.fromkeys(part.why for part in checked.reading.parts if part.formula is None and part.why))
        reason = why or checked.truth
        asked = form_of(entry["claim"], table)
        found.append(
            Answer(entry["id"], entry["paper_id"], entry["label"], given, checked.certainty, forms, reason, asked)
        )
    return found


def interval(right: np.ndarray, papers: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval of a mean, papers resampled whole."""
    rng = np.random.default_rng(seed)
    groups = [right[papers == paper] for paper in np.unique(papers)]
    if not groups:
        return float("nan"), float("nan")
    picks = rng.integers(len(groups), size=(2000, len(groups)))
    draws = [np.concatenate([groups[i] for i in pick]).mean() for pick in picks]
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


def report(name: str, found: list[Answer]) -> None:
    """One line of the table."""
    testable = [a for a in found if a.label in LABELS]
    given = [a for a in found if a.said is not None]
    covered = [a for a in testable if a.said is not None]
    for what, answers_, hits in (
        ("coverage of supports/refutes", testable, [a.said is not None for a in testable]),
        ("accuracy of all given verdicts", given, [a.said == a.label for a in given]),
        ("accuracy on covered supports/refutes", covered, [a.said == a.label for a in covered]),
    ):
        right = np.array(hits, dtype=float)
        low, high = interval(right, np.array([a.paper for a in answers_]))
        print(f"{name:28}{what:40}{right.mean():7.1%}  [{low:.1%}, {high:.1%}]  n = {len(right)}")
    print(f"{name:28}{'macro-F1 over all supports/refutes':40}{macro_f1(testable):7.1%}")


def macro_f1(found: list[Answer]) -> float:
    """Mean F1 of the two labels, an answer not given counting as wrong."""
    scores = []
    for label in LABELS:
        hit = sum(a.said == label == a.label for a in found)
        said, true = sum(a.said == label for a in found), sum(a.label == label for a in found)
        scores.append(2 * hit / (said + true) if said + true else 0.0)
    return float(np.mean(scores))


def pairs(name: str, found: list[Answer], listed: list[dict[str, object]]) -> None:
    """Minimal pairs of which both members are right."""
    by_id = {a.id: a for a in found}
    for what, kept in (
        ("pairs", listed),
        ("pairs without negation contrast", [p for p in listed if p["neg_supports"] == p["neg_refutes"]]),
    ):
        both = [(by_id[str(p["supports"])], by_id[str(p["refutes"])]) for p in kept]
        covered = [(s, r) for s, r in both if s.said is not None and r.said is not None]
        right = np.array([s.said == "supports" and r.said == "refutes" for s, r in covered], dtype=float)
        low, high = interval(right, np.array([s.paper for s, _ in covered]))
        share = right.mean() if len(right) else float("nan")
        of = f"{int(right.sum())} of {len(covered)} covered, {len(kept)} in all"
        print(f"{name:28}{what:40}{share:7.1%}  [{low:.1%}, {high:.1%}]  {of}")


def by_negation(entries: list[dict[str, str]]) -> list[Answer]:
    """The rule that a negation word means refuted."""
    said = ["refutes" if NEGATION.search(entry["claim"]) else "supports" for entry in entries]
    return [
        Answer(entry["id"], entry["paper_id"], entry["label"], answer, 1.0, "", "")
        for entry, answer in zip(entries, said, strict=True)
    ]


def by_text(entries: list[dict[str, str]]) -> list[Answer]:
    """Naive Bayes over the words of the claim alone, trained on the other papers."""
    out = []
    for entry in entries:
        counts = {label: Counter[str]() for label in LABELS}
        seen = Counter[str]()
        for other in entries:
            if other["paper_id"] != entry["paper_id"] and other["label"] in LABELS:
                counts[other["label"]].update(set(WORD.findall(other["claim"].lower())))
                seen[other["label"]] += 1
        words = set(WORD.findall(entry["claim"].lower()))
        score = {
            label: np.log(seen[label]) + sum(np.log((counts[label][w] + 1) / (seen[label] + 2)) for w in words)
            for label in LABELS
        }
        best = max(score, key=score.__getitem__)
        out.append(Answer(entry["id"], entry["paper_id"], entry["label"], best, 1.0, "", ""))
    return out


def losses(found: list[Answer]) -> None:
    """Where coverage and accuracy are lost, by form and by reason."""
    testable = [a for a in found if a.label in LABELS]
    print("\nforms read (supports/refutes): given, right")
    for form, n in Counter(a.form for a in testable).most_common():
        given = [a for a in testable if a.form == form and a.said is not None]
        print(f"  {form:32}{n:4}{len(given):5}{sum(a.said == a.label for a in given):5}")
    print_losses([(a.asked, a.why) for a in testable if a.said is None])


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threshold", type=float, default=None)
    given = parser.parse_args()
    entries = json.loads((given.folder / "scitab_dev.json").read_text(encoding="utf-8"))
    listed = json.loads((given.folder / "scitab_dev_pairs.json").read_text(encoding="utf-8"))
    threshold = calibration().threshold if given.threshold is None else given.threshold
    ours = answers(entries, threshold)
    floors = (("negation word = refuted", by_negation(entries)), ("claim text only", by_text(entries)))
    for name, found in (("claimgauge", ours), *floors):
        report(name, found)
        pairs(name, found, listed)
    losses(ours)


if __name__ == "__main__":
    main()
