"""Stand-ins for XLM-R Large: shown beside a verdict, and never deciding one."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.published.measured import MeasuredAnswer, MeasuredGain, measured_answers
from analysis.published.scores import published_scores
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate
from claims.checking.context import Context
from claims.checking.evidence import Evidence, Tier
from claims.checking.judging import judge
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_claim as read
from claims.reading import Reading
from claims.verdict import Verdict
from claims.wellformed import read_assertion

WORDS = vocabulary()
STAND_IN = "standin-use3"
RUNS = {"none": 50.0, "mnli": 60.0, "qqp": 40.0}


def measured(model: str = STAND_IN, tier: Tier = "given") -> Evidence:
    rows = [
        {"model": model, "split": "dev", "intermediate": run, "target": target, "score": score + seed, "seed": seed}
        for run, score in RUNS.items()
        for target in ("xnli", "tatoeba")
        for seed in (1, 2, 3)
    ]
    found = Evidence()
    found.add(validate(pd.DataFrame(rows).assign(provenance="measured"), "measured"), tier)
    return found


def published() -> Evidence:
    found = Evidence()
    found.add(published_scores(), "built in")
    return found


def verdict(claim: str, found: Evidence, study: str | None = "phang2020") -> Verdict:
    context = Context(found, default_definitions(), WORDS, study)
    reading = Reading(read_assertion(claim, WORDS, "test")) if claim.startswith("(") else read(claim)
    return judge(reading, context, truncated=False)


@pytest.mark.parametrize("study", ["phang2020", None])
@pytest.mark.parametrize("tier", ["given", "built in"])
@pytest.mark.parametrize("claim", ["MNLI improves XNLI.", "QQP improves XNLI.", "(> (gain mnli xnli) (gain qqp xnli))"])
def test_a_stand_in_decides_nothing_whether_or_not_the_report_names_a_model(claim, tier, study) -> None:
    found = verdict(claim, measured(tier=tier), study)
    assert found.verdict == "needs-data"
    assert "proxy" not in found.flags
    assert not [item for item in found.evidence if item.role == "decides"]


def test_what_a_stand_in_gave_stands_beside_the_verdict_with_its_name() -> None:
    found = verdict("MNLI improves XNLI.", measured())
    assert {item.value for item in found.evidence if STAND_IN in item.what} >= {51.0, 61.0}


def test_the_same_scores_of_another_model_decide_a_direction_so_the_rule_is_about_stand_ins() -> None:
    found = verdict("MNLI improves XNLI.", measured("xlm-r-base"))
    assert (found.verdict, found.flags) == ("supported", ("proxy",))


def test_a_claim_about_the_stand_in_itself_is_decided_by_its_scores() -> None:
    assert verdict(f"(> (gain mnli xnli :model {STAND_IN}) 0)", measured()).verdict == "supported"


def test_gains_measured_on_a_stand_in_are_told_beside_a_verdict_that_lacks_data(monkeypatch) -> None:
    gains = tuple(
        MeasuredGain(run, "xnli", "stand-in (not XLM-R Large)", gain, gain - 1, gain + 1, 15, 5, 1.2, said)
        for run, gain, said in (("sick", -2.0, "loss"), ("mrpc", 0.4, "equivalent"), ("ocnli", 1.5, "gain"))
    )
    monkeypatch.setattr("claims.checking.weighing.measured_gains", lambda: gains)
    found = verdict("MNLI improves XNLI.", Evidence())
    assert found.verdict == "needs-data"
    (item,) = [item for item in found.evidence if item.provenance == "measured"]
    assert item.role == "besides"
    assert item.what == "gains on xnli of 3 intermediate runs, measured on a stand-in (not XLM-R Large)"
    assert item.value == (
        "from -2.0 (sick) to +1.5 points (ocnli); intervals above 0: 1, below: 1, within 1 point of it: 1, "
        "open: 0; means over 15 languages and 5 seeds"
    )
    assert not [i for i in verdict("MNLI improves UDPOS.", Evidence()).evidence if i.provenance == "measured"]


def test_nothing_is_told_beside_a_verdict_that_does_not_lack_data(monkeypatch) -> None:
    gains = (MeasuredGain("sick", "xnli", "stand-in", -2.0, -3.0, -1.0, 15, 5, 1.2, "loss"),)
    monkeypatch.setattr("claims.checking.weighing.measured_gains", lambda: gains)
    found = verdict("MNLI improves XNLI.", measured("xlm-r-large"))
    assert found.verdict == "supported"
    assert not [item for item in found.evidence if "intermediate runs" in item.what]


def test_a_claim_over_targets_in_general_is_told_the_mean_over_those_measured(monkeypatch) -> None:
    gains = tuple(
        MeasuredGain(run, target, "stand-in", gain, gain, gain, 15, 5, 1.2, "gain")
        for run, gain in (("sick", -2.0), ("mrpc", 0.0))
        for target in ("xnli", "pawsx")
    )
    monkeypatch.setattr("claims.checking.weighing.measured_gains", lambda: gains)
    found = verdict("(= (mean (gain mnli t) t :over targets) 7.5)", Evidence())
    said = {item.what: item.value for item in found.evidence if item.provenance == "measured"}
    assert said == {
        "gains on xnli, pawsx (mean) of 2 intermediate runs, measured on a stand-in": "from -2.0 (sick) to +0.0 points (mrpc)"
    }


def test_a_trend_is_not_decided_by_scores_of_a_stand_in() -> None:
    rows = [
        {
            "model": model, "split": "dev", "intermediate": "none", "target": "xnli", "language": language,
            "score": 50 + 2 * k + 0.1 * seed, "seed": seed, "target_examples": 1000 * 2**k,
        }
        for model in (STAND_IN, "xlm-r-base")
        for k in range(5) for seed in (1, 2, 3) for language in ("de", "ru", "zh", "sw")
    ]  # fmt: skip
    table = validate(pd.DataFrame(rows).assign(provenance="measured"), "measured")
    found = {}
    for model in (STAND_IN, "xlm-r-base"):
        evidence = Evidence()
        evidence.add(table[table["model"].astype(str) == model], "given")
        found[model] = verdict("(rising (score none xnli) target_examples)", evidence).verdict
    assert found == {STAND_IN: "needs-data", "xlm-r-base": "supported"}


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        ("(falling (gain mnli xnli) distance)", "distance"),
        ("(rising (gain mnli xnli) target_examples)", "cost"),
        ("(associated (gain mnli xnli) family)", "hierarchy"),
    ],
)
def test_what_the_analyses_say_of_a_stand_in_is_told_beside_an_association_that_lacks_data(
    claim, question, monkeypatch
) -> None:
    answers = {
        name: MeasuredAnswer(name, "main", "stand-in (not XLM-R Large)", f"The question of {name}?", "cannot-tell", "…")
        for name in ("distance", "cost", "hierarchy", "order")
    }
    monkeypatch.setattr("claims.checking.weighing.measured_answers", lambda: answers)
    found = verdict(claim, Evidence())
    assert found.verdict == "needs-data"
    (item,) = [item for item in found.evidence if item.provenance == "measured"]
    assert item.role == "besides"
    assert item.what == f"asked of what was measured on a stand-in (not XLM-R Large): The question of {question}?"
    assert item.value == "cannot-tell"


def test_an_association_that_published_scores_leave_open_is_told_the_answer_too() -> None:
    found = verdict("(falling (mean (gain mnli t) t :over targets) distance)", published())
    assert found.verdict == "inconclusive"
    (item,) = [item for item in found.evidence if item.provenance == "measured"]
    assert item.role == "besides"
    assert item.value == measured_answers()["distance"].says
    assert not [i for i in verdict("MNLI improves XNLI.", published()).evidence if "asked of" in i.what]
