"""Evidence of stored items: about the runs at hand, not about other seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.answer import Effect

if TYPE_CHECKING:
    from analysis.questions.order.fit import OrderFit

METHOD = "orders exchanged item by item, these runs; p after Holm"

MODEL = "hierarchical model of items and runs, approximate (statsmodels BinomialBayesMixedGLM); p not adjusted"


def item_effects(outcome: OrderFit, term: str) -> tuple[Effect, ...]:
    """Effects from stored items: the model of items, and one effect per pair of orders, target and text."""
    if outcome.items.empty:
        return ()
    return (*_model_effects(outcome, term), *_exchanged(outcome, term))


def _model_effects(outcome: OrderFit, term: str) -> tuple[Effect, ...]:
    rows = outcome.item_model
    rows = rows[rows["term"] == term] if len(rows) else rows
    return tuple(
        Effect(
            name=f"{row['first']} − {row['second']}, {row['perturbation']}, item by item",
            method=MODEL,
            unit="logits of getting an item right",
            estimate=row["estimate"],
            low=row["low"],
            high=row["high"],
            level=outcome.level,
            p_value=row["p_value"],
            n=0 if row["because"] else int(row["items"]),
            n_of="items",
            because=row["because"],
        )
        for _, row in rows.iterrows()
    )


def _exchanged(outcome: OrderFit, term: str) -> tuple[Effect, ...]:
    rows = outcome.items[outcome.items["term"] == term].sort_values(["p_value", "first", "target"])
    nan = float("nan")
    return tuple(
        Effect(
            name=f"{row['first']} − {row['second']} on {row['target']}, {row['perturbation']}",
            method=METHOD,
            unit="points",
            estimate=row["difference"],
            low=nan,
            high=nan,
            level=outcome.level,
            p_value=row["p_holm"],
            n=int(row["items"]),
            n_of="items",
            because=row["because"],
        )
        for _, row in rows.iterrows()
    )


def item_sentence(outcome: OrderFit) -> str:
    """Number of pairs of runs that get different items right, by McNemar's test; "" without items."""
    if outcome.item_runs.empty:
        return ""
    tested = outcome.item_runs[outcome.item_runs["p_holm"].notna()]
    if tested.empty:
        return f" Items are stored, but none has McNemar's test: {outcome.item_runs['because'].iloc[0]}."
    differ = int((tested["p_holm"] < 1 - outcome.level).sum())
    return f" {differ} of {len(tested)} pairs of runs get different items right (McNemar's mid-p after Holm)."
