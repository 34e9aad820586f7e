"""Numbers that tools write into JSON, and in which unit: fractions of 1, or a unit of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, TypeGuard

from analysis.results.spreads import Spread

FRACTIONS = frozenset(
    {"acc", "acc_norm", "acc_mutual_info", "acc_bytes", "accuracy", "balanced_accuracy", "exact_match", "em", "f1",
     "mcc", "mc1", "mc2", "matthews_correlation", "pct_stereotype", "contains", "multi_choice_acc",
     "extractive_match", "precision", "recall", "f1_macro", "f1_micro", "macro_f1", "micro_f1", "weighted_f1",
     "qem", "pem", "pqem", "f1_score", "f1_score_macro", "f1_score_micro",
     "map", "mrr", "recip_rank", "rprec", "bpref", "hole", "top_1_accuracy"}
)  # fmt: skip
FRACTION_NAMES = re.compile(
    r"(?:quasi_)?(?:prefix_)?exact_match(?:@\d+)?|(?:\w+_)?acc|pass(?:@|_at_)\d+(?:[:_]\w+)?|"
    r"(?:ndcg|map|mrr|recall|precision|accuracy|hit_rate|p)(?:_cut)?[@_]?\d+|\w+_(?:accuracy|precision|recall|f1)"
)
"""Further metrics that are fractions of 1, in lower case, with - as _."""

AS_THEY_ARE = frozenset(
    {"ppl", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "likelihood_diff",
     "likelihood_difference", "bleu", "chrf", "chrf++", "ter"}
)  # fmt: skip


def scale_of(metric: str) -> float | None:
    """The factor from a tool's own number to points, None for metrics whose unit is not known."""
    name = metric.strip().casefold().replace("-", "_").replace(" ", "_")
    if name in AS_THEY_ARE:
        return 1.0
    return 100.0 if name in FRACTIONS or FRACTION_NAMES.fullmatch(name) else None


def is_number(value: object) -> TypeGuard[int | float]:
    """True if a JSON value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def stated_error(metrics: Mapping[str, Any], key: str) -> Spread | None:
    """The standard error beside a metric: `acc_stderr` of `acc`; none where it is "N/A"."""
    value = metrics.get(key)
    return Spread(se=float(value)) if is_number(value) and isfinite(value) else None
