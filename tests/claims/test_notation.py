"""Assertions are printed in one line and read back as they were."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.published.scores import findings
from analysis.registry.vocabulary import vocabulary
from claims.assertion import (
    And,
    Associated,
    Attribute,
    Compare,
    Consistent,
    Count,
    Difference,
    Domain,
    Fact,
    Fold,
    Formula,
    Gain,
    Not,
    Or,
    Quantified,
    Quantifier,
    Ranked,
    Relation,
    Run,
    Scope,
    Score,
    Significant,
    Sized,
    StatedNumber,
    Term,
    Trend,
    UniqueBest,
)  # fmt: skip
from claims.notation import parse_assertion
from claims.rewriting import bind, canonical, nodes
from claims.wellformed import read_assertion
from claims.wording import words_for

WORDS = vocabulary()
ids = st.sampled_from([*WORDS["intermediate"], "none", "multi", "best_per_target", "mnli>squad2", "anli+", "i"])
targets = st.sampled_from([*WORDS["target"], "xtreme", "t"])
numbers = st.builds(
    StatedNumber,
    st.decimals(-(10**7), 10**7, allow_nan=False, allow_infinity=False, places=2) | st.integers(0, 10**7).map(Decimal)
    | st.integers(1, 99).map(lambda n: Decimal(n).scaleb(5)),
    st.sampled_from(["", "%"]),
)  # fmt: skip
scopes = st.builds(
    Scope,
    model=st.sampled_from([None, "xlm-r-large", "mbert"]),
    split=st.sampled_from([None, "dev", "test"]),
    language=st.sampled_from([None, "sw", "mean", "l"]),
    metric=st.sampled_from([None, "f1", "map@20"]),
    version=st.sampled_from([None, "v1"]),
)
runs = st.builds(Run, ids, st.sampled_from(["plain", "mlm", "translated"]))
domains = st.one_of(
    st.builds(
        Domain,
        st.sampled_from(["intermediates", "runs", "targets", "tasks", "languages", "models"]),
        kind=st.sampled_from([None, "qa", "retrieval"]),
        benchmark=st.sampled_from([None, "xtreme-r"]),
        without=st.sampled_from([(), ("xnli",), ("bucc", "tatoeba")]),
    ),
    st.lists(st.sampled_from(list(WORDS["target"])), min_size=1, max_size=3, unique=True).map(
        lambda n: Domain("names", tuple(n))
    ),
)
cells = st.builds(Score, runs, targets, scopes) | st.builds(Gain, runs, targets, scopes)
terms: st.SearchStrategy[Term] = st.recursive(
    numbers | cells | st.builds(Attribute, st.just("mnli"), st.just("train_examples")) | st.builds(Count, domains),
    lambda inner: (
        st.builds(Fold, st.sampled_from(["mean", "max", "min"]), inner, st.sampled_from(["i", "t"]), domains, scopes)
        | st.builds(Difference, inner, inner, st.sampled_from(["", "%"]))
    ),
    max_leaves=4,
)
NUMBERED = {"count=", "count>=", "count<=", "share>="}


def quantified(word: Quantifier, variable: str, domain: Domain, body: Formula) -> Formula:
    return Quantified(word, variable, domain, body, Decimal("0.9") if word in NUMBERED else None)


def ranked(place: str, names: list[Run], domain: Domain, term: Term, until: int | None) -> Formula:
    plain = tuple(n.task for n in names) if domain.base not in {"intermediates", "runs"} else tuple(names)
    k = 3 if place in {"top", "bottom", "rank"} else 1
    return Ranked(place, plain, "i", domain, term, k, until if place == "rank" else None)  # type: ignore[arg-type]


rankings = st.builds(
    ranked,
    st.sampled_from(["best", "worst", "top", "bottom", "rank"]),
    st.lists(st.builds(Run, ids), min_size=1, max_size=3, unique=True),
    domains,
    terms,
    st.sampled_from([None, 5]),
)
formulas: st.SearchStrategy[Formula] = st.recursive(
    st.builds(Compare, st.sampled_from(get_args(Relation)), terms, terms)
    | st.builds(Sized, st.sampled_from(["large", "moderate", "small"]), terms)
    | st.builds(Fact, st.just("qqp"), st.just("text_sources"), st.lists(numbers.filter(lambda n: n.unit == "") | st.just("quora"), min_size=1, max_size=2).map(tuple))
    | st.builds(Trend, st.sampled_from(["rising", "falling"]), terms, st.just("distance"))
    | st.builds(Associated, terms, st.just("flops"))
    | st.builds(UniqueBest, st.just("xlm-r-large"))
    | rankings,
    lambda inner: (
        st.builds(quantified, st.sampled_from(get_args(Quantifier)), st.sampled_from(["i", "t", "l"]), domains, inner)
        | st.builds(Not, inner) | st.builds(Significant, inner) | st.builds(Consistent, inner)
        | st.lists(inner, min_size=1, max_size=3).map(lambda p: And(tuple(p)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda p: Or(tuple(p)))
    ),
    max_leaves=6,
)  # fmt: skip


@given(formulas)
def test_a_formula_survives_being_printed_and_read(formula: Formula) -> None:
    assert parse_assertion(str(formula)) == formula


@given(formulas)
def test_a_printed_formula_is_one_line_without_double_spaces(formula: Formula) -> None:
    text = str(formula)
    assert "\n" not in text
    assert "  " not in text


@given(formulas)
def test_the_canonical_form_of_a_canonical_form_is_itself(formula: Formula) -> None:
    once = canonical(formula)
    assert canonical(once) == once


@given(formulas)
def test_every_node_of_a_formula_is_visited(formula: Formula) -> None:
    assert next(iter(nodes(formula))) == formula


def test_binding_a_variable_leaves_an_inner_variable_of_that_name_alone() -> None:
    formula = parse_assertion("(> (gain i xnli) (mean (gain i bucc) i :over intermediates))")
    assert str(bind(formula, "i", "mnli")) == "(> (gain mnli xnli) (mean (gain i bucc) i :over intermediates))"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(> (gain mnli xnli) 0", "not closed"),
        ("(> (gain mnli xnli) 0))", "too many"),
        ("(> (gain mnli) 0)", "run and target"),
        ("(> (gain mnli xnli :colour red) 0)", "colour"),
        ("(betters mnli qqp)", "expected a formula"),
        ("(all t targets)", "variable, domain and formula"),
        ("mnli", "formula"),
        ("", "one parenthesised form"),
        ("(mean (gain mnli t) t)", "expected a formula"),
        ("(> (mean (gain mnli t) t) 0)", ":over"),
        ("(rank 4-3 mnli i intermediates (gain i xnli))", "a place such as 3"),
        ('(rank 3-4 "A" $r rows (at $r "F1"))', "one place in a table"),
        ("(fact mnli train_examples)", "entity, attribute and value"),
    ],
)
def test_a_malformed_assertion_is_refused_with_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(InputError, match="assertion") as caught:
        parse_assertion(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("intermediates", "for every intermediate task:"),
        ("(intermediates :without (qqp))", "for every intermediate task but QQP:"),
        ("(targets :benchmark xtreme)", "for every target task of XTREME:"),
        ("languages", "for every language:"),
    ],
)
def test_one_of_all_members_is_said_in_the_singular_whatever_is_left_out(domain: str, said: str) -> None:
    text = f"(all x {domain} (> (score mnli x) 0))"
    assert words_for(parse_assertion(text, "CLAIM")).startswith(said)


def test_all_unknown_names_of_an_assertion_are_listed_at_once_with_near_names() -> None:
    with pytest.raises(InputError) as caught:
        read_assertion(
            "(and (> (gain mnly xnli) 0) (> (gain qqp xnly) 0) (> (score none bucc :metric f2) 0))",
            WORDS,
            "here",
        )
    assert len(caught.value.faults) == 3
    assert "did you mean 'mnli'" in str(caught.value)
    assert "did you mean 'xnli'" in str(caught.value)


def test_a_variable_counts_as_known_only_where_it_is_bound() -> None:
    read_assertion("(all t targets (> (gain mnli t) 0))", WORDS, "here")
    with pytest.raises(InputError, match="unknown target 't'"):
        read_assertion("(> (gain mnli t) 0)", WORDS, "here")


def test_the_published_findings_are_well_formed_assertions_in_canonical_form() -> None:
    for finding in findings():
        for text in (*finding.says, *finding.short_of):
            formula = read_assertion(text, WORDS, finding.id)
            assert canonical(formula) == formula or formula.__class__ is Ranked
