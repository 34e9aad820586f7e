"""Made-up gains with a stated slope on distance, for the tests of the question about distance."""

import numpy as np
import pandas as pd

from analysis.distances import shipped_distances
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate

LANGUAGES = (
    "de",
    "es",
    "ru",
    "hi",
    "fi",
    "hu",
    "tr",
    "kk",
    "ar",
    "he",
    "ta",
    "te",
    "sw",
    "yo",
    "th",
    "vi",
    "id",
    "ja",
    "ko",
    "zh",
)
TARGETS = ("xnli", "pawsx", "udpos", "panx")


def world(
    rng: np.random.Generator,
    slope: float,
    *,
    kind: str = "geographic",
    languages: tuple[str, ...] = LANGUAGES,
    targets: tuple[str, ...] = TARGETS,
    seeds: int = 2,
    ancestry: float = 0.0,
    noise: float = 0.5,
) -> pd.DataFrame:
    """Made-up scores whose gain changes by `slope` points per standard deviation of distance."""
    d = shipped_distances().matrix(kind, ["en", *languages])[0, 1:]
    z = (d - d.mean()) / (d.std() or 1.0)
    families = [str(vocabulary()["language"][code].facts["family"]) for code in languages]
    shared = {family: rng.normal(0, 1) for family in sorted(set(families))}
    rows = []
    for target in targets:
        metric = {"udpos": "f1", "panx": "f1"}.get(target, "accuracy")
        own = slope + rng.normal(0, 0.2)
        for i, language in enumerate(languages):
            gain = 3 + own * z[i] + ancestry * shared[families[i]] + rng.normal(0, noise)
            for seed in range(seeds):
                base = 60 + rng.normal(0, noise)
                for name, score in (("none", base), ("squad2", base + gain + rng.normal(0, noise))):
                    rows.append(
                        {
                            "intermediate": name,
                            "target": target,
                            "language": language,
                            "metric": metric,
                            "seed": seed,
                            "score": score,
                        }
                    )
    frame = pd.DataFrame(rows).assign(model="xlm-r-large", split="dev", provenance="synthetic")
    return validate(frame, "made-up.csv")
