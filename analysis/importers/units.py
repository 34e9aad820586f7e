"""In which unit tools write metrics that they compute themselves: fractions of 1, or a unit of their own."""

from __future__ import annotations

import re

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
