"""Evidence of stored items: about the runs at hand, not about other seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.answer import Effect

if TYPE_CHECKING:
    from analysis.questions.order.fit import OrderFit

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
