"""Sentences a researcher would write about the study's table, each with a computation of its truth.

```
python benchmarks/claims/plain_claims.py        writes plain.jsonl anew
```
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from plain_scores import TARGETS, TASKS, Scores, load_scores

PLAIN = Path(__file__).with_name("plain.jsonl")
Truth = Callable[[Scores], bool | str]


@dataclass(frozen=True, slots=True)
class Plain:
    """A sentence and what its truth is computed from.

    Attributes:
        claim: The sentence.
        truth: True, false, or the name of another truth (`mixed`, `none`).
    """

    claim: str
    truth: Truth


def _none(_: Scores) -> str:
    return "none"


def _gains(stated: str, task: str, target: str) -> Truth:
    return lambda scores: _is(scores.gain(task, target), stated)


def _scores(stated: str, task: str, target: str, metric: str = "", method: str = "plain") -> Truth:
    return lambda scores: _is(scores.score(task, target, metric, method), stated)


def _lifts(task: str, target: str, old: str, new: str) -> Truth:
    return lambda scores: _is(scores.score("none", target), old) and _is(scores.score(task, target), new)


def _split(task: str, target: str) -> Truth:
    """Mixed, if a task lowers the F1 and raises the exact match of a target."""
    return lambda scores: "mixed" if scores.both(task, target)[0] < 0 < scores.both(task, target)[1] else "none"


def _is(value: Decimal, stated: str) -> bool:
    """True if a value rounds to what is stated; the table and the statements have one decimal."""
    return value == Decimal(stated)


PLAINS = (
    Plain("HellaSwag helps TyDiQA more than CCG does.", lambda s: s.above("hellaswag", "ccg", "tydiqa")),
    Plain("Only QQP lowers TyDiQA F1.", lambda s: set(TASKS) - s.helped("tydiqa") == {"qqp"}),
    Plain("SQuAD v1.1 lifts TyDiQA F1 from 75.7 to 81.3.", _lifts("squad1", "tydiqa", "75.7", "81.3")),
    Plain(
        "CosmosQA costs XNLI almost three points.",
        lambda s: Decimal(-3) < s.gain("cosmosqa", "xnli") <= Decimal("-2.7"),
    ),
    Plain(
        "QQP ranks first on Tatoeba but last on POS.",
        lambda s: s.best("tatoeba") == "qqp" and s.worst("udpos") == "qqp",
    ),
    Plain("SQuAD v1.1 raises the F1 on TyDiQA by 5.6 points.", _gains("5.6", "squad1", "tydiqa")),
    Plain("SQuAD v1.1 raises the F1 on TyDiQA by 4.6 points.", _gains("4.6", "squad1", "tydiqa")),
    Plain("No single intermediate task improves XNLI.", lambda s: not s.helped("xnli")),
    Plain("Every single intermediate task improves BUCC.", lambda s: s.helped("bucc") == set(TASKS)),
    Plain(
        "All single intermediate tasks improve Tatoeba by more than 25 points.",
        lambda s: all(s.gain(task, "tatoeba") > 25 for task in TASKS),
    ),
    Plain(
        "All single intermediate tasks improve Tatoeba by more than 40 points.",
        lambda s: all(s.gain(task, "tatoeba") > 40 for task in TASKS),
    ),
    Plain("Training on CCG first hurts PAWS-X.", lambda s: s.gain("ccg", "pawsx") < 0),
    Plain("CCG improves PAWS-X over the baseline.", lambda s: s.gain("ccg", "pawsx") > 0),
    Plain(
        "CosmosQA brings the best PAWS-X accuracy of all single intermediate tasks.",
        lambda s: s.best("pawsx") == "cosmosqa",
    ),
    Plain(
        "HellaSwag brings the best PAWS-X accuracy of all single intermediate tasks.",
        lambda s: s.best("pawsx") == "hellaswag",
    ),
    Plain("ANLI+ loses 0.8 points on XNLI against the baseline.", _gains("-0.8", "anli+", "xnli")),
    Plain("ANLI+ gains 0.8 points on XNLI over the baseline.", _gains("0.8", "anli+", "xnli")),
    Plain(
        "With CommonsenseQA as the intermediate task, TyDiQA reaches an exact match of 65.1.",
        _scores("65.1", "csqa", "tydiqa", "exact_match"),
    ),
    Plain(
        "With CommonsenseQA as the intermediate task, TyDiQA reaches an exact match of 68.4.",
        _scores("68.4", "csqa", "tydiqa", "exact_match"),
    ),
    Plain("The baseline reaches an accuracy of 80.1 on XNLI.", _scores("80.1", "none", "xnli")),
    Plain("Without intermediate training, the F1 on POS is 75.7.", _scores("75.7", "none", "udpos")),
    Plain("Without intermediate training, the F1 on BUCC is 81.5.", _scores("81.5", "none", "bucc")),
    Plain("QQP drops PAN-X F1 from 62.8 to 55.9.", _lifts("qqp", "panx", "62.8", "55.9")),
    Plain("QQP drops PAN-X F1 from 62.8 to 59.5.", _lifts("qqp", "panx", "62.8", "59.5")),
    Plain(
        "SQuAD v1.1 is the only single intermediate task that improves PAN-X.", lambda s: s.helped("panx") == {"squad1"}
    ),
    Plain(
        "CommonsenseQA is the only single intermediate task that improves PAN-X.",
        lambda s: s.helped("panx") == {"csqa"},
    ),
    Plain(
        "Every single intermediate task lowers the POS score.",
        lambda s: all(s.gain(task, "udpos") < 0 for task in TASKS),
    ),
    Plain("Four of the seven single intermediate tasks improve PAWS-X.", lambda s: len(s.helped("pawsx")) == 4),
    Plain("Six of the seven single intermediate tasks improve PAWS-X.", lambda s: len(s.helped("pawsx")) == 6),
    Plain(
        "HellaSwag improves Tatoeba by 49.9 points, ANLI+ by 49.8.",
        lambda s: _is(s.gain("hellaswag", "tatoeba"), "49.9") and _is(s.gain("anli+", "tatoeba"), "49.8"),
    ),
    Plain(
        "QQP improves Tatoeba by 51.7 points but lowers PAN-X by 6.9.",
        lambda s: _is(s.gain("qqp", "tatoeba"), "51.7") and _is(s.gain("qqp", "panx"), "-6.9"),
    ),
    Plain(
        "SQuAD v1.1 is the best single intermediate task for MLQA in F1 as well as in exact match.",
        lambda s: s.best("mlqa") == s.best("mlqa", "exact_match") == "squad1",
    ),
    Plain("CommonsenseQA is the best single intermediate task for MLQA in F1.", lambda s: s.best("mlqa") == "csqa"),
    Plain(
        "CommonsenseQA comes second to SQuAD v1.1 on TyDiQA F1.",
        lambda s: sorted(TASKS, key=lambda task: s.score(task, "tydiqa"))[-2:] == ["csqa", "squad1"],
    ),
    Plain("QQP is the worst single intermediate task for XQuAD F1.", lambda s: s.worst("xquad") == "qqp"),
    Plain("CCG is the worst single intermediate task for XQuAD F1.", lambda s: s.worst("xquad") == "ccg"),
    Plain("CCG is the worst single intermediate task for BUCC.", lambda s: s.worst("bucc") == "ccg"),
    Plain(
        "HellaSwag outperforms QQP on PAN-X by 5.9 points.",
        lambda s: _is(s.score("hellaswag", "panx") - s.score("qqp", "panx"), "5.9"),
    ),
    Plain(
        "HellaSwag outperforms QQP on PAN-X by 9.5 points.",
        lambda s: _is(s.score("hellaswag", "panx") - s.score("qqp", "panx"), "9.5"),
    ),
    Plain("ANLI+ gives a higher XNLI accuracy than QQP.", lambda s: s.score("anli+", "xnli") > s.score("qqp", "xnli")),
    Plain(
        "CosmosQA gives a higher XNLI accuracy than HellaSwag.",
        lambda s: s.score("cosmosqa", "xnli") > s.score("hellaswag", "xnli"),
    ),
    Plain(
        "SQuAD v1.1 and QQP reach the same XNLI accuracy.",
        lambda s: s.score("squad1", "xnli") == s.score("qqp", "xnli"),
    ),
    Plain(
        "SQuAD v1.1 and HellaSwag reach the same XNLI accuracy.",
        lambda s: s.score("squad1", "xnli") == s.score("hellaswag", "xnli"),
    ),
    Plain("Multi-task training improves TyDiQA F1 by 1.9 points.", _gains("1.9", "multi", "tydiqa")),
    Plain("Multi-task training improves XQuAD F1.", lambda s: s.gain("multi", "xquad") > 0),
    Plain(
        "Multi-task training improves Tatoeba more than it improves BUCC.",
        lambda s: s.gain("multi", "tatoeba") > s.gain("multi", "bucc"),
    ),
    Plain(
        "SQuAD v1.1 improves MLQA and TyDiQA.",
        lambda s: min(*s.both("squad1", "mlqa"), *s.both("squad1", "tydiqa")) > 0,
    ),
    Plain(
        "CommonsenseQA improves both TyDiQA and XNLI.",
        lambda s: min(*s.both("csqa", "tydiqa")) > 0 and s.gain("csqa", "xnli") > 0,
    ),
    Plain(
        "ANLI+ improves neither XNLI nor POS.", lambda s: s.gain("anli+", "xnli") <= 0 and s.gain("anli+", "udpos") <= 0
    ),
    Plain(
        "ANLI+ improves neither PAWS-X nor BUCC.",
        lambda s: s.gain("anli+", "pawsx") <= 0 and s.gain("anli+", "bucc") <= 0,
    ),
    Plain(
        "The largest gain of SQuAD v1.1 is on Tatoeba.",
        lambda s: max(TARGETS, key=lambda target: s.gain("squad1", target)) == "tatoeba",
    ),
    Plain(
        "The largest gain of SQuAD v1.1 is on BUCC.",
        lambda s: max(TARGETS, key=lambda target: s.gain("squad1", target)) == "bucc",
    ),
    Plain("With MLM, HellaSwag raises XNLI to 80.8.", _scores("80.8", "hellaswag", "xnli", method="mlm")),
    Plain("With MLM, CCG lowers BUCC below the baseline.", lambda s: s.gain("ccg", "bucc", method="mlm") < 0),
    Plain("HellaSwag improves XQuAD.", _split("hellaswag", "xquad")),
    Plain("HellaSwag helps TyDiQA because both rely on commonsense.", _none),
    Plain("We ask whether QQP improves Tatoeba.", _none),
    Plain("SQuAD v1.1 improves TyDiQA most for languages with little training data.", _none),
    Plain("HellaSwag improves BUCC per genre.", _none),
    Plain("WinoGrande improves TyDiQA more than CCG does.", _none),
)


def write() -> None:
    """Compute every truth and write `plain.jsonl`."""
    scores = load_scores()
    lines = []
    for number, plain in enumerate(PLAINS, 1):
        held = plain.truth(scores)
        truth = held if isinstance(held, str) else str(held).lower()
        lines.append(json.dumps({"id": f"P{number:02}", "claim": plain.claim, "truth": truth}, ensure_ascii=False))
    PLAIN.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
