"""What must not matter: the order of lines, consistent new names, a common scale, columns beside the matter."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

SYSTEMS = ("Catseq", "Copynet", "Transformer", "BiLSTM")
OTHERS = ("Gandalf", "Frodo", "Samwise", "Boromir")
PLACES = ("Inspec", "NUS", "Krapivin", "SemEval")
SENTENCES = (
    "{a} outperforms {b} on {p}.",
    "{a} does not outperform {b} on {p}.",
    "{a} outperforms {b} on both {p} and {q}.",
    "{a} outperforms {b} by {gap} points on {p}.",
    "{a} scores {value} on {p}.",
    "{a} achieves the best result on {p}.",
    "{a} has the lowest score on {p}.",
    "{a} is the second best system on {p}.",
    "{b} is outperformed by {a} on {p}, but not on {q}.",
)


@dataclass(frozen=True)
class World:
    """Scores in tenths by system and place, and a sentence about them."""

    scores: tuple[tuple[int, ...], ...]
    systems: tuple[str, ...]
    places: tuple[str, ...]
    template: str
    a: str
    b: str
    p: str
    q: str
    wrong: int

    def score(self, system: str, place: str) -> int:
        return self.scores[self.systems.index(system)][self.places.index(place)]

    def claim(self, scale: int = 1) -> str:
        gap = printed(abs(self.score(self.a, self.p) - self.score(self.b, self.p)) + self.wrong, scale)
        value = printed(self.score(self.a, self.p) + self.wrong, scale)
        return self.template.format(a=self.a, b=self.b, p=self.p, q=self.q, gap=gap, value=value)

    def rows(self, scale: int = 1) -> list[list[str]]:
        body = [[name, *(printed(x, scale) for x in row)] for name, row in zip(self.systems, self.scores, strict=True)]
        return [["Model", *self.places], *body]


def printed(tenths: int, scale: int) -> str:
    return f"{scale * tenths / 10:.1f}"


@st.composite
def worlds(draw: st.DrawFn) -> World:
    n, m = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    scores = draw(st.lists(st.integers(100, 480), min_size=n * m, max_size=n * m, unique=True))
    systems, places = SYSTEMS[:n], PLACES[:m]
    a, b = draw(st.permutations(systems))[:2]
    p, q = draw(st.permutations(places))[:2]
    rows = tuple(tuple(scores[i * m : (i + 1) * m]) for i in range(n))
    return World(rows, systems, places, draw(st.sampled_from(SENTENCES)), a, b, p, q, draw(st.sampled_from([0, 0, 30])))


def said(claim: str, rows: list[list[str]]) -> str:
    return TableJudge(table_of_grid(rows[0], rows[1:], caption="Accuracy of models.")).verdict(claim).verdict


@given(worlds(), st.data())
def test_the_order_of_rows_and_columns_never_changes_a_verdict(world: World, data: st.DataObject) -> None:
    rows = world.rows()
    order = data.draw(st.permutations(range(1, len(rows[0]))))
    moved = [[row[0], *(row[j] for j in order)] for row in [rows[0], *data.draw(st.permutations(rows[1:]))]]
    assert said(world.claim(), moved) == said(world.claim(), rows)


@given(worlds())
def test_new_names_for_all_systems_never_change_a_verdict(world: World) -> None:
    names = dict(zip(world.systems, OTHERS, strict=False))
    renamed = [[names.get(cell, cell) for cell in row] for row in world.rows()]
    claim = world.claim()
    for old, new in names.items():
        claim = claim.replace(old, new)
    assert said(claim, renamed) == said(world.claim(), world.rows())


@given(worlds())
def test_a_common_scale_of_scores_and_stated_numbers_never_changes_a_verdict(world: World) -> None:
    assert said(world.claim(2), world.rows(2)) == said(world.claim(), world.rows())


@given(worlds(), st.integers(0, 900))
def test_a_column_the_sentence_does_not_speak_of_never_changes_a_verdict(world: World, tenths: int) -> None:
    rows = world.rows()
    wider = [[*rows[0], "Parameters"], *([*row, str(tenths + i)] for i, row in enumerate(rows[1:]))]
    assert said(world.claim(), wider) == said(world.claim(), rows)


@given(worlds())
def test_these_sentences_get_the_verdict_their_numbers_demand(world: World) -> None:
    a, b = world.score(world.a, world.p), world.score(world.b, world.p)
    c, d = world.score(world.a, world.q), world.score(world.b, world.q)
    column = sorted((row[world.places.index(world.p)] for row in world.scores), reverse=True)
    truths = dict(
        zip(
            SENTENCES,
            (
                a > b, a < b, a > b and c > d, a > b and world.wrong == 0, world.wrong == 0, a == column[0],
                a == column[-1], a == column[1], a > b and c < d,
            ),
            strict=True,
        )
    )  # fmt: skip
    expected = "supported" if truths[world.template] else "refuted"
    parted = {"mixed"} if world.template in (SENTENCES[2], SENTENCES[-1]) else set()
    assert said(world.claim(), world.rows()) in {expected, *(parted if expected == "refuted" else set())}, world.claim()
