"""Scores of predictions, by hand and against other implementations (see tests/reference)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.scoring import (
    accuracy,
    average_precision,
    best_threshold,
    entities,
    entity_score,
    mean_average_precision,
    mined_score,
    mlqa_score,
    pairs_score,
    squad2_score,
    squad_score,
    token_accuracy,
)

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "reference" / "scoring.json").read_text(encoding="utf-8")
)
EXACT = 1e-9
"""Points by which a score may differ from the other implementation: float noise only."""


def test_accuracy_is_the_share_of_equal_labels_in_points() -> None:
    assert accuracy(["a", "b", "c"], ["a", "b", "x"]) == pytest.approx(200 / 3)


@pytest.mark.parametrize(("gold", "predicted"), [([], []), (["a"], []), (["a"], ["a", "b"])])
def test_accuracy_of_nothing_or_of_other_items_is_an_error(gold: list[str], predicted: list[str]) -> None:
    with pytest.raises(InputError):
        accuracy(gold, predicted)


def test_squad_by_hand() -> None:
    # "The old bridge" → old bridge: tokens shared with "bridge": 1 of 2 and 1 of 1, F1 2/3; not equal.
    score = squad_score({"q": ["Bridge."], "r": ["x y", "z"]}, {"q": "The old bridge", "r": "Z!"})
    assert (score.f1, score.exact_match) == (pytest.approx((200 / 3 + 100) / 2), 50.0)
    assert score.f1_em == pytest.approx((score.f1 + score.exact_match) / 2)
    assert score.n_items == 2


def test_squads_normaliser_keeps_what_is_not_ascii_punctuation() -> None:
    assert squad_score({"q": ["桥"]}, {"q": "桥。"}).exact_match == 0
    assert mlqa_score({"q": ["桥"]}, {"q": "桥。"}, "zh").exact_match == 100


def test_an_answer_of_articles_alone_is_equal_but_shares_no_token_as_in_squad_1() -> None:
    score = squad_score({"q": ["the"]}, {"q": "a"})
    assert (score.exact_match, score.f1) == (100, 0)


def test_a_question_without_prediction_is_an_error_not_a_zero() -> None:
    with pytest.raises(InputError, match="no answer to question 'r'"):
        squad_score({"q": ["x"], "r": ["y"]}, {"q": "x"})


def test_unanswerable_questions_need_the_rule_of_squad_2() -> None:
    with pytest.raises(InputError, match="squad2_score"):
        squad_score({"q": []}, {"q": ""})
    assert squad2_score({"q": [], "r": []}, {"q": "", "r": "x"}).f1 == 50


@pytest.mark.parametrize("case", REFERENCE["squad2"])
def test_squad_2_agrees_with_transformers(case: dict[str, Any]) -> None:
    score = squad2_score({"q": case["gold"]}, {"q": case["predicted"]})
    assert score.f1 == pytest.approx(100 * case["f1"], abs=EXACT)
    assert score.exact_match == pytest.approx(100 * case["exact_match"], abs=EXACT)


@pytest.mark.parametrize("case", REFERENCE["mlqa"])
def test_mlqa_agrees_with_its_own_script(case: dict[str, Any]) -> None:
    score = mlqa_score({"q": case["gold"]}, {"q": case["predicted"]}, case["language"])
    assert score.f1 == pytest.approx(case["f1"], abs=EXACT)
    assert score.exact_match == pytest.approx(case["exact_match"], abs=EXACT)


def test_mlqa_has_no_rule_for_other_languages() -> None:
    with pytest.raises(InputError, match="'ko'"):
        mlqa_score({"q": ["x"]}, {"q": "x"}, "ko")


@pytest.mark.parametrize("case", REFERENCE["sequences"])
def test_spans_agree_with_seqeval(case: dict[str, Any]) -> None:
    score = entity_score(case["gold"], case["predicted"])
    for name in ("f1", "precision", "recall"):
        assert getattr(score, name) == pytest.approx(100 * case[name], abs=EXACT)


def test_spans_of_tags_without_prefix_are_runs_of_equal_tags() -> None:
    assert entities(["NOUN", "NOUN", "VERB"]) == [("NOUN", 0, 1), ("VERB", 2, 2)]
    assert entities(["SCONJ", "SCONJ"]) == [("SCONJ", 0, 0), ("SCONJ", 1, 1)]
    # one wrong tag of four breaks both runs: no span is right, yet three tokens are
    gold, said = [["NOUN", "NOUN", "VERB", "VERB"]], [["NOUN", "VERB", "VERB", "VERB"]]
    assert entity_score(gold, said).f1 == 0
    assert token_accuracy(gold, said) == 75


def test_sentences_of_other_lengths_are_an_error() -> None:
    with pytest.raises(InputError, match="sentence 2"):
        entity_score([["O"], ["O", "O"]], [["O"], ["O"]])
    with pytest.raises(InputError):
        token_accuracy([[]], [[]])


def test_mined_pairs_by_hand() -> None:
    gold = [("a", "A"), ("b", "B"), ("c", "C")]
    candidates = [(1.4, ("a", "A")), (1.3, ("x", "X")), (1.2, ("b", "B")), (1.0, ("y", "Y"))]
    # F1 after 1, 2, 3, 4 candidates: 2/4, 2/5, 4/6, 4/7
    assert best_threshold(gold, candidates) == pytest.approx(1.1)
    score = mined_score(gold, candidates, 1.1)
    assert (score.f1, score.precision, score.recall) == pytest.approx((400 / 6, 200 / 3, 200 / 3))
    assert pairs_score(gold, []).f1 == 0


def test_candidates_with_equal_scores_are_mined_together() -> None:
    gold = [("a", "A")]
    candidates = [(1.0, ("a", "A")), (1.0, ("b", "B"))]
    threshold = best_threshold(gold, candidates)
    assert mined_score(gold, candidates, threshold).precision == 50
    assert best_threshold(gold, [(1.0, ("x", "X"))]) == float("inf")


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 12)), unique_by=lambda c: c[1], max_size=12))
def test_no_other_threshold_beats_the_best(found: list[tuple[int, int]]) -> None:
    gold = [(str(i), str(i)) for i in range(5)]
    candidates = [(float(score), (str(i), str(i))) for score, i in found]
    best = mined_score(gold, candidates, best_threshold(gold, candidates)).f1
    others = [mined_score(gold, candidates, score).f1 for score, _ in candidates]
    assert best == pytest.approx(max([0.0, *others]))


def test_average_precision_by_hand() -> None:
    # hits at ranks 1 and 3 of three relevant: (1/1 + 2/3) / 3
    assert average_precision({"a", "b", "c"}, ["a", "x", "b", "a"]) == pytest.approx(5 / 9)
    assert average_precision(set(range(30)), list(range(20))) == 1
    assert mean_average_precision([{1}, {2}], [[1], [3]]) == 50
    with pytest.raises(InputError):
        average_precision(set(), [1])
