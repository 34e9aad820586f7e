"""Every kind of task says of every item what an independent loop in plain transformers says, also at odd ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from runners.examples import Bitext, Choice, Classified, Dataset, QAExample, Ranking, SentenceExample, Tagged
from runners.recipe import ModelSpec, Recipe
from runners.train.evaluation import evaluate, retrieve
from runners.train.training import train
from runners.trained import TaskData
from tests.runners.conftest import COLOURS, FILLERS

pytestmark = pytest.mark.slow

LONG = " ".join(FILLERS * 3)


@pytest.fixture
def recipe() -> Recipe:
    return Recipe(learning_rate=1e-2, batch_size=16, steps=40, max_length=40, doc_stride=7, question_length=6)


def stage(spec: ModelSpec, recipe: Recipe, data: Dataset, odd: tuple, folder: Path):
    """A trained stage's oracle, the items it is asked about (usual and odd ones), and what we say of them."""
    from tests.reference.oracle import Oracle

    train(spec, [TaskData(data)], recipe, 1, folder)
    asked = replace(data, split="test", examples=(*data.examples[:12], *odd), sha256="")
    oracle = Oracle(folder / "encoder", folder / "heads.safetensors", data.task)
    return oracle, asked.examples, [p.said for p in evaluate(folder, asked, recipe=recipe).predictions]


def test_pairs_and_single_texts(spec, recipe, toy: Callable[..., Dataset], tmp_path) -> None:
    odd = (Classified("long-first", LONG, "red", "red"), Classified("long-second", "blue", LONG, "blue"))
    odd += (Classified("both", LONG, LONG, "red"), Classified("single", "navy", None, "blue"))
    oracle, items, said = stage(spec, recipe, toy("classification"), odd, tmp_path)
    wanted = [("blue", "red")[oracle.label(e.first, e.second)] for e in items]
    assert said == wanted
    assert len(set(wanted)) == 2, "or nothing is compared"


def test_choices(spec, recipe, toy, tmp_path) -> None:
    odd = (Choice("long", LONG, "where is it ?", ("red", LONG, "navy stone"), 0),)
    oracle, items, said = stage(spec, recipe, toy("choice"), odd, tmp_path)
    wanted = [oracle.chosen([(f"{e.first} {e.second}".strip(), o) for o in e.options]) for e in items]
    assert [str(w) for w in wanted] == said


def test_tags_where_a_row_is_full_and_one_piece_more(spec, recipe, toy, tmp_path) -> None:
    from runners.model.subwords import load_tokenizer

    tokenizer = load_tokenizer(spec.tokenizer)
    (one,) = (w for w in FILLERS[:1])
    per = len(tokenizer.encode_words([[one]])[0].ids)
    full = (one,) * (37 // per)
    words = [full, (*full, "red"), (*full, *full, "navy"), ("stone", "x" * 60, "red"), ("red",)]
    odd = tuple(Tagged(f"odd-{i}", w, ("OTHER",) * len(w)) for i, w in enumerate(words))
    oracle, items, said = stage(spec, recipe, toy("tagging"), odd, tmp_path)
    wanted = [" ".join(("COLOUR", "OTHER")[tag] for tag in oracle.tags(e.words)) for e in items]
    assert said == wanted
    assert len({tag for line in wanted for tag in line.split()}) == 2


def test_answers_of_long_questions_in_long_contexts(spec, recipe, toy, tmp_path) -> None:
    odd = tuple(
        QAExample(f"odd-{i}", question, context, (("crimson", context.index("crimson")),))
        for i, (question, context) in enumerate(
            [
                (LONG, f"{LONG} crimson {LONG}"),
                ("where", f"crimson {LONG}"),
                (LONG, "crimson"),
                ("?", f"{LONG} crimson"),
            ]
        )
    )
    oracle, items, said = stage(spec, recipe, toy("span"), odd, tmp_path)
    assert said == [oracle.answer(e.question, e.context, stride=7, most=6) for e in items]


def sentences(side: str, texts: list[str]) -> tuple[SentenceExample, ...]:
    return tuple(SentenceExample(f"{side}{i}", text) for i, text in enumerate(texts))


@pytest.fixture
def encoder(spec, recipe, toy, tmp_path):
    from tests.reference.oracle import Oracle

    train(spec, [TaskData(toy("classification"))], recipe, 1, tmp_path)
    return tmp_path, Oracle(tmp_path / "encoder")


SOURCES = [f"{a} {b}" for a in COLOURS for b in FILLERS[:4]]
TARGETS = [f"{b} {b} {a}" for a in COLOURS for b in FILLERS[:4]]


def test_translations_and_ranked_answers(encoder, recipe) -> None:
    folder, oracle = encoder
    a, b = sentences("s", [*SOURCES, LONG * 2]), sentences("t", [*TARGETS, LONG])
    gold = frozenset((f"s{i}", f"t{i}") for i in range(len(a)))
    found = retrieve(folder, Dataset("tatoeba", "bitext", "de", "test", pool=Bitext(a, b, gold)), recipe=recipe)
    near = oracle.nearest([s.text for s in a], [s.text for s in b])
    assert [p.said for p in found.predictions] == [a[i].id for i in near]
    ranking = Ranking(a, b, gold)
    found = retrieve(folder, Dataset("lareqa", "ranking", "de", "test", pool=ranking), recipe=recipe)
    ranks = oracle.ranked([s.text for s in a], [s.text for s in b])
    wanted = [1 / (row.index(i) + 1) if i in row[:20] else 0.0 for i, row in enumerate(ranks)]
    assert [p.correct for p in found.predictions] == pytest.approx(wanted)


def test_mined_pairs_with_sentences_that_come_again(encoder, recipe) -> None:
    folder, oracle = encoder
    a, b = sentences("s", [*SOURCES, SOURCES[0], SOURCES[5]]), sentences("t", [*TARGETS, TARGETS[2], TARGETS[2]])
    gold = frozenset((f"s{i}", f"t{i}") for i in range(12))
    data = Dataset("bucc", "bitext", "de", "test", pool=Bitext(a, b, gold))
    found = retrieve(folder, data, tune=data, recipe=recipe)
    texts = ({s.id: s.text for s in a}, {s.id: s.text for s in b})
    threshold = float(found.settings["threshold"])
    mined = oracle.mined([s.text for s in a], [s.text for s in b])
    wanted = {(one, other) for value, one, other in mined if value >= threshold - 1e-6}
    assert {(texts[0][p.item], texts[1][p.said]) for p in found.predictions} == wanted
    assert 0 < len(wanted) < len(mined)
