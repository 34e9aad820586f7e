"""Amount of pretraining text of a model by language, where that is published."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from analysis.registry.vocabulary import Vocabulary
    from analysis.stats.arrays import Floats

PRETRAINING = "pretraining size"
"""Name of the control."""


@cache
def _gib() -> dict[tuple[str, str], float]:
    """(corpus, language) → GiB of text; source and licence in `data/LICENSES.md`."""
    with as_file(files("analysis") / "data" / "pretraining.csv") as path:
        table = pd.read_csv(path, keep_default_na=False, dtype={"gib": float})
    return {(str(c), str(code)): gib for c, code, gib in table.itertuples(index=False)}


def pretraining_size(models: pd.Series[str], languages: pd.Series[str], registry: Vocabulary) -> Floats:
    """log₁₀ GiB of each language in each model's pretraining text, (n,).

    NaN where the model's corpus is not known or held no text of the language.
    """
    corpora = {model: _corpus(model, registry) for model in models.astype(str).unique()}
    sizes = [
        _gib().get((corpora[model], code), np.nan)
        for model, code in zip(models.astype(str), languages.astype(str), strict=True)
    ]
    found: Floats = np.log10(np.array(sizes, dtype=np.float64))
    return found


def _corpus(model: str, registry: Vocabulary) -> str:
    entry = registry.find("model", model)
    return str(entry.facts.get("pretraining", "")) if entry else ""
