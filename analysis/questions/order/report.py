"""The answer on the order of intermediate tasks, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.answer import Answer, Effect, Says
from analysis.gains.contrasts import effect_of, items_said, verdict
from analysis.questions.order.runs import ASIDE
from analysis.questions.order.terms import ORDER, ROBUSTNESS
from analysis.wording import answered, p_text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.questions.order.fit import OrderFit

QUESTION = "Does the order of intermediate tasks change robustness to perturbation?"
QUESTIONS = ("Does the order of intermediate tasks change the score on clean text?", QUESTION)
TERMS = (ORDER, ROBUSTNESS)


def report(fit: OrderFit) -> Answer:
    """The answer on robustness, with what the order does on clean text beside it.

    `yes`: after Holm over all contrasts asked, some pair differs by more than chance, and the
    margin does not hold the difference. `no`: every pair is equivalent within the margin. `mixed`: some
    differ, all others are equivalent. `cannot-tell`: nothing differs, and not all are equivalent.
    """
    clean, robust = answers(fit)
    if fit.because:
        return robust
    sure = robust.sure if fit.perturbations else clean.sure
    return fit.as_answer(
        QUESTION,
        robust.says,
        f"{robust.text} On clean text: {answered(clean.says, clean.text)}",
        f"{sure}{item_sentence(fit)}",
        hinges=(*robust.hinges, *clean.hinges),
        effects=(*robust.effects, *clean.effects),
        tables=_tables(fit),
    )


def answers(fit: OrderFit) -> tuple[Answer, Answer]:
    """On clean text, and on robustness."""
    clean, robust = (_part(q, fit, t) for q, t in zip(QUESTIONS, TERMS, strict=True))
    return clean, robust


def _part(question: str, fit: OrderFit, term: str) -> Answer:
    because = fit.because
    if not because and term == ROBUSTNESS and not fit.perturbations:
        aside = [line for line in fit.left_out if line.startswith(ASIDE)]
        because = "; ".join(aside) or "the sequences were not evaluated on perturbed text"
    if because:
        return replace(fit, because=because).untold(question)
    rows = fit.contrasts[fit.contrasts["term"] == term]
    shown = rows.apply(verdict, axis=1, margin=fit.design.margin, alpha=fit.design.alpha)
    if term == ROBUSTNESS:
        shown = shown.where(~rows.apply(_of_the_scale, axis=1, fit=fit) | ~shown.isin(("more", "less")), "scale")
    return fit.as_answer(
        question,
        _says(shown),
        _text(rows, shown, fit),
        _sure(rows, fit),
        hinges=_hinges(rows, fit, term),
        effects=(
            *(_effect(row, fit) for _, row in rows.sort_values(["p_value", "first"]).iterrows()),
            *item_effects(fit, term),
        ),
        tables=_tables(fit),
    )


def _says(shown: pd.Series[str]) -> Says:
    differ = shown.isin(("more", "less"))
    if differ.any():
        return "mixed" if (differ | (shown == "equal")).all() and not differ.all() else "yes"
    return "no" if (shown == "equal").all() else "cannot-tell"


def _of_the_scale(row: pd.Series[Any], fit: OrderFit) -> bool:
    """True if the difference in points is not one in effective robustness, which could be told."""
    for name, other in _others(row, fit, ROBUSTNESS):
        if name == "effective robustness":
            return not (other["p_value"] < fit.design.alpha and other["estimate"] * row["estimate"] > 0)
    return False


def _text(rows: pd.DataFrame, shown: pd.Series[str], fit: OrderFit) -> str:
    if (shown == "untold").all():
        return f"Cannot tell, because {rows['because'].iloc[0]}."
    parts = [_sentence(row) for _, row in rows[shown.isin(("more", "less"))].iterrows()]
    if (equal := int((shown == "equal").sum())) > 0:
        parts.append(f"{_of(equal, rows)} within ±{fit.design.margin:g} points (two one-sided tests).")
    for _, row in rows[shown == "scale"].iterrows():
        parts.append(
            f"{_sentence(row)} That is what its clean scores let expect: effective robustness shows no such difference."
        )
    if (open_ := shown == "open").any():
        nearest = rows[open_].sort_values("p_value").iloc[0]
        parts.append(f"{_of(int(open_.sum()), rows)} open; the nearest: {_sentence(nearest)}")
    if (untold := int((shown == "untold").sum())) > 0:
        parts.append(f"{_of(untold, rows)} without an estimate.")
    return " ".join(parts)


def _of(count: int, rows: pd.DataFrame) -> str:
    return f"{count} of {len(rows)} contrasts {'is' if count == 1 else 'are'}"


def _sentence(row: pd.Series[Any]) -> str:
    """The contrast with the better order first."""
    names, sign = (row["first"], row["second"]), 1
    low, high = row["low"], row["high"]
    if row["estimate"] < 0:
        names, sign, (low, high) = (row["second"], row["first"]), -1, (-high, -low)
    points = f"{sign * row['estimate']:.2f} points [{low:+.2f}, {high:+.2f}], p after Holm {p_text(row['p_holm'])}"
    if row["term"] == ORDER:
        return f"{names[0]} is ahead of {names[1]} by {points}."
    return f"Under {row['perturbation']}, {names[0]} keeps more than {names[1]} by {points}."


def _sure(rows: pd.DataFrame, fit: OrderFit) -> str:
    known = rows[rows["because"] == ""]
    if known.empty:
        return f"No contrast has an interval ({fit.setting})."
    seeds, cells = (_range(known[name]) for name in ("seeds", "cells"))
    smallest = _range(known["detectable"].round(2))
    return (
        f"Each contrast rests on {seeds} seeds, over {cells} cells (target, language) that stay fixed "
        f"({fit.setting}); a difference of {smallest} points would be found with 80 % power before "
        f"Holm's adjustment. {items_said(rows, paired=not fit.items.empty)}"
    )


def _range(values: pd.Series[float]) -> str:
    low, high = values.min(), values.max()
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _hinges(rows: pd.DataFrame, fit: OrderFit, term: str) -> tuple[str, ...]:
    hinges = []
    for _, row in rows[rows["because"] == ""].iterrows():
        found = row["p_value"] < fit.design.alpha
        sign = 1 if row["estimate"] > 0 else -1
        for name, other in _others(row, fit, term):
            seen = other["p_value"] < fit.design.alpha
            if seen != found or (seen and sign * other["estimate"] < 0):
                said = f"{other['estimate']:+.2f}, p = {p_text(other['p_value'])}"
                hinges.append(
                    f"{row['first']} against {row['second']} ({row['perturbation']}): by {name} it is {said}."
                )
    return tuple(hinges)


def _others(row: pd.Series[Any], fit: OrderFit, term: str) -> list[tuple[str, pd.Series[Any]]]:
    """The same contrast by the mixed model and on other scales of robustness, larger being better."""
    found = []
    for frame, label in ((fit.mixed, "term"), (fit.scales, "measure")):
        if frame.empty:
            continue
        mine = (frame["first"] == row["first"]) & (frame["second"] == row["second"]) & (frame["because"] == "")
        mine &= (frame["perturbation"] == row["perturbation"]) if term == ROBUSTNESS else frame[label] == ORDER
        mine &= frame[label] != (ORDER if term == ROBUSTNESS else "")
        for _, other in frame[mine].iterrows():
            name = "the mixed model" if label == "term" else str(other["measure"])
            found.append((name, _turned(other) if name == "relative drop" else other))
    return found


def _turned(row: pd.Series[Any]) -> pd.Series[Any]:
    turned = row.copy()
    turned["estimate"] = -row["estimate"]
    return turned


def _effect(row: pd.Series[Any], fit: OrderFit) -> Effect:
    under = f", {row['perturbation']} − clean" if row["term"] == ROBUSTNESS else ""
    return effect_of(row, f"{row['first']} − {row['second']}{under}", fit.design.level)


def _tables(fit: OrderFit) -> dict[str, pd.DataFrame]:
    tables = {
        "contrasts": fit.contrasts,
        "robustness": fit.robustness,
        "mixed_model": fit.mixed,
        "other_scales": fit.scales,
        "beside": fit.beside,
        "items": fit.items,
        "items_by_run": fit.item_runs,
        "item_model": fit.item_model,
    }
    return {name: frame for name, frame in tables.items() if len(frame)}


METHOD = "orders exchanged item by item, these runs; p after Holm"

MODEL = "hierarchical model of items and runs, approximate (statsmodels BinomialBayesMixedGLM); p not adjusted"


def item_effects(fit: OrderFit, term: str) -> tuple[Effect, ...]:
    """Effects from stored items: the model of items, and one effect per pair of orders, target and text."""
    if fit.items.empty:
        return ()
    return (*_model_effects(fit, term), *_exchanged(fit, term))


def _model_effects(fit: OrderFit, term: str) -> tuple[Effect, ...]:
    rows = fit.item_model
    rows = rows[rows["term"] == term] if len(rows) else rows
    return tuple(
        Effect(
            f"{row['first']} − {row['second']}, {row['perturbation']}, item by item", MODEL,
            "logits of getting an item right", row["estimate"], row["low"], row["high"], fit.design.level,
            row["p_value"], 0 if row["because"] else int(row["items"]), "items", row["because"],
        )
        for _, row in rows.iterrows()
    )  # fmt: skip


def _exchanged(fit: OrderFit, term: str) -> tuple[Effect, ...]:
    rows = fit.items[fit.items["term"] == term].sort_values(["p_value", "first", "target"])
    return tuple(
        Effect(
            f"{row['first']} − {row['second']} on {row['target']}, {row['perturbation']}", METHOD, "points",
            row["difference"], level=fit.design.level, p_value=row["p_holm"], n=int(row["items"]), n_of="items",
            because=row["because"],
        )
        for _, row in rows.iterrows()
    )  # fmt: skip


def item_sentence(fit: OrderFit) -> str:
    """Number of pairs of runs that get different items right, by McNemar's test; "" without items."""
    if fit.item_runs.empty:
        return ""
    tested = fit.item_runs[fit.item_runs["p_holm"].notna()]
    if tested.empty:
        return f" Items are stored, but none has McNemar's test: {fit.item_runs['because'].iloc[0]}."
    differ = int((tested["p_holm"] < fit.design.alpha).sum())
    return f" {differ} of {len(tested)} pairs of runs get different items right (McNemar's mid-p after Holm)."
