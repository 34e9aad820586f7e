"""The laboratory world: related languages, disjoint splits, speech that follows the stated parameters."""

from __future__ import annotations

import time

import numpy as np
import pytest

from analysis.errors import UsageError
from analysis.registry.vocabulary import vocabulary
from runners.world import World
from runners.world.grammar import lexicon, spoken, texts
from runners.world.languages import all_forms, languages
from runners.world.meaning import SPLITS, events, split_of

WORLD = World(0)


def test_it_speaks_at_least_eight_languages_of_four_families() -> None:
    entries = [vocabulary()["language"][code] for code in WORLD.languages]
    assert len(entries) >= 8
    assert len({e.facts["family"] for e in entries}) >= 4
    assert WORLD.languages[0] == WORLD.source


def test_each_language_keeps_the_stated_share_of_its_parents_words() -> None:
    forms = all_forms(3)
    for code, language in languages().items():
        if language.parent:
            pairs = list(zip(forms[code].spoken, forms[language.parent].spoken, strict=True))[1:-6]
            assert sum(a == b for a, b in pairs) == round(language.kept * len(pairs))


def test_no_word_is_a_word_of_another_meaning_in_any_language() -> None:
    meanings: dict[str, set[int]] = {}
    for form in all_forms(0).values():
        for concept, root in enumerate(form.written):
            meanings.setdefault(root, set()).add(concept)
    assert {root: found for root, found in meanings.items() if len(found) > 1} == {}


def test_distances_name_each_pair_once_in_the_columns_that_analyses_read() -> None:
    from analysis.distances.table import COLUMNS

    frame = WORLD.distances()
    assert tuple(frame.columns) == COLUMNS
    assert (frame.language < frame.other).all()
    assert not frame.duplicated(["language", "other", "kind"]).any()
    assert frame.distance.between(0, 1).all()


def test_the_lexical_distance_to_the_source_follows_from_the_stated_shares() -> None:
    frame = WORLD.distances()
    lexical = frame[(frame.kind == "lexical") & (frame.language == "lab-a")].set_index("other")["distance"]
    assert lexical["lab-a1"] == pytest.approx(1 - languages()["lab-a1"].kept, abs=0.01)
    assert lexical["lab-b2"] > lexical["lab-b1"] > lexical["lab-a2"] > lexical["lab-a1"] > 0


def test_total_distances_from_the_source_rise_along_the_list_of_languages() -> None:
    frame = WORLD.distances()
    total = frame[(frame.kind == "total") & (frame.language == "lab-a")].set_index("other")["distance"]
    assert list(total.sort_values().index) == list(WORLD.languages[1:])


@pytest.mark.parametrize(
    ("code", "parts"),
    [("lab-a", ["subject", "verb", "object"]), ("lab-b2", ["verb", "subject", "object"]),
     ("lab-c1", ["subject", "object", "verb"]), ("lab-d2", ["object", "verb", "subject"])],
)  # fmt: skip
def test_clauses_come_in_the_order_the_vocabulary_states(code: str, parts: list[str]) -> None:
    clause = events(np.random.default_rng(5), 1, "", plain=True)
    said = texts(spoken(clause, lexicon(0, code)), lexicon(0, code))[0].split()
    forms = all_forms(0)[code]
    found = [next(p for p in parts if word.startswith(forms.written[int(getattr(clause, p)[0])])) for word in said[:-1]]
    assert found == parts
    assert said[-1] == "."


def test_scripts_are_those_of_the_vocabulary() -> None:
    for code, form in all_forms(0).items():
        own = {ch for (ch,) in zip(form.alphabet, strict=True)}
        script = languages()[code].script
        first = {"Latn": "a", "Grek": "α", "Cyrl": "а", "Geor": "ა"}[script]
        assert first in own


def test_every_event_belongs_to_one_split_and_splits_draw_only_theirs() -> None:
    for split in SPLITS:
        found = events(np.random.default_rng(1), 500, split)
        assert len(found) == 500
        assert set(split_of(found.subject, found.verb, found.object).tolist()) == {SPLITS.index(split)}


def test_less_of_a_task_is_the_beginning_of_more_of_it() -> None:
    assert WORLD.draw("inference", "lab-b1", "train", 40) == WORLD.draw("inference", "lab-b1", "train", 1500)[:40]


def test_the_same_seed_says_the_same_and_another_seed_has_other_words() -> None:
    assert WORLD.texts("lab-c1", 20) == World(0).texts("lab-c1", 20)
    assert not set(" ".join(World(1).texts("lab-c1", 50)).split()) <= set(" ".join(WORLD.texts("lab-c1", 50)).split())


def test_running_texts_of_two_languages_are_no_translations_of_each_other() -> None:
    first, second = WORLD.texts("lab-a", 200), WORLD.texts("lab-a1", 200)
    assert sum(len(a.split()) == len(b.split()) for a, b in zip(first, second, strict=True)) < 80


def test_a_seed_that_is_no_number_is_refused() -> None:
    with pytest.raises(UsageError, match="give a whole number"):
        World(-1)


def test_a_hundred_thousand_sentences_take_at_most_a_few_seconds() -> None:
    clauses = events(np.random.default_rng(0), 100_000, "")
    words = lexicon(0, "lab-c1")
    started = time.process_time()
    assert len(texts(spoken(clauses, words), words)) == 100_000
    assert time.process_time() - started < 4  # about 0.6 s on an idle core
