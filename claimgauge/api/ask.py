"""The research questions asked from Python, `ask.distance(results)` and its like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from analysis.errors import UsageError
from claimgauge import __version__
from claimgauge.api.arguments import checked
from claimgauge.api.given import Given
from claimgauge.api.tables import inputs_of
from claimgauge.language_tables import with_language_tables
from claimgauge.progress import ShownProgress
from claimgauge.questions import QUESTIONS, code_of
from claimgauge.terminal import answer_shown

if TYPE_CHECKING:
    import pandas as pd

    from analysis.answer import Answer, Says
    from analysis.design import Count
    from claimgauge.inputs import Inputs
    from reports.answers import Asking


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """The answer to a question; prints itself in at most 12 lines and shows itself in a notebook.

    Attributes:
        answer: everything that was found, see `analysis.answer.Answer`.
        asking: how it came about: question, seed, options, results.
    """

    answer: Answer
    asking: Asking

    @property
    def says(self) -> Says:
        """`yes`, `no`, `mixed` or `cannot-tell`."""
        return self.answer.says

    @property
    def text(self) -> str:
        """The answer in one or two sentences, with its numbers."""
        return self.answer.text

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Name → frame, to compute on."""
        return self.answer.tables

    @property
    def effects(self) -> pd.DataFrame:
        """One row for each estimate, the one the answer rests on first; columns of `analysis.answer.Effect`."""
        from dataclasses import asdict, fields

        import pandas as pd

        from analysis.answer import Effect

        return pd.DataFrame([asdict(e) for e in self.answer.effects], columns=[f.name for f in fields(Effect)])

    def to_json(self) -> str:
        """The JSON that `claimgauge analyze --json` prints (schema `claimgauge.answer/1`)."""
        from reports.answers import answer_json

        return answer_json(self.answer, self.asking)

    def details(self) -> str:
        """All hinges, estimates and what was left out."""
        return answer_shown(self.answer, details=True, colours=False)

    def __str__(self) -> str:
        return answer_shown(self.answer, details=False, colours=False)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from reports.in_cell import answer_table

        return answer_table(self.answer)


def answered(name: str, inputs: Inputs | None, seed: int, options: Mapping[str, Any]) -> Answered:
    """Asks a question; the answer of a plugin names it.

    Args:
        name: of the question.
        inputs: the results; None where the question needs none.
        seed: of the random generator.
        options: name → value, fields of its design; for distance also `distances`, `measure` and
            `controls` as files.

    Raises:
        UsageError: there is no such question. PluginError: its plugin cannot be used.
    """
    from reports.answers import Asking

    code = code_of(name)
    if code is None:
        raise UsageError(f"no question {name!r} (one of {', '.join(QUESTIONS)}, or of a plugin)")
    table, words = (inputs.table, inputs.words) if inputs else (None, None)
    asked = dict(options)
    if name == "distance" and inputs is not None:
        asked = with_language_tables({"distances": (), "measure": "hamming", **asked}, inputs.table, inputs.words)
    with ShownProgress("analysing"):
        answer = code.report(code.fitted(table, seed, words, asked))
    if code.made_by:
        found = bool(answer.effects or answer.tables)
        provenance = answer.provenance or (_provenance(table) if found else ())
        question = f"{answer.question} (asked by a plugin, {code.made_by})"
        answer = replace(answer, question=question, provenance=provenance)
    origins = inputs.origins if inputs else ()
    return Answered(answer, Asking(name, "claimgauge", __version__, seed, options, origins, code.made_by))


def _provenance(table: pd.DataFrame | None) -> tuple[str, ...]:
    return () if table is None else tuple(sorted(table["provenance"].astype(str).unique()))


@checked
def _ask(
    name: str,
    results: Given | Iterable[Given] | None = None,
    *,
    published: bool = False,
    across_studies: bool = False,
    assume: Mapping[str, object] | None = None,
    seed: Count = 0,
    **options: Any,
) -> Answered:
    code = code_of(name)
    leaderboard = code is not None and code.leaderboard
    inputs = None
    if name != "power" or results is not None or published:
        given = {"published": published, "across_studies": across_studies, "leaderboard": leaderboard}
        inputs = inputs_of(results, assume=assume, **given)
    return answered(name, inputs, seed, options)


def distance(results: Given | Iterable[Given] | None = None, **options: Any) -> Answered:
    """Does more distance from the source language mean less gain?

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, fields of `analysis.questions.distance.design`.
    """
    return _ask("distance", results, **options)


def cost(results: Given | Iterable[Given] | None = None, **options: Any) -> Answered:
    """Is intermediate training worth its training FLOPs?

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, fields of `analysis.questions.cost.design`.
    """
    return _ask("cost", results, **options)


def hierarchy(results: Given | Iterable[Given] | None = None, **options: Any) -> Answered:
    """Is there one order of intermediate tasks (or models), and is it the same in every language family?

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, fields of `analysis.questions.hierarchy.design`.
    """
    return _ask("hierarchy", results, **options)


def order(results: Given | Iterable[Given] | None = None, **options: Any) -> Answered:
    """Does the order of intermediate tasks matter, and does it change robustness to perturbation?

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, fields of `analysis.questions.order.design`.
    """
    return _ask("order", results, **options)


def sources(results: Given | Iterable[Given] | None = None, **options: Any) -> Answered:
    """Does intermediate data in another language serve as well as English, and do closer ones help more?

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, fields of `analysis.questions.sources.design`.
    """
    return _ask("sources", results, **options)


def compare(results: Given | Iterable[Given] | None = None, **options: Any) -> Answered:
    """Is one row of a leaderboard better than another: over all, by task, by language?

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, fields of `analysis.questions.compare.design`.
    """
    return _ask("compare", results, **options)


def ranking(results: Given | Iterable[Given] | None = None, **options: Any) -> Answered:
    """Ranks the rows of a leaderboard, with the certainty of each place and what would change it.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, fields of `analysis.questions.ranking.design`.
    """
    return _ask("ranking", results, **options)


def power(results: Given | Iterable[Given] | None = None, **options: Any) -> Answered:
    """Computes how many seeds, tasks, families and languages a claim about gains needs.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, fields of `analysis.questions.power.design`.
    """
    return _ask("power", results, **options)


def __getattr__(name: str) -> Callable[..., Answered]:
    """A question that has no function of its own here."""
    if not name.startswith("_") and code_of(name) is not None:
        return partial(_ask, name)
    raise AttributeError(f"no question {name!r}; there are {', '.join(QUESTIONS)}, and those of plugins")
