"""Forms of data and the kinds of tasks that have them: what a task of one's own is by default, and what it needs."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.registry.vocabulary import Vocabulary

KIND_OF_FORM: Mapping[str, str] = {
    "classification": "classification",
    "tagging": "tagging",
    "span": "span_qa",
    "choice": "multiple_choice",
    "bitext": "sentence_retrieval",
    "ranking": "answer_retrieval",
}
METRICS_OF_FORM: Mapping[str, tuple[str, ...]] = {
    "classification": ("accuracy",),
    "tagging": ("f1",),
    "span": ("f1", "exact_match"),
    "choice": ("accuracy",),
    "bitext": ("accuracy",),
    "ranking": ("map@20",),
}
"""Kind and metrics of a user's task, where its table does not state them."""

NEEDS_OF_FORM: Mapping[str, str] = {
    "classification": "labels; fields first, label (second: of pairs)",
    "tagging": "labels; fields words, tags (conll, words and conllu have them)",
    "span": "fields question, context, answers (squad has them)",
    "choice": "fields first, options, label (second: a question)",
    "bitext": "files of format parallel, or mined with gold",
    "ranking": "files of format xquad_r or mewsli_x",
}
"""Needs of `[data.NAME]` beside form and files or hub."""


FORM_OF_KIND: Mapping[str, str] = {kind: form for form, kind in KIND_OF_FORM.items()} | {"entity_linking": "ranking"}


def form_of(kind: str, registry: Vocabulary) -> str:
    """The form of data of a kind of task, or of the more general kind it is; "" where it stands for several."""
    return next((form for general, form in FORM_OF_KIND.items() if general in registry.kinds_above(kind)), "")
