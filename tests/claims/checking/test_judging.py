"""Which evidence decides, what flags a verdict carries, and when it is withheld."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.published.scores import published_scores
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.definitions import Definition, Definitions, default_definitions
from claims.domains.registry.claim import read_claim as read
from claims.reading import Reading
from claims.verdict import Verdict
from claims.wellformed import read_assertion

WORDS = vocabulary()


def evidence(*given: dict[str, object], built_in: bool = False) -> Evidence:
    found = Evidence()
    if given:
        defaults = {"model": "xlm-r-large", "split": "dev"}
        found.add(validate(pd.DataFrame([defaults | row for row in given]), "given"), "given")
    if built_in:
        found.add(published_scores(), "built in")
    return found


def verdict(
    claim: str,
    found: Evidence,
    *,
    definitions: Definitions | None = None,
    study: str | None = "phang2020",
    truncated: bool = False,
) -> Verdict:
    context = Context(found, definitions or default_definitions(), WORDS, study)
    reading = Reading(read_assertion(claim, WORDS, "test")) if claim.startswith("(") else read(claim)
    return judge(reading, context, truncated=truncated)


def gain(run: str, score: float, **more: object) -> dict[str, object]:
    return {"intermediate": run, "target": "xnli", "score": score, **more}


BASE = gain("none", 79.0)


def test_results_the_user_brings_decide_before_the_built_in_ones_which_are_shown_as_contesting() -> None:
    row = {"intermediate": "none", "target": "xnli", "score": 85.0, "split": "test"}
    claim = "XLM-R Large reaches an accuracy of 79.2 on XNLI."
    assert verdict(claim, evidence(built_in=True)).verdict == "supported"
    mine = verdict(claim, evidence(row, built_in=True))
    assert mine.verdict == "refuted"
    assert "contested" in mine.flags
    assert any(item.role == "besides" and item.value == 79.2 for item in mine.evidence)


def test_numbers_of_different_tiers_are_never_mixed_in_one_difference() -> None:
    """A gain needs its baseline from the same tier: the published baseline does not complete it."""
    row = {"intermediate": "mnli", "target": "xnli", "score": 80.0, "split": "test"}
    found = verdict("MNLI improves XNLI.", evidence(row, built_in=True))
    assert found.verdict == "needs-data"


def test_the_benchmark_score_stands_in_for_the_mean_over_its_targets() -> None:
    found = verdict(
        "Picking the best intermediate model for each target raises XTREME by 5.4 points.", evidence(built_in=True)
    )
    assert (found.verdict, found.level) == ("supported", "recomputed")
    assert "within-rounding" in found.flags
    assert {item.value for item in found.evidence} >= {73.5, 68.1}


def test_a_claim_beyond_the_sources_own_words_is_overstated_and_not_supported() -> None:
    for claim in (
        "English intermediate training outperforms continued multilingual MLM.",
        "Machine-translated intermediate data is outperformed by English intermediate data.",
        "English intermediate training consistently outperforms continued multilingual MLM.",
    ):
        found = verdict(claim, evidence(built_in=True))
        assert found.verdict == "needs-data"
        assert "overstated" in found.flags
        assert found.settle is not None


def test_the_finding_itself_is_grounded_but_circular_and_its_opposite_is_refuted() -> None:
    same = verdict(
        "Continued multilingual MLM does not consistently outperform English intermediate training.", evidence()
    )
    assert (same.verdict, same.level) == ("supported", "grounded")
    assert "circular" in same.flags
    opposite = verdict("Continued multilingual MLM consistently outperforms English intermediate training.", evidence())
    assert opposite.verdict == "refuted"


def test_the_first_version_of_the_study_speaks_only_for_claims_about_it() -> None:
    current = verdict("(= (mean (gain squad2 t) t :over targets :split dev) 8.4)", evidence(built_in=True))
    assert current.verdict == "needs-data"
    first = verdict("(= (mean (gain squad1 t) t :over targets :split dev :version v1) 8.4)", evidence(built_in=True))
    assert first.verdict == "inconclusive", "the abstract says 8.4, the table gives 8.27"
    scores = verdict("(= (score best_per_target panx :version v1) 64.7)", evidence(built_in=True))
    assert scores.verdict == "refuted", "64.7 stands in the mT5 README; version 1 prints 63.4"
    assert verdict("(= (score best_per_target xnli) 80.4)", evidence(built_in=True)).verdict == "refuted"


def test_another_split_may_decide_a_direction_as_proxy_but_never_a_number() -> None:
    rows = [gain("none", 79.0, split="test"), gain("mnli", 82.0, split="test")]
    direction = verdict("(> (gain mnli xnli :split dev) 0)", evidence(*rows))
    assert (direction.verdict, direction.flags) == ("supported", ("proxy",))
    number = verdict("(= (gain mnli xnli :split dev) 3.0)", evidence(*rows))
    assert number.verdict == "needs-data"
    assert any(item.role == "besides" for item in number.evidence)


def test_another_model_may_stand_in_only_where_the_claim_names_none() -> None:
    rows = [gain("none", 50.0, model="mbert"), gain("mnli", 60.0, model="mbert")]
    assert verdict("MNLI improves XNLI.", evidence(*rows)).flags == ("proxy",)
    assert verdict("(> (gain mnli xnli :model xlm-r-large) 0)", evidence(*rows)).verdict == "needs-data"


def test_synthetic_results_decide_nothing_about_a_real_model() -> None:
    rows = [gain(run, score, model="lab", provenance="synthetic") for run, score in (("none", 50.0), ("mnli", 60.0))]
    found = verdict("MNLI improves XNLI.", evidence(*rows))
    assert found.verdict == "needs-data"
    assert {item.provenance for item in found.evidence if item.role == "besides"} >= {"synthetic"}


def test_dev_and_test_that_disagree_make_an_unscoped_claim_mixed() -> None:
    rows = [BASE, gain("mnli", 80.0), gain("none", 79.0, split="test"), gain("mnli", 78.0, split="test")]
    found = verdict("MNLI improves XNLI.", evidence(*rows))
    assert found.verdict == "mixed"
    assert "ambiguous" in found.flags


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The baseline reaches 79.0 on XNLI.", "supported"),
        ("The baseline reaches 77.0 on XNLI.", "supported"),
        ("The baseline reaches 78.0 on XNLI.", "refuted"),
        ("The baseline reaches 77.0 on the dev set of XNLI.", "refuted"),
        ("MNLI raises XNLI from 79.0 to 80.0.", "supported"),
        ("MNLI raises XNLI from 77.0 to 78.0.", "supported"),
        ("MNLI raises XNLI from 77.0 to 80.0.", "refuted"),
        ("MNLI raises XNLI from 79.0 to 81.0.", "refuted"),
        ("Only MNLI improves XNLI.", "refuted"),
    ],
)
def test_scores_said_without_their_split_are_of_the_one_split_that_prints_them_all(claim: str, expected: str) -> None:
    dev = [BASE, gain("mnli", 80.0), gain("squad1", 79.5), gain("qqp", 70.0)]
    test = [gain("none", 77.0), gain("mnli", 78.0), gain("squad1", 77.5), gain("qqp", 68.0)]
    rows = [row | {"split": split, "study": "ours"} for split, part in (("dev", dev), ("test", test)) for row in part]
    assert verdict(claim, evidence(*rows), study=None).verdict == expected


def test_a_name_with_two_bearers_decides_nothing_where_they_disagree_and_both_readings_are_shown() -> None:
    both = [BASE, gain("squad2", 82.0), gain("squad1", 78.0)]
    for claim in ("SQuAD improves XNLI.", "SQuAD hurts XNLI.", "SQuAD does not improve XNLI."):
        found = verdict(claim, evidence(*both))
        assert (found.verdict, found.flags) == ("inconclusive", ("ambiguous",))
        assert any("squad1" in other for other in found.alternatives)
        assert "SQuAD 1.1" in found.reason
    for rows in (both[:2], [*both[:2], gain("squad1", 81.0)]):
        alike = verdict("SQuAD improves XNLI.", evidence(*rows))
        assert (alike.verdict, "another bearer" in alike.reason) == ("supported", False)


def test_none_except_a_name_with_two_bearers_is_decided_only_where_it_holds_without_either() -> None:
    rows = [gain(run, score, target="panx") for run, score in (
        ("none", 62.8), ("qqp", 55.9), ("ccg", 62.1), ("mnli", 62.0), ("squad2", 62.5), ("squad1", 63.0))]  # fmt: skip
    claim = "No intermediate task improves PANX except SQuAD."
    assert verdict(claim, evidence(*rows), study=None).verdict not in {"supported", "refuted"}


def test_seeds_are_paired_and_a_spread_over_the_line_is_inconclusive() -> None:
    def seeded(gains: list[float]) -> Evidence:
        rows = [gain("none", 70.0 + 5 * s, seed=s) for s in range(len(gains))]
        return evidence(*rows, *(gain("mnli", 70.0 + 5 * s + g, seed=s) for s, g in enumerate(gains)))

    assert verdict("MNLI improves XNLI.", seeded([1.0, 1.2, 0.9])).verdict == "supported"
    assert verdict("MNLI improves XNLI.", seeded([1.0, -1.2, 0.9])).verdict == "inconclusive"
    assert verdict("MNLI improves XNLI.", seeded([-1.0, -1.2, -0.9])).verdict == "refuted"
    assert verdict("MNLI improves XNLI.", seeded([1.0, 1.2, 0.9])).level == "reproduced"


def test_only_languages_that_both_sides_have_are_compared() -> None:
    rows = [
        gain("none", 80.0, language="en"), gain("none", 60.0, language="sw"), gain("none", 10.0, language="th"),
        gain("mnli", 82.0, language="en"), gain("mnli", 61.0, language="sw"),
    ]  # fmt: skip
    found = verdict("(= (gain mnli xnli) 1.5)", evidence(*rows))
    assert found.verdict == "supported"
    assert "2 of 15 languages" in found.reason


def test_a_consistent_gain_must_hold_in_every_language_that_is_known() -> None:
    rows = [gain(run, score, language=code) for run, code, score in (
        ("none", "en", 80.0), ("none", "sw", 60.0), ("mnli", "en", 84.0), ("mnli", "sw", 59.0))]  # fmt: skip
    assert verdict("MNLI improves XNLI.", evidence(*rows)).verdict == "supported"
    assert verdict("MNLI consistently improves XNLI.", evidence(*rows)).verdict == "refuted"


def test_a_quantifier_is_decided_only_when_the_missing_cells_cannot_change_it() -> None:
    rows = [BASE, *(gain(run, 80.0) for run in list(WORDS["intermediate"])[:5])]
    assert verdict("Many intermediate tasks improve XNLI.", evidence(*rows)).verdict == "supported"
    assert verdict("Most intermediate tasks improve XNLI.", evidence(*rows)).verdict == "supported"
    assert verdict("All intermediate tasks improve XNLI.", evidence(*rows)).verdict == "needs-data"
    rows[1] = gain("anli+", 70.0)
    assert verdict("All intermediate tasks improve XNLI.", evidence(*rows)).verdict == "refuted"


def test_a_tie_for_the_first_place_is_no_first_place() -> None:
    rows = [BASE, *(gain(run, 80.0) for run in WORDS["intermediate"])]
    assert verdict("MNLI is the best intermediate task for XNLI.", evidence(*rows)).verdict == "inconclusive"


def test_a_definition_that_would_turn_the_verdict_around_is_named() -> None:
    rows = [BASE, gain("mnli", 83.0)]
    found = verdict("MNLI yields large gains on XNLI.", evidence(*rows))
    assert found.verdict == "refuted"
    assert "ambiguous" in found.flags
    assert any("large" in d for d in found.definitions)
    assert "at least 3" in found.reason


def test_a_user_may_define_vague_words_otherwise() -> None:
    rows = [BASE, gain("mnli", 83.0)]
    entries = tuple(
        Definition("large", (("at_least", 2.0),)) if e.word == "large" else e for e in default_definitions().entries
    )
    mine = Definitions("mine", entries)
    assert verdict("MNLI yields large gains on XNLI.", evidence(*rows), definitions=mine).verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "scores", "expected"),
    [
        ("MNLI and QQP perform comparably on XNLI.", (80.0, 80.5), "supported"),
        ("MNLI and QQP perform comparably on XNLI.", (80.0, 84.0), "refuted"),
        ("MNLI scores the same as QQP on XNLI.", (80.0, 80.0), "supported"),
        ("MNLI scores the same as QQP on XNLI.", (80.0, 80.4), "refuted"),
        ("MNLI is no better than QQP on XNLI.", (80.0, 80.4), "supported"),
    ],
)
def test_comparable_has_a_margin_and_the_same_has_none(claim: str, scores: tuple[float, float], expected: str) -> None:
    rows = [BASE, gain("mnli", scores[0]), gain("qqp", scores[1])]
    assert verdict(claim, evidence(*rows)).verdict == expected


def test_two_readings_that_are_just_as_good_must_agree() -> None:
    rows = [BASE, gain("mnli", 82.0)]
    found = verdict("MNLI improves XNLI by 3.0%.", evidence(*rows))
    assert found.verdict == "inconclusive"
    assert "ambiguous" in found.flags
    assert verdict("MNLI improves XNLI by 9.0%.", evidence(*rows)).verdict == "refuted"


def test_an_aside_that_is_wrong_spoils_the_claim_and_an_undecided_one_leaves_it_partial() -> None:
    partial = verdict("The experiments start from XLM-R Large, as it is currently the state of the art.", evidence())
    assert (partial.verdict, partial.flags) == ("supported", ("time-bound", "partial"))
    rows = [gain(run, score, target="bucc") for run, score in (("none", 50.0), ("mnli", 60.0))]
    wrong = verdict("The question answering task BUCC is improved by MNLI.", evidence(*rows))
    assert wrong.verdict == "mixed"


def test_a_report_about_an_unknown_paper_gets_no_verdict_about_the_study() -> None:
    assert verdict("The experiments start from XLM-R Large.", evidence(), study=None).verdict == "not-testable"
    assert verdict("MNLI contains 392,702 training examples.", evidence(), study=None).verdict == "supported"


def test_a_fact_outside_an_incomplete_list_is_not_refuted() -> None:
    assert verdict("MNLI is sourced from Reddit.", evidence()).verdict == "not-testable"
    assert verdict("QQP is sourced from Reddit.", evidence()).verdict == "refuted"


def test_a_size_nobody_confirmed_is_not_judged() -> None:
    assert verdict("CCG contains 38,015 training examples.", evidence()).verdict == "not-testable"


def test_a_conjunction_lists_its_parts_and_stands_at_its_weakest_level() -> None:
    rows = [BASE, gain("mnli", 80.0), gain("qqp", 78.0)]
    found = verdict("MNLI and QQP improve XNLI.", evidence(*rows))
    assert found.verdict == "mixed"
    assert dict(found.parts) == {"(> (gain mnli xnli) 0)": "supported", "(> (gain qqp xnli) 0)": "refuted"}


def test_needs_data_names_the_cells_the_runs_and_the_split() -> None:
    found = verdict(
        "Intermediate training on SQuAD 2.0 improves the target tasks by 8.2 points on the development set.", evidence()
    )
    assert found.settle is not None
    assert found.settle.runs == ("xlm-r-large: squad2", "xlm-r-large: none")
    assert len(found.settle.cells) == 18
    assert found.settle.split == "dev"
    assert set(found.settle.targets) == set(WORDS.targets_of("xtreme"))


def test_a_word_that_is_not_understood_withholds_the_verdict_and_is_named() -> None:
    found = verdict("MNLI improves XNLI when adapters are frozen.", evidence(BASE, gain("mnli", 80.0)))
    assert (found.verdict, found.assertion) == ("not-testable", None)
    assert "adapters" in found.reason


def test_every_verdict_on_cells_opens_down_to_the_cell() -> None:
    found = verdict("MNLI improves XNLI by 1.0 points.", evidence(BASE, gain("mnli", 80.0)))
    labels = [item.what for item in found.evidence]
    assert "xlm-r-large · mnli · xnli · mean · dev · accuracy" in labels
    assert "xlm-r-large · none · xnli · mean · dev · accuracy" in labels
    assert all(item.source for item in found.evidence)


def test_synthetic_scores_decide_nothing_whatever_model_they_name() -> None:
    made_up = [BASE | {"provenance": "synthetic"}, gain("mnli", 70.0, provenance="synthetic")]
    found = verdict("MNLI improves XNLI.", evidence(*made_up))
    assert found.verdict == "needs-data"
    assert any(item.provenance == "synthetic" and item.role == "besides" for item in found.evidence)
    measured = verdict("MNLI improves XNLI.", evidence(BASE, gain("mnli", 70.0)))
    assert measured.verdict == "refuted"


def test_nothing_is_the_best_where_it_has_no_rival() -> None:
    rows = [gain("none", 79.0), gain("mnli", 80.0)]
    alone = {"study": "mine"}
    found = verdict("MNLI gives the largest gain on XNLI.", evidence(*(row | alone for row in rows)), study=None)
    assert found.verdict not in {"supported", "refuted"}


def test_a_score_in_one_language_is_not_the_score_over_all() -> None:
    rows = [gain("none", 79.0, language="en"), gain("mnli", 88.0, language="en")]
    assert verdict("MNLI scores 80.0 on XNLI.", evidence(*rows)).verdict == "needs-data"
    foreign = [gain("none", 79.0, language="no"), gain("mnli", 80.0, language="no")]
    assert verdict("MNLI improves XNLI by 3.0 points.", evidence(*foreign)).verdict == "needs-data"


def test_another_model_decides_nothing_where_the_study_has_the_claims_own() -> None:
    own = [gain("none", 79.0), gain("mnli", 80.0)]
    other = [gain("none", 60.0, model="mbert"), gain("mnli", 59.0, model="mbert")]
    assert verdict("No intermediate task hurts XNLI.", evidence(*own, *other)).verdict != "refuted"


def test_a_number_given_as_a_papers_own_is_not_refuted_by_the_baseline_it_cites() -> None:
    found = verdict("XLM-R scores 80.1 on XNLI (Phang et al., 2020).", evidence(built_in=True))
    assert found.verdict != "refuted"
