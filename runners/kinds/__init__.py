"""One module per form of task; a form is added here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.errors import UsageError
from runners.examples import Form
from runners.kinds.choice import CHOICE
from runners.kinds.classification import CLASSIFICATION
from runners.kinds.kind import Kind
from runners.kinds.mlm import MLM
from runners.kinds.span import SPAN
from runners.kinds.tagging import TAGGING

KINDS: Mapping[str, Kind] = {kind.form: kind for kind in (CLASSIFICATION, TAGGING, SPAN, CHOICE, MLM)}


def kind_of(form: Form) -> Kind:
    """The code of a form that has a head.

    Raises:
        UsageError: retrieval, which is evaluated without training (`runners.train.evaluation.retrieve`).
    """
    if form not in KINDS:
        raise UsageError(f"a task of the form {form!r} has no head to train; trainable are {', '.join(KINDS)}")
    return KINDS[form]
