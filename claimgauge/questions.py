"""The research questions as commands, built in and from plugins (`claimgauge.questions`): help and options of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.errors import UsageError
from analysis.plugins import Plugin, chosen
from analysis.registry.chosen_names import no_such
from claimgauge.language_tables import CONTROLS, DISTANCES, MEASURE
from claimgauge.moved import MovedOption
from claimgauge.outputs import OUTPUT_FILE
from claimgauge.plugged import help_of

if TYPE_CHECKING:
    from analysis.answer import Answer


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a command; its options are the fields of its design.

    Attributes:
        help: of the command. options: beside those that every question takes.
        leaderboard: an unexplained table is read as a leaderboard.
    """

    help: str
    options: tuple[click.Option, ...]
    leaderboard: bool = False


def option(name: str, default: object, text: str, kind: Any = None) -> click.Option:
    """An option whose default is shown where there is one."""
    shown = default is not None and not isinstance(default, tuple)
    return click.Option([name], default=default, type=kind, show_default=shown, help=text)


def seldom(name: str, default: object, text: str, kind: Any = None) -> click.Option:
    """An option that stands in claimgauge.toml, `[analyze.QUESTION]`."""
    return MovedOption([name], default=default, type=kind, help=text)


OVER = click.Choice(["seeds", "languages", "families"])
SCORES = click.Choice(["languages", "means"])
SINGLES = click.Choice(["pool", "leave"])
LEVEL = seldom("--level", 0.95, "Nominal coverage of the intervals.")
SPLIT = option("--split", None, "Split to use; per target the one with most scores by default.", str)
METRIC = option("--metric", None, "Metric to use; per target its main one by default.", str)


def size(default: int) -> click.Option:
    """Number of replicates."""
    return option("--size", default, "Replicates of the bootstrap.")


def _spreads(context: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, float] | None:  # noqa: ARG001
    """NAME=POINTS pairs as numbers."""
    found = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if name in found:
            raise UsageError(f"--spread {pair!r}: {name} is said twice")
        try:
            found[name] = float(value)
        except ValueError:
            raise UsageError(f"--spread {pair!r}: write NAME=POINTS, such as noise=0.5") from None
    return found or None


SPREADS = click.Option(
    ["--spread", "spreads"], multiple=True, callback=_spreads, metavar="NAME=POINTS",
    help="Standard deviation in place of the results' own; may be repeated.",
)  # fmt: skip

ITEMS = click.Option(
    ["--items"],
    default=None,
    type=click.Path(path_type=Path),
    help="Which items each run got right: items.parquet or items.csv, or a folder of runs that store them. "
    "What other items would give is then known from pairs; for orders, tests by item are added.",
)

QUESTIONS = {
    "distance": Question(
        """Does the gain (or score) fall with the distance of a language from the source language?

        The size of the pretraining text is held constant where it is published for the model, or
        what --controls holds, and what --hold names beside it. The specification curve refits every
        model under every choice, which takes about half of the time (seconds for 700 cells); over
        2,000 cells it is left out unless --specifications asks for it.

        \b
        Examples:
          claimgauge analyze distance runs.parquet
          claimgauge analyze distance --published --outcome score --kind script --no-specifications
          claimgauge analyze distance runs.parquet --distances lexical=asjp.csv --controls sizes.csv
          claimgauge analyze distance runs.parquet --distances vectors.npz --measure cosine --hold script
        """,
        (
            option("--outcome", "gain", "What falls: the gain or the score itself.", click.Choice(["gain", "score"])),
            click.Option(["--kind", "kinds"], multiple=True, help="Kind of distance, all by default; may be repeated."),
            DISTANCES,
            MEASURE,
            CONTROLS,
            click.Option(
                ["--pretraining/--no-pretraining"], default=True,
                help="Whether the published size of the pretraining text is held constant without --controls.",
            ),
            click.Option(
                ["--hold"], multiple=True, default=(), type=click.Choice(["fertility", "script"]),
                help="Hold constant too: the pieces that XLM-R's tokenizer makes of the language for one of English, "
                "or whether it has another script than the source; may be repeated.",
            ),
            option("--margin", 1.0, "Equivalence margin in points per standard deviation of distance."),
            MovedOption(["--matters"], type=float, now="is now --margin"),
            seldom("--permutations", 999, "Permutations of languages within families."),
            click.Option(
                ["--specifications/--no-specifications"], default=None,
                help="Whether to compute the curve; by default up to 2,000 cells.",
            ),
            MovedOption(
                ["--beside/--no-beside"], default=True, help="Whether to compute the estimates beside the deciding one."
            ),
            LEVEL,
            SPLIT,
            METRIC,
        ),
    ),
    "cost": Question(
        """At equal cost, does intermediate data bring more than further data of the target?

        \b
        Examples:
          claimgauge analyze cost runs.parquet --shared 9 --over families
          claimgauge analyze cost runs.parquet --tokens 128 --epochs 2 --split test
        """,
        (
            option("--shared", 1, "Targets that one intermediate checkpoint serves."),
            option("--margin", 0.5, "Points at equal cost, and per doubling of data, that would matter."),
            option("--over", "languages", "What the claim is about: these seeds, languages or families.", OVER),
            option("--tokens", None, "Tokens per text, to compute FLOPs where the table has none.", float),
            option("--epochs", 3.0, "Passes over the data, for the same."),
            seldom("--reach", 2.0, "Maximum extrapolation of the learning curve, as a multiple of its largest cost."),
            LEVEL,
            size(4000),
            SPLIT,
            METRIC,
        ),
    ),
    "hierarchy": Question(
        """Is there one hierarchy of intermediate tasks, and is it the same in every language family?

        \b
        Examples:
          claimgauge analyze hierarchy runs.parquet --details
          claimgauge analyze hierarchy --published --ranked model
          claimgauge analyze hierarchy --published --across-studies --study phang2020 --seed 1
        """,
        (
            ITEMS,
            option("--ranked", "intermediate", "What is ranked.", click.Choice(["intermediate", "model"])),
            option("--model", None, "Model whose intermediate tasks are ranked; by default the one with most.", str),
            option("--study", None, "Study; the one with most to rank by default.", str),
            option("--scores", "languages", "Rank by scores of single languages, or by means as printed.", SCORES),
            seldom("--singles", "pool", "Families of one language: pool or leave out.", SINGLES),
            seldom("--asked", 0.5, "Correlation between targets' orders from which there is one hierarchy."),
            option("--margin", 1.0, "Difference in mean rank that would matter between families."),
            LEVEL,
            size(2000),
        ),
    ),
    "order": Question(
        """Does the order of intermediate tasks matter, and does it change robustness to perturbation?

        \b
        Examples:
          claimgauge analyze order runs.parquet --margin 0.5
          claimgauge analyze order runs.parquet --items runs
        """,
        (
            ITEMS,
            option("--model", None, "Model; by default the one with most intermediate runs.", str),
            option("--study", None, "Study, likewise.", str),
            option("--margin", 1.0, "Equivalence margin in points."),
            LEVEL,
        ),
    ),
    "sources": Question(
        """Does intermediate data in another language serve as well as English, and do closer ones help more?

        \b
        Example:
          claimgauge analyze sources runs.parquet --reference en
        """,
        (
            ITEMS,
            option("--reference", None, "Language to compare with; English by default.", str),
            option("--model", None, "Model; by default the one with most source languages.", str),
            option("--study", None, "Study, likewise.", str),
            option("--margin", 1.0, "Equivalence margin in points."),
            LEVEL,
        ),
    ),
    "compare": Question(
        """Is one row of a leaderboard better than another: over all, by task, by language?

        A row is a model, or a run of one where the table holds several; any row may be the baseline, and without
        --model every other row is compared with it. Intervals hold for a whole table at once, p is Holm's.

        \b
        Examples:
          claimgauge analyze compare published:euroeval --model "XLM-R Large" --baseline rembert
          claimgauge analyze compare leaderboard.csv --assume split=test --baseline mbert --tables tables
        """,
        (
            option("--model", None, "Row asked about, by its label or its model's name; by default every other.", str),
            option("--baseline", None, "Row to compare with; by default the one with most scores.", str),
            option("--margin", 1.0, "Equivalence margin in points."),
            option("--study", None, "Study; all by default.", str),
            LEVEL,
            SPLIT,
            METRIC,
        ),
        leaderboard=True,
    ),
    "ranking": Question(
        """Which row of a leaderboard is best, how sure is its place, and what would change it?

        Missing cells are filled by row + cell (task, language); nothing is dropped for them. Beside the places:
        who is best by task and language, how far tasks order the rows alike, languages that are hard beyond
        their distance, the order without each task.

        \b
        Examples:
          claimgauge analyze ranking published:euroeval
          claimgauge analyze ranking leaderboard.csv --assume split=test --heat-map scores.png
        """,
        (
            click.Option(
                ["--heat-map"], type=OUTPUT_FILE,
                help="Draw the scores with means and places too: a file that ends in .svg, .pdf or .png.",
            ),
            option("--margin", 1.0, "Points between the first and the second that would matter."),
            seldom("--source", "en", "Language that distances are counted from."),
            click.Option(
                ["--kind", "kinds"], multiple=True,
                help="Kind of distance that hard languages are freed of; by default genetic, script; may be repeated.",
            ),
            option("--study", None, "Study; all by default.", str),
            LEVEL,
            size(2000),
            SPLIT,
            METRIC,
        ),
        leaderboard=True,
    ),
    "power": Question(
        """How many seeds, tasks, families and languages does a claim about gains need?

        \b
        Examples:
          claimgauge analyze power runs.parquet --effect 0.5
          claimgauge analyze power runs.parquet --power 0.9 --metric accuracy --vocabulary own.toml
          claimgauge analyze power runs.parquet --claim slope --seeds 5 --families 12
          claimgauge analyze power --seeds 3 --tasks 9 --families 8 --languages 2 --spread noise=0.5
        """,
        (
            option("--effect", 1.0, "Points to be found; for a slope, per standard deviation of distance."),
            option("--claim", "mean", "Which effect.", click.Choice(["mean", "slope"])),
            option("--about", "like these", "What the claim is about.", click.Choice(["these", "like these"])),
            option("--seeds", None, "Runs per task; as in the results by default.", int),
            option("--tasks", None, "Targets, likewise.", int),
            option("--families", None, "Language families, likewise.", int),
            option("--languages", None, "Languages per family, likewise.", int),
            SPREADS,
            seldom("--within", 0.5, "For a slope: share of the variance of distance within families."),
            option("--power", 0.8, "Power wanted."),
            option("--size", 100, "Simulated grids per design."),
            SPLIT,
            METRIC,
        ),
    ),
}  # fmt: skip
"""Name of the module in `analysis` → the question."""


@dataclass(frozen=True, slots=True)
class QuestionCode:
    """The code of a question.

    Attributes:
        design: class of what is asked, a subclass of `analysis.questions.design.Design`.
        fit: results and design → what was found. report: that → `analysis.answer.Answer`.
        made_by: distribution and version of the plugin it comes from; "" for one of this project.
        leaderboard: an unexplained table is read as a leaderboard.
    """

    design: Callable[..., Any]
    fit: Callable[..., Any]
    report: Callable[[Any], Answer]
    made_by: str = ""
    leaderboard: bool = False

    def fitted(self, results: Any, seed: int, words: Any, options: Mapping[str, Any]) -> Any:
        """The fit of the question on a results table.

        Args:
            results: the table; None where the question needs none.
            seed: of the random generator.
            words: the vocabulary; None: the one in use.
            options: name → value, fields of the design.

        Raises:
            UsageError: an option outside its range, or one that the design lacks.
        """
        known = {} if words is None else {"registry": words}
        takes = [name for name in getattr(self.design, "__dataclass_fields__", options) if name not in WITH_EACH]
        if unknown := sorted(set(options) - set(takes)):
            raise no_such("option", unknown[0], takes)
        return self.fit(results, self.design(seed=seed, **known, **options))


WITH_EACH = ("seed", "registry")
"""Fields of a design that are no options of its own."""
NEEDED = ("DESIGN", "fit", "report")
"""Attributes of a package that answers a question."""


def code_of(name: str) -> QuestionCode | None:
    """The code of a question, imported; None where there is none of that name.

    Raises:
        PluginError: its plugin does not load, or shares its name with another.
    """
    if name in QUESTIONS:
        module = import_module(f"analysis.questions.{name}")
        return QuestionCode(module.DESIGN, module.fit, module.report, leaderboard=QUESTIONS[name].leaderboard)
    plugin = chosen("questions", name, QUESTIONS)
    if plugin is None:
        return None
    found = plugin.load((*NEEDED, "HELP", "OPTIONS"))
    fit, report = plugin.guarded(found.fit), plugin.guarded(found.report)
    return QuestionCode(found.DESIGN, fit, report, plugin.origin, getattr(found, "LEADERBOARD", False))


def question_of(plugin: Plugin) -> Question:
    """Help and options of a plugin's question.

    Raises:
        PluginError: it does not load.
    """
    found = plugin.load((*NEEDED, "HELP", "OPTIONS"))
    options = tuple(found.OPTIONS)
    if "level" in getattr(found.DESIGN, "__dataclass_fields__", ()) and "level" not in {o.name for o in options}:
        options = (*options, LEVEL)
    return Question(help_of(plugin, found.HELP), options, getattr(found, "LEADERBOARD", False))
