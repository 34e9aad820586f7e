"""Figures from Python: `plot.matrix(results)` and its like give a matplotlib Figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from analysis.arguments import is_path, refused
from analysis.plugins import chosen
from claimgauge.api.arguments import check_options, checked
from claimgauge.api.given import Given
from claimgauge.api.tables import inputs_of
from claimgauge.language_tables import with_language_tables
from claimgauge.outputs import check_writable
from claimgauge.progress import ShownProgress
from claimgauge.questions import QUESTIONS, code_of

if TYPE_CHECKING:
    from analysis.design import Count
    from analysis.plugins import Plugin
    from claimgauge.api.verifying import Verification
    from claimgauge.inputs import Inputs

Figure: TypeAlias = Any
"""A matplotlib figure; only `reports` imports that library."""


def _matrix(inputs: Inputs, seed: int, *, model: str | None = None, split: str | None = None) -> Figure:
    import numpy as np

    from reports.figures import matrix as figure
    from reports.matrix import transfer_matrix
    from reports.matrix_models import matrix_of_all

    rng, words = np.random.default_rng(seed), inputs.words
    if model is None:
        return figure.draw(matrix_of_all(inputs.table, split=split, rng=rng, words=words))
    return figure.draw(transfer_matrix(inputs.table, model=model, split=split, rng=rng, words=words))


def _scores(inputs: Inputs, seed: int, *, by: Literal["tasks", "languages"] | None = None, **given: Any) -> Figure:
    from reports.figures import scores as figure

    return figure.draw(_fitted("ranking", inputs, seed, given), by=by)


def _ranks(inputs: Inputs, seed: int, *, critical_difference: bool = False, **given: Any) -> Figure:
    from reports.figures import ranks as figure

    draw = figure.draw_critical_difference if critical_difference else figure.draw
    return draw(_fitted("hierarchy", inputs, seed, given), inputs.words)


def _specification(inputs: Inputs, seed: int, **given: Any) -> Figure:
    from analysis.questions import distance
    from reports.figures import specification as figure

    found = _fitted("distance", inputs, seed, {"specifications": True, **_kinds(given, inputs)})
    asked = distance.report(found).question
    return figure.draw(found.curve, question=asked, synthetic="synthetic" in found.cells.provenance)


def _distance(inputs: Inputs, seed: int, **given: Any) -> Figure:
    return _of_question("distance", inputs, seed, specifications=False, permutations=1, **_kinds(given, inputs))


def _kinds(given: dict[str, Any], inputs: Inputs) -> dict[str, Any]:
    """The options with `kinds` only where some were named, and the tables of distances read."""
    given = with_language_tables({"distances": (), "measure": "hamming", **given}, inputs.table, inputs.words)
    kinds = given.pop("kinds", ())
    return {**given, "kinds": kinds} if kinds else given


def _fitted(name: str, inputs: Inputs, seed: int, given: Mapping[str, Any]) -> Any:
    """The fit of a question."""
    code = code_of(name)
    assert code is not None
    return code.fitted(inputs.table, seed, inputs.words, given)


def _of_question(name: str, inputs: Inputs, seed: int, **given: Any) -> Figure:
    """The figure of a question, drawn by the module of its name from what was found."""
    figure: Figure = import_module(f"reports.figures.{name}").draw(_fitted(name, inputs, seed, given))
    return figure


FIGURES: Mapping[str, Callable[..., Figure]] = {
    "matrix": _matrix,
    "scores": _scores,
    "distance": _distance,
    "specification": _specification,
    "ranks": _ranks,
}
"""Name → what draws it from results, a random seed and options; others are their question's."""


OF_LEADERBOARDS = frozenset({"scores"})
"""Figures for which an unexplained table is read as a leaderboard."""


def plugin_of(name: str) -> Plugin | None:
    """The plugin (`claimgauge.figures`) that draws a figure; None where this project does, or none does.

    Raises:
        PluginError: two plugins share the name.
    """
    if name in FIGURES or name in OF_VERDICTS or _is_of_a_question(name):
        return None
    return chosen("figures", name, FIGURES)


def plugged(plugin: Plugin) -> Any:
    """The module of a figure plugin: `draw`, `HELP`, `OPTIONS`.

    Raises:
        PluginError: it does not load, or bears the name of a module of figures.
    """
    if plugin_of(plugin.name) is None:
        raise plugin.fault("bears a name that claimgauge has itself, and is left out")
    return plugin.load(("draw", "HELP", "OPTIONS"))


def _is_of_a_question(name: str) -> bool:
    return name in QUESTIONS and find_spec(f"reports.figures.{name}") is not None


def drawn(name: str, inputs: Inputs, seed: int, options: Mapping[str, Any]) -> Figure:
    """A figure of results; one that a plugin draws is signed with its name."""
    import numpy as np

    plugin = plugin_of(name)
    with ShownProgress("drawing"):
        if plugin is None:
            draw = FIGURES.get(name, partial(_of_question, name))
            check_options(draw, options, f"the figure {name}")
            return draw(inputs, seed, **options)
        from reports.style import signed

        draw = plugin.guarded(plugged(plugin).draw)
        figure = draw(inputs.table, rng=np.random.default_rng(seed), words=inputs.words, **options)
        return plugin.guarded(signed)(figure, f"drawn by a plugin, {plugin.origin}")


def _claims(data: Mapping[str, Any], where: str) -> Figure:
    from reports.figures import claims as figure
    from reports.figures.stated import statements

    return figure.draw(statements(data, where))


def _calibration(data: Mapping[str, Any], where: str) -> Figure:
    from reports.figures import calibration as figure

    return figure.draw(figure.ratings(data, where))


OF_VERDICTS: Mapping[str, Callable[[Mapping[str, Any], str], Figure]] = {"claims": _claims, "calibration": _calibration}
"""Name → what draws it from the record of a verdicts.json and its path."""


@checked
def _draw_verdicts(name: str, verdicts: str | PathLike[str] | Verification) -> Figure:
    import json

    from claimgauge.api.verifying import Verification
    from reports.verdicts_read import load_verdicts

    if isinstance(verdicts, Verification):
        return OF_VERDICTS[name](json.loads(verdicts.to_json()), "verdicts")
    if not is_path(verdicts):
        raise refused("verdicts", verdicts, "a verdicts.json, or what claimgauge.verify returns")
    return OF_VERDICTS[name](load_verdicts(Path(verdicts)), str(verdicts))


@checked
def _draw(
    name: str,
    results: Given | Iterable[Given] | None = None,
    *,
    published: bool = False,
    across_studies: bool = False,
    assume: Mapping[str, object] | None = None,
    seed: Count = 0,
    **options: Any,
) -> Figure:
    given = {"published": published, "across_studies": across_studies, "leaderboard": name in OF_LEADERBOARDS}
    inputs = inputs_of(results, assume=assume, **given)
    return drawn(name, inputs, seed, options)


def matrix(results: Given | Iterable[Given] | None = None, **options: Any) -> Figure:
    """The transfer matrix: gain of every run on every target.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, `model`, `split`.
    """
    return _draw("matrix", results, **options)


def scores(results: Given | Iterable[Given] | None = None, **options: Any) -> Figure:
    """A heat map of scores by task or language, with the mean of every row and the places it may hold.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, `by`, `study`, `split`, `metric`.
    """
    return _draw("scores", results, **options)


def distance(results: Given | Iterable[Given] | None = None, **options: Any) -> Figure:
    """Gain or score of every language by its distance from the source language.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, `outcome`, `kinds`, `split`, `metric`.
    """
    return _draw("distance", results, **options)


def specification(results: Given | Iterable[Given] | None = None, **options: Any) -> Figure:
    """The slope over distance under every defensible choice.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, `outcome`, `kinds`, `split`, `metric`.
    """
    return _draw("specification", results, **options)


def order(results: Given | Iterable[Given] | None = None, **options: Any) -> Figure:
    """Clean and perturbed scores of two orders of the same intermediate tasks.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, `model`, `study`, `margin`.
    """
    return _draw("order", results, **options)


def cost(results: Given | Iterable[Given] | None = None, **options: Any) -> Figure:
    """Score over training cost, and gain over extra cost.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, `shared`, `tokens`, `epochs`, `split`.
    """
    return _draw("cost", results, **options)


def ranks(results: Given | Iterable[Given] | None = None, **options: Any) -> Figure:
    """Places of intermediate tasks or models with their intervals, ties and families.

    Args:
        results: files, `published:STUDY`, or data frames.
        options: `published`, `across_studies`, `assume`, `seed`, `ranked`, `model`, `study`, `scores`,
            `critical_difference`.
    """
    return _draw("ranks", results, **options)


def claims(verdicts: str | PathLike[str] | Verification) -> Figure:
    """Every number that claims state, beside what was measured.

    Args:
        verdicts: a verdicts.json, or what `verify` returns.
    """
    return _draw_verdicts("claims", verdicts)


def calibration(verdicts: str | PathLike[str] | Verification) -> Figure:
    """Calibration of a report's confidences: stated confidence against the share of claims that hold.

    Args:
        verdicts: a verdicts.json, or what `verify` returns.
    """
    return _draw_verdicts("calibration", verdicts)


@checked
def save(figure: Figure, path: str | PathLike[str]) -> None:
    """Writes a figure as .svg, .pdf or .png; the same input gives the same bytes.

    Raises:
        UsageError: the ending is another, or there is no figure. InputError: nothing can be written there.
    """
    from reports.style import check_ending
    from reports.style import save as written

    if not hasattr(figure, "savefig"):
        raise refused("figure", figure, "a figure of claimgauge.plot")
    check_ending(Path(path))
    check_writable(Path(path))
    written(figure, Path(path))


def __getattr__(name: str) -> Callable[..., Figure]:
    """The figure of a question, or of a plugin, that has no function of its own here."""
    if not name.startswith("_") and (_is_of_a_question(name) or plugin_of(name) is not None):
        return partial(_draw, name)
    known = ", ".join(dict.fromkeys((*FIGURES, *filter(_is_of_a_question, QUESTIONS), *OF_VERDICTS)))
    raise AttributeError(f"no figure {name!r}; there are {known}, and those of plugins")
