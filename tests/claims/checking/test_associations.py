"""Claims that one thing goes with another: decided by models over many cells, or not at all."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from analysis.distances import shipped_distances
from analysis.errors import InputError
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.definitions import default_definitions
from claims.reading import Reading
from claims.verdict import Verdict
from claims.wellformed import read_assertion

WORDS = vocabulary()
MEAN_GAIN = "(mean (mean (gain i t) i :over (mnli qqp)) t :over (xnli panx))"


def evidence(table: pd.DataFrame) -> Evidence:
    found = Evidence()
    found.add(validate(table, "given"), "given")
    return found


def judged(claim: str, table: pd.DataFrame) -> Verdict:
    return verdict(claim, evidence(table))


def verdict(claim: str, found: Evidence) -> Verdict:
    reading = Reading(read_assertion(claim, WORDS, "test"))
    return judge(reading, Context(found, default_definitions(), WORDS, "phang2020"))


def sized(target: str, slope: float, *, seed: int = 0) -> pd.DataFrame:
    """Scores that rise by `slope` points per doubling of the target's training examples."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        [
            {
                "model": "xlm-r-large", "intermediate": "none", "target": target, "language": language, "split": "test",
                "metric": "accuracy" if target == "xnli" else "f1",
                "score": 50 + slope * k + 0.3 * rng.standard_normal(), "seed": run, "target_examples": 1000 * 2**k,
            }
            for k, run, language in itertools.product(range(6), range(4), ("de", "ru", "zh", "sw"))
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "slope", "verdict"),
    [
        ("(rising (score none xnli) target_examples)", 2.0, "supported"),
        ("(falling (score none xnli) target_examples)", 2.0, "refuted"),
        ("(rising (score none xnli) target_examples)", 0.0, "refuted"),
        ("(associated (score none xnli) target_examples)", 0.0, "refuted"),
        ("(rising (score none xnli) target_examples)", -2.0, "refuted"),
        ("(falling (score none xnli) target_examples)", -2.0, "supported"),
    ],
)
def test_a_trend_over_data_sizes_is_decided_by_the_slope_and_its_interval(
    claim: str, slope: float, verdict: str
) -> None:
    found = judged(claim, sized("xnli", slope))
    assert found.verdict == verdict
    assert found.level != "grounded"
    assert any("per doubling" in item.what for item in found.evidence)


def test_one_size_alone_decides_nothing() -> None:
    table = sized("xnli", 2.0)
    found = judged("(rising (score none xnli) target_examples)", table[table["target_examples"] == 1000])
    assert found.verdict == "inconclusive"


def test_without_results_an_association_names_the_cells_it_waits_for() -> None:
    found = judged("(falling (gain mnli xnli) distance)", sized("panx", 1.0))
    assert found.verdict == "needs-data"
    assert found.settle is not None
    assert "mnli" in found.settle.plan


def by_distance(effect: float, *, seed: int = 1) -> pd.DataFrame:
    """Gains that fall by `effect` points over the range of syntactic distance from English."""
    rng = np.random.default_rng(seed)
    codes = list(WORDS["language"])
    from_english = shipped_distances().matrix("syntactic", codes)[codes.index("en")]
    away = {code: far for code, far in zip(codes, from_english.tolist(), strict=True) if not np.isnan(far)}
    rows = []
    for target, metric in (("xnli", "accuracy"), ("panx", "f1")):
        for language in [code for code in WORDS.languages_of(target)[::2] if code in away and code != "en"]:
            base = 60 + 5 * rng.standard_normal()
            for run, s in itertools.product(("none", "mnli", "qqp"), range(2)):
                gained = 0.0 if run == "none" else 6 - effect * away[language] + 0.3 * rng.standard_normal()
                rows.append(
                    {
                        "model": "xlm-r-large", "intermediate": run, "target": target, "language": language,
                        "split": "dev", "metric": metric, "seed": s,
                        "score": base + gained + 0.3 * rng.standard_normal(),
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def test_a_gain_that_falls_with_distance_is_found_and_its_opposite_refuted() -> None:
    found = evidence(by_distance(12.0))
    falls = verdict(f"(falling {MEAN_GAIN} distance)", found)
    assert falls.verdict == "supported"
    assert not any("share of specifications" in item.what for item in falls.evidence)
    assert verdict(f"(rising {MEAN_GAIN} distance)", found).verdict == "refuted"
    assert verdict(f"(associated {MEAN_GAIN} distance)", found).verdict == "supported"


def test_the_specification_curve_stands_beside_a_verdict_where_it_is_asked_for() -> None:
    found = evidence(by_distance(12.0))
    found.specifications = True
    falls = verdict(f"(falling {MEAN_GAIN} distance)", found)
    assert falls.verdict == "supported"
    assert any("share of specifications" in item.what for item in falls.evidence)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_no_fall_is_never_supported(seed: int) -> None:
    found = verdict(f"(falling {MEAN_GAIN} distance)", evidence(by_distance(0.0, seed=seed)))
    assert found.verdict in {"refuted", "inconclusive"}


def test_an_axis_that_no_model_knows_is_refused_when_the_assertion_is_read() -> None:
    with pytest.raises(InputError, match="unknown axis 'colour'"):
        read_assertion("(rising (score none xnli) colour)", WORDS, "test")
