"""Source languages: better, worse, equal or open, at equal size only; closeness where there is some."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from simulated_grids import source_languages

from analysis.errors import UsageError
from analysis.published.scores import scores_of
from analysis.questions import sources
from analysis.questions.sources.closeness import steps
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import empty

MONTE_CARLO = 0.6


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(8)


def asked(table: pd.DataFrame, **given) -> sources.SourcesFit:
    return sources.fit(table, sources.DESIGN(**given))


def test_a_better_foreign_source_is_found_and_an_equal_one_called_equal(rng):
    outcome = asked(source_languages(rng, worth={"en": 1, "zh": 4, "ar": 1}))
    answer = sources.report(outcome)
    assert answer.says == "yes"
    assert "mnli (zh, 7,000) against mnli (en, 7,000): better" in answer.text
    assert "mnli (ar, 7,000) against mnli (en, 7,000): equal within ±1 points" in answer.text
    row = outcome.contrasts.set_index("language").loc["zh"]
    assert row["estimate"] == pytest.approx(3, abs=MONTE_CARLO)
    assert row["gain"] - row["gain_reference"] == pytest.approx(row["estimate"])


def test_a_worse_source_is_a_no_and_beside_an_equal_one_mixed(rng):
    assert sources.answers(asked(source_languages(rng, worth={"en": 4, "zh": 0})))[0].says == "no"
    assert sources.answers(asked(source_languages(rng, worth={"en": 4, "zh": 0, "ar": 4})))[0].says == "mixed"


def test_closer_sources_are_found_to_help_more_step_by_step(rng):
    outcome = asked(source_languages(rng, worth={"en": 1, "zh": 1, "ar": 1}, near=1.5))
    assert outcome.closeness.family.estimate == pytest.approx(1.5, abs=0.5)
    assert outcome.closeness.step.estimate == pytest.approx(1.5, abs=0.3)
    assert outcome.closeness.permutation.statistic > 0.5
    assert sources.answers(outcome)[1].says == "yes"


def test_a_worth_of_the_family_alone_is_not_hidden_by_the_languages_within_it(rng):
    table = source_languages(rng, worth={"en": 1, "zh": 1, "ar": 1})
    words = vocabulary()
    same = [
        m == "mnli" and steps(str(s), str(t), words) > 0
        for m, s, t in zip(table["intermediate"], table["intermediate_language"], table["language"], strict=True)
    ]
    outcome = asked(table.assign(score=table["score"] + 2.0 * np.array(same)))
    assert outcome.closeness.family.estimate == pytest.approx(2.0, abs=0.5)
    assert sources.answers(outcome)[1].says == "yes"


def test_without_an_effect_of_closeness_none_is_found(rng):
    closer = sources.answers(asked(source_languages(rng, worth={"en": 1, "zh": 1, "ar": 1})))[1]
    assert closer.says in {"no", "cannot-tell"}
    assert closer.effects[0].n_of == "families"


def test_closeness_counts_language_branch_and_family():
    words = vocabulary()
    found = [steps("en", code, words) for code in ("en", "de", "hi", "fi")]
    assert found == [3, 2, 1, 0]
    assert np.isnan(steps("en", "mean", words))


def test_tasks_of_one_kind_and_size_are_compared_across_languages(rng):
    table = source_languages(rng, worth={"en": 1, "zh": 1}, tasks={"en": "mnli", "zh": "anli+"})
    assert asked(table).contrasts["other"].tolist() == ["anli+ (zh, 7,000)"]
    other = source_languages(rng, worth={"en": 1, "zh": 1}, tasks={"en": "mnli", "zh": "qqp"})
    assert "no intermediate data of one kind and size" in sources.report(asked(other)).text


def test_data_of_another_size_are_not_compared_and_said_so(rng):
    table = source_languages(rng, worth={"en": 1, "zh": 9, "ar": 1}, examples={"zh": 90_000.0, "ar": 7100.0})
    outcome = asked(table)
    assert outcome.contrasts["language"].tolist() == ["ar"]
    assert any("zh, 90,000" in sentence and "size differs" in sentence for sentence in outcome.left_out)


def test_sizes_are_taken_from_the_registry_or_flagged_as_not_stated(rng):
    known = source_languages(rng, worth={"en": 1, "zh": 1}).assign(intermediate_examples=np.nan)
    assert asked(known).contrasts["sizes"].tolist() == ["equal"]
    unknown = known.assign(intermediate=known["intermediate"].astype(object).replace("mnli", "ccg"))
    outcome = asked(unknown)
    assert outcome.contrasts["sizes"].tolist() == ["not stated"]
    assert any("taken as equal" in hinge for hinge in sources.report(outcome).hinges)


def test_the_order_of_rows_changes_nothing(rng):
    table = source_languages(rng, worth={"en": 1, "zh": 2, "ar": 1}, languages=("en", "de", "zh", "ar", "tr"))
    first, second = asked(table), asked(table.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(first.contrasts, second.contrasts)
    assert first.closeness.family.estimate == pytest.approx(second.closeness.family.estimate, abs=1e-6)


def test_the_other_reference_turns_the_sign(rng):
    table = source_languages(rng, worth={"en": 1, "zh": 2}, languages=("de", "zh"))
    first, second = asked(table), asked(table, reference="zh")
    assert first.contrasts["estimate"].iloc[0] == pytest.approx(-second.contrasts["estimate"].iloc[0])
    assert "as well as data in zh" in sources.report(second).question


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"seeds": 1}, "one seed"),
        ({"worth": {"en": 1}}, "intermediate data in one language"),
        ({"worth": {"en": 1, "zh": 1}, "examples": {"zh": 70_000.0}}, "of one kind and size"),
        ({"languages": ("de", "fr")}, "one family"),
    ],
)
def test_too_little_is_answered_with_cannot_tell_and_why(rng, change, because):
    answer = sources.report(asked(source_languages(rng, **{"worth": {"en": 1, "zh": 1}} | change)))
    assert because in answer.text
    assert "nan" not in answer.text + answer.sure
    if "languages" not in change:
        assert answer.says == "cannot-tell"


def test_without_a_baseline_the_differences_stand_and_the_gains_do_not(rng):
    outcome = asked(source_languages(rng, worth={"en": 1, "zh": 4}, baseline=False))
    assert sources.answers(outcome)[0].says == "yes"
    assert outcome.contrasts[["gain", "gain_reference"]].isna().all().all()
    assert any("no run without intermediate training" in sentence for sentence in outcome.left_out)


@pytest.mark.parametrize("language", ["fi", "klingon", "Fooish"])
def test_a_reference_language_that_no_data_is_in_is_refused(rng, language):
    table = source_languages(rng, worth={"en": 1, "zh": 1, "ar": 1})
    with pytest.raises(UsageError, match="language"):
        asked(table, reference=language)


@pytest.mark.parametrize("table", [empty(), scores_of("xtreme")])
def test_tables_without_other_languages_say_so(table):
    answer = sources.report(asked(table))
    assert (answer.says, answer.effects) == ("cannot-tell", ())
    assert "intermediate data in no language" in answer.text


def test_a_wrong_margin_is_an_error(rng):
    with pytest.raises(UsageError, match="margin"):
        asked(empty(), margin=0)
