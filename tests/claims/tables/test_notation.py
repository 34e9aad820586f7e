"""The one-line form of assertions over a table, read back."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import InputError, UnknownNameError
from claims.tables import assertion
from claims.tables.assertion import (
    And,
    Change,
    Compare,
    Correlated,
    Formula,
    Gap,
    Not,
    Place,
    Quantity,
    Relation,
    Scope,
    Selection,
    Share,
    Stated,
    Superlative,
    Trend,
)
from claims.tables.judging import judge
from claims.tables.layout import Grid, laid_out
from claims.tables.linking import linked
from claims.tables.notation import BOUNDS, DEGREES, FORMS, SENSES, SHARES, parse_notation
from claims.tables.table import Axis, Table
from claims.tables.vocabulary import GUIDE, NOTHING_READ, vocabulary_of

TABLE = laid_out(
    Grid(
        "Scores on four data sets.",
        (
            ("Model", "Size", "dev", "dev", "test", "test"),
            ("", "", "F1", "EM", "F1", "EM"),
            ("BERT", "base", "80.1", "70.2", "75.0", "61.3"),
            ("BERT", "large", "82.3", "71.0", "74.0", "66.0"),
            ("AME", "base", "82.0", "69.0", "78.5", "61.3"),
            ("AME w/o psg", "base", "81.0", "60.0", "71.5", "58.0"),
        ),
        2,
    )
)
SCALED = laid_out(
    Grid("", (("Model", "d=8", "d=16", "d=32"), ("A", "10", "20", "30"), ("B", "30", "20", "5"), ("C", "1", "1", "9")))
)


def lines(table: Table, axis: Axis) -> st.SearchStrategy[Selection]:
    """A selection of one header piece, one whole line, or several pieces of one level."""
    pieces: dict[tuple[int, str], set[int]] = {}
    for line in table.lines(axis):
        for level, part in enumerate(line.path):
            pieces.setdefault((level, part.text), set()).add(line.index)

    def chosen(indices: set[int], words: str, levels: set[int]) -> Selection:
        rows, columns = (frozenset(indices), None) if axis == "row" else (None, frozenset(indices))
        return Selection(rows, columns, words, frozenset((axis, level) for level in levels))

    single = st.sampled_from(sorted(pieces)).map(lambda key: chosen(pieces[key], key[1], {key[0]}))
    several = st.lists(st.sampled_from(sorted(k for k in pieces if k[0] == 0)), min_size=2, max_size=2, unique=True)
    united = several.map(
        lambda keys: chosen(set().union(*(pieces[k] for k in keys)), ", ".join(k[1] for k in keys), {0})
    )
    return single | united


QUANTITIES = st.builds(
    Quantity,
    st.decimals(0, 100, places=1, allow_nan=False, allow_infinity=False).map(abs),
    st.sampled_from(["", "points", "%"]),
    st.sampled_from(sorted(BOUNDS.values())),
) | st.builds(Quantity, st.just(Decimal("2.5")), st.just("%"), st.just(""), st.sampled_from(SENSES))
COUNTED = st.builds(Share, st.just("count"), st.integers(1, 2), st.none() | st.integers(2, 4)) | st.builds(
    Share, st.sampled_from(["at-least", "at-most", "all-but"]), st.integers(1, 3)
)
SHARED = st.none() | st.sampled_from([Share(kind) for kind in SHARES] + [Share("all", out_of=2)]) | COUNTED


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """An assertion over TABLE of any form and of the right type."""
    axis: Axis = draw(st.sampled_from(["row", "column"]))
    other: Axis = "column" if axis == "row" else "row"
    left, where = draw(lines(TABLE, axis)), draw(st.just(Selection()) | lines(TABLE, other))
    share = draw(SHARED)
    right = draw(st.just(Selection(others=True)) | lines(TABLE, axis).filter(lambda s: not _share(left, s, axis)))
    form = draw(st.integers(0, 8))
    if form == 0:
        by = draw(st.none() | QUANTITIES)
        relation = draw(st.sampled_from([r for r in get_args(Relation) if r != "same"]))
        degree = draw(st.sampled_from(["", *DEGREES]))
        scope = (
            Scope(where, share=share) if by is None else Scope(where, spread=draw(st.sampled_from(["each", "mean"])))
        )
        return Compare(relation, left, right, scope, by, degree)
    if form == 1:
        return Superlative(
            draw(st.sampled_from(get_args(Place))), left, Scope(where, share=share), draw(st.integers(1, 3))
        )
    if form == 2:
        return Stated(left, draw(QUANTITIES), Scope(where))
    if form == 3:
        return Change(draw(st.sampled_from(["rise", "fall"])), left, Scope(where, share=share))
    if form == 4 and not right.others:
        at, than = draw(lines(TABLE, other)), draw(st.just(Selection()) | lines(TABLE, other))
        return Gap(draw(st.sampled_from(["wider", "narrower"])), left, right, at, than)
    if form == 7 and not right.others:
        return Correlated(draw(st.sampled_from(["rise", "fall"])), left, right, draw(st.sampled_from(["", *DEGREES])))
    if form == 5:
        return Not(draw(formulas()))
    if form == 6:
        return And(tuple(draw(st.lists(formulas(), min_size=1, max_size=3))))
    return Compare("same", left, right, Scope(where))


def _share(left: Selection, right: Selection, axis: Axis) -> bool:
    ours, theirs = (left.rows, right.rows) if axis == "row" else (left.columns, right.columns)
    assert ours is not None
    assert theirs is not None
    return bool(ours & theirs)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(formulas())
def test_an_assertion_read_back_from_its_text_is_judged_the_same(formula: Formula) -> None:
    again = linked(parse_notation(str(formula)), TABLE)
    assert str(again) == str(formula)
    assert judge(again, TABLE) == judge(formula, TABLE)


def test_every_form_place_and_relation_of_the_language_is_read() -> None:
    assert set(get_args(Relation)) | set(get_args(Place)) <= set(FORMS)
    assert {node.__name__ for node in get_args(assertion.Formula)} == {
        "Compare", "Superlative", "Stated", "Change", "Trend", "Gap", "Correlated", "Not", "And",
    }  # fmt: skip  # a new form needs a reader, a type rule and a grammar


def test_a_trend_is_read_along_its_variable_and_along_the_whole_axis() -> None:
    columns = frozenset({0, 1, 2})
    row = Selection(frozenset({1}), None, "B", frozenset({("row", 0)}))
    for words in ("d", ""):
        formula = Trend("fall", Selection(None, columns, words), Scope(row))
        found = judge(linked(parse_notation(str(formula)), SCALED), SCALED)
        assert found == judge(formula, SCALED)
        assert found.truth == "true"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected '(' as word 1, but the text ends"),
        ("better", "expected '(' as word 1, but better stands there"),
        ('(greater "A" "B")', "expected a form (better, worse"),
        ('(better "A" "B"', "expected ')' as word 5, but the text ends"),
        ('(better "A" "B") (best "A")', "expected the end as word 6"),
        ('(better "A "B")', "quotation mark"),
        ('(better A "B")', "expected a quoted name as word 3, but A stands there"),
        ('(best "A" :share some)', "expected one of all, almost-all, most, any"),
        ('(best "A" :rank two)', "expected a whole number"),
        ('(value "A" many)', "expected a number such as"),
        ('(best "A" :on "B" :on "C")', "expected ')'"),
        ("(not " * 30 + '(best "A")' + ")" * 30, "at most 12 forms inside each other"),
    ],
)
def test_a_text_that_is_no_assertion_is_refused_with_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_notation(text)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('(better "AME" "GPT")', "no name of the table; it has “BERT”"),
        ('(better "AME" "dev")', "different axes"),
        ('(better "BERT" "large")', "share “BERT / large”"),
        ('(better "the others" "AME")', "can only stand on the right"),
        ('(better "AME" "BERT" :on "base" :but "AME")', "does not stand on the axis"),
        ('(best "AME" :on "dev, AME")', "no name of the table"),
        ('(same "AME" "BERT" :by 2 points)', "takes no :by"),
        ('(better "AME" "BERT" :share 2 :by 2 points)', "takes no :share"),
        ('(best "AME" :mean)', "takes no :mean"),
        ('(best "AME" :rank 0)', "counted from 1"),
        ('(best "AME" :share 5/4)', "counts more than there are"),
        ('(value "AME" 3 :but "dev")', "takes no :but"),
        ('(wider (gap "AME" "the others") :at "dev")', "two named lines"),
        ('(wider (gap "AME" "BERT") :at "large")', "does not stand on the axis"),
        ('(rise-along "")', "needs :on"),
    ],
)
def test_an_assertion_of_the_wrong_type_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        linked(parse_notation(text), TABLE)
    assert said in str(caught.value)


def test_a_name_is_found_whatever_its_capitals_but_never_by_its_like() -> None:
    found = linked(parse_notation('(best "ame")'), TABLE)
    assert isinstance(found, Superlative)
    assert found.left.rows == {2}
    assert _rows('(best "AME w/o psg")') == {3}
    assert _rows('(best "AME / base")') == {2}
    assert _rows('(best "BERT, base")') == {0}
    assert _rows('(best "AME, AME w/o psg")') == {2, 3}
    for like in ("AM", "AME with psg", "psg", "AMEs"):
        with pytest.raises(UnknownNameError):
            linked(parse_notation(f'(best "{like}")'), TABLE)


def _rows(text: str) -> frozenset[int] | None:
    found = linked(parse_notation(text), TABLE)
    assert isinstance(found, Superlative)
    return found.left.rows


def test_what_removes_a_part_is_never_taken_for_the_part() -> None:
    table = laid_out(Grid("", (("Model", "F1"), ("Full", "3"), ("- psg", "2"))))
    with pytest.raises(UnknownNameError):
        linked(parse_notation('(best "psg")'), table)


def test_a_name_that_is_a_row_and_a_column_is_refused_except_where_only_one_fits() -> None:
    table = laid_out(Grid("", (("From", "MNLI", "QNLI"), ("MNLI", "3", "4"), ("QNLI", "5", "6"), ("SICK", "5", "7"))))
    with pytest.raises(InputError, match="row and a column alike"):
        linked(parse_notation('(best "MNLI")'), table)
    with pytest.raises(InputError, match="rows and columns alike"):
        linked(parse_notation('(better "MNLI" "QNLI")'), table)
    found = linked(parse_notation('(better "SICK" "QNLI" :on "MNLI")'), table)
    assert isinstance(found, Compare)
    assert (found.left.rows, found.right.rows, found.scope.where.columns) == ({2}, {1}, {0})


@pytest.mark.parametrize("table", [TABLE, SCALED], ids=["layered", "with a variable"])
def test_every_sentence_of_the_grammar_is_well_formed_and_linked_or_refused(table: Table) -> None:
    vocabulary, draw = vocabulary_of(table), random.Random(0)

    def sample(symbol: str) -> str:
        alternatives = vocabulary.grammar.get(symbol)
        return symbol if alternatives is None else "".join(map(sample, draw.choice(alternatives)))

    fitting = 0
    for _ in range(400):
        text = sample(vocabulary.start)
        if text == NOTHING_READ:
            continue
        parsed = parse_notation(text)
        try:
            formula = linked(parsed, table)
        except InputError:
            continue
        fitting += 1
        assert parse_notation(str(formula)) == parsed
        judge(formula, table)
    assert fitting > 30


def test_the_guide_shows_only_assertions_that_can_be_read() -> None:
    shown, depth, start = [], 0, 0
    for at, sign in enumerate(GUIDE):
        start = at if sign == "(" and not depth else start
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and not depth:
            shown.append(GUIDE[start : at + 1])
    assert NOTHING_READ in shown
    assert {text.split()[0].lstrip("(") for text in shown} > {
        "better",
        "best",
        "value",
        "rise-along",
        "wider",
        "not",
        "and",
    }
    for text in shown:
        if text != NOTHING_READ:
            assert str(parse_notation(text)) == text


def test_names_that_cannot_be_quoted_are_left_out_of_the_vocabulary() -> None:
    table = laid_out(Grid("", (("Model", 'the "best" one', "F1"), ("the others", "1", "2"), ("B", "3", "4"))))
    vocabulary = vocabulary_of(table)
    assert vocabulary.rows == ("B",)
    assert vocabulary.columns == ("F1",)
