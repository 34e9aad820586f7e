"""Into how many pieces a model's tokenizer splits a text of a language, beside its English translation."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from analysis.registry.vocabulary import Vocabulary
    from analysis.stats.arrays import Floats

FERTILITY = "tokenizer fertility"
"""Name of the control."""
PIECES = "xlm-r"
"""The tokenizer that was counted with."""


@cache
def _by_language() -> dict[str, float]:
    """Language → pieces for one piece of English; source and licence in `data/LICENSES.md`."""
    with as_file(files("analysis") / "data" / "fertility.csv") as path:
        table = pd.read_csv(path, keep_default_na=False, dtype={"fertility": float})
    return dict(zip(table["language"].astype(str), table["fertility"].astype(float), strict=True))


def tokenizer_fertility(models: pd.Series[str], languages: pd.Series[str], registry: Vocabulary) -> Floats:
    """log₂ of the pieces for one piece of English, (n,).

    NaN where a model has another tokenizer, or the language was not counted.
    """
    entries = {model: registry.find("model", model) for model in models.astype(str).unique()}
    counted = {model for model, e in entries.items() if e is not None and e.facts.get("pieces") == PIECES}
    ratios = [
        _by_language().get(code, np.nan) if model in counted else np.nan
        for model, code in zip(models.astype(str), languages.astype(str), strict=True)
    ]
    found: Floats = np.log2(np.array(ratios, dtype=np.float64))
    return found
