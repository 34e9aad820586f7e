"""The answer on the language of the intermediate data, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.answer import Answer, Effect, Says
from analysis.gains.contrasts import effect_of, items_said, verdict
from analysis.questions.sources.closeness import STEPS
from analysis.stats.margins import Size, judged
from analysis.stats.multiplicity import holm
from analysis.wording import answered, counted, p_text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.questions.sources.closeness import DistanceEffect, Similarity
    from analysis.questions.sources.fit import SourcesFit

QUESTIONS = (
    "Does intermediate data in another language serve as well as data in {home}?",
    "Does intermediate data in a language closer to the evaluated one help more?",
)


def report(fit: SourcesFit) -> Answer:
    """Answers if other languages serve as well, and reports the effect of similarity.

    `yes`: every comparison is equivalent within the margin or better. `no`: every one is worse.
    `mixed`: some are worse, all others not. `cannot-tell`: some comparison is open.
    """
    well, closer = answers(fit)
    if fit.because:
        return well
    return fit.as_answer(
        well.question,
        well.says,
        f"{well.text} Closer sources help more: {answered(closer.says, closer.text)}",
        " ".join(filter(None, (well.sure, closer.sure))),
        hinges=(*well.hinges, *closer.hinges),
        effects=(*well.effects, *closer.effects),
        tables=well.tables,
    )


def answers(fit: SourcesFit) -> tuple[Answer, Answer]:
    """Answers if other languages serve as well, and if closer ones help more."""
    home = {"en": "English", "": "English"}.get(fit.reference, fit.reference)
    well, closer = QUESTIONS[0].format(home=home), QUESTIONS[1]
    if fit.because or fit.closeness is None:
        return fit.untold(well), fit.untold(closer)
    return _well(well, fit), _closer(closer, fit, fit.closeness)


def _well(question: str, fit: SourcesFit) -> Answer:
    rows = fit.contrasts
    shown = rows.apply(verdict, axis=1, margin=fit.design.margin, alpha=fit.design.alpha)
    return fit.as_answer(
        question,
        _says(shown),
        " ".join(_sentence(row, how, fit) for (_, row), how in zip(rows.iterrows(), shown, strict=True)),
        _sure(rows, fit),
        hinges=_hinges(rows, fit),
        effects=tuple(
            effect_of(row, f"{row['other']} − {row['reference']}", fit.design.level) for _, row in rows.iterrows()
        ),
        tables={"contrasts": rows, "by_target": fit.by_target, "by_language": fit.by_language},
    )


def _says(shown: pd.Series[str]) -> Says:
    if shown.isin(("open", "untold")).any():
        return "cannot-tell"
    worse = shown == "less"
    if worse.any():
        return "no" if worse.all() else "mixed"
    return "yes"


def _sentence(row: pd.Series[Any], how: str, fit: SourcesFit) -> str:
    if how == "untold":
        return f"{row['other']} against {row['reference']}: cannot tell, because {row['because']}."
    said = {
        "more": "better",
        "less": "worse",
        "equal": f"equal within ±{fit.design.margin:g} points (two one-sided tests)",
        "open": "open",
    }[how]
    return (
        f"{row['other']} against {row['reference']}: {said}, {row['estimate']:+.2f} points "
        f"[{row['low']:+.2f}, {row['high']:+.2f}], p after Holm {p_text(row['p_holm'])}."
    )


def _sure(rows: pd.DataFrame, fit: SourcesFit) -> str:
    known = rows[rows["because"] == ""]
    if known.empty:
        return f"No comparison has an interval ({fit.setting})."
    least, most = known["detectable"].min(), known["detectable"].max()
    seeds = f"{known['seeds'].min():g}" if known["seeds"].nunique() == 1 else f"{known['seeds'].min():g} or more"
    return (
        f"Comparisons rest on {seeds} seeds; targets and languages stay fixed ({fit.setting}); a difference of "
        f"{least:.2f}{f' to {most:.2f}' if most - least >= 0.005 else ''} points would be found with 80 % power "
        f"before Holm's adjustment. {items_said(rows, paired=fit.paired)}"
    )


def _hinges(rows: pd.DataFrame, fit: SourcesFit) -> tuple[str, ...]:
    hinges = []
    if (rows["sizes"] == "not stated").any():
        hinges.append("Sizes are not stated for a task used in two languages; they are taken as equal.")
    alpha = fit.design.alpha
    for _, row in rows[rows["because"] == ""].iterrows():
        able = row["smallest"] < alpha
        if able and (row["p_exchange"] < alpha) != (row["p_value"] < alpha):
            p_value = p_text(row["p_exchange"])
            hinges.append(
                f"{row['other']}: with its seeds' sides exchanged p is {p_value}, not {p_text(row['p_value'])}."
            )
    return tuple(hinges)


def _closer(question: str, fit: SourcesFit, c: Similarity) -> Answer:
    says, text = _closer_said(fit, c)
    sure = ""
    if not c.family.because:
        sure = f"The same family would be found with 80 % power if worth {c.family.detectable:.2f} points"
        sure += f", over {counted(c.families, 'family')}."
    return fit.as_answer(
        question,
        says,
        text,
        sure,
        hinges=_closer_hinges(fit, c),
        effects=(_worth(fit, c, c.family), _worth(fit, c, c.step)),
        tables={"by_language": fit.by_language},
    )


def _closer_said(fit: SourcesFit, c: Similarity) -> tuple[Says, str]:
    """`yes` needs a worth beyond chance that may reach the margin, `no` both to be worth less, or harm."""
    if c.family.because:
        return "cannot-tell", f"Cannot tell, because {c.family.because}."
    worths = [w for w in (c.family, c.step) if not w.because]
    adjusted = holm([w.p_value for w in worths]).tolist()
    text = " ".join(_worth_said(w, p) for w, p in zip(worths, adjusted, strict=True))
    sizes = [_held(w, p, fit) for w, p in zip(worths, adjusted, strict=True)]
    if "more" in sizes:
        return ("mixed" if "less" in sizes else "yes"), text
    if len(worths) == 2 and all(size == "equal" for size in sizes):
        return "no", f"{text} Neither the family nor all steps within it are worth {fit.design.margin:g} points."
    return ("no" if "less" in sizes else "cannot-tell"), text


def _held(worth: DistanceEffect, p_value: float, fit: SourcesFit) -> Size:
    """A worth against the margin, which all further steps together have."""
    margin = fit.design.margin if worth.of == "family" else fit.design.margin / (STEPS - 1)
    alpha = fit.design.alpha
    return judged(worth.estimate, p_value, worth.low90, worth.high90, margin=margin, alpha=alpha).size


def _worth_said(worth: DistanceEffect, p_value: float) -> str:
    what = {
        "family": "A source of the evaluated language's family is worth",
        "step": "Each step further (branch, the same language) is worth",
    }[worth.of]
    return f"{what} {worth.estimate:+.2f} points [{worth.low:+.2f}, {worth.high:+.2f}], p after Holm {p_text(p_value)}."


def _closer_hinges(fit: SourcesFit, c: Similarity) -> tuple[str, ...]:
    alpha = fit.design.alpha
    if c.family.because or c.permutation is None:
        return ()
    model = min(w.p_value for w in (c.family, c.step) if not w.because)
    if (c.permutation.p_value < alpha) == (model < alpha):
        return ()
    test = c.permutation
    found = f"{test.statistic:+.2f}, p = {p_text(test.p_value)} (smallest possible {p_text(test.smallest)})"
    return (f"With sources exchanged within families the correlation with closeness is {found}.",)


def _worth(fit: SourcesFit, c: Similarity, worth: DistanceEffect) -> Effect:
    name = "source of the same family" if worth.of == "family" else "each step closer within the family"
    method = "mixed model: sources fixed; cells, source by family, by language, checkpoints and runs random"
    return Effect(
        f"{name}, on the score", method, "points", worth.estimate, worth.low, worth.high, fit.design.level,
        worth.p_value, c.families, "families", worth.because,
    )  # fmt: skip
