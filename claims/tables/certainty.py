"""How surely a claim was read, as a number between 0 and 1, fitted on claims whose answer is known.

A logistic model of six features of the reading; its coefficients are in data/certainty.toml with the
claims and the date they were fitted on (`python benchmarks/claims/fit.py` writes them).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claims.tables.findings import Found
from claims.tables.forms.part import Part
from claims.tables.reading import Reading

FEATURES = ("links", "unread", "skipped", "denied", "indirect", "split")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted coefficients.

    Attributes:
        version: of the fit. intercept, weights: on the log-odds scale.
        threshold: from which certainty on a verdict is given.
        fitted_on: the claims, in words.
    """

    version: str
    intercept: float
    weights: Mapping[str, float]
    threshold: float
    fitted_on: str


@cache
def calibration() -> Calibration:
    """The shipped calibration."""
    text = resources.files("claims.tables").joinpath("data/certainty.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Calibration(data["version"], data["intercept"], data["weights"], data["threshold"], data["fitted_on"])


def features(reading: Reading, deciding: list[tuple[Part, Found]], truth: str) -> dict[str, float]:
    """What the certainty depends on.

    Args:
        reading: of the claim.
        deciding: the parts with this truth, with what was found.
        truth: "true" or "false".
    """
    parts = [part for part, _ in deciding]
    stating = [part for part in reading.parts if part.formula is not None or part.states]
    counted = stating if truth == "true" else parts
    unread = [len(part.unread) for part in counted]
    return {
        "links": min(part.sure for part in parts),
        "unread": float(min(sum(unread) if truth == "true" else min(unread), 8)),
        "skipped": float(truth == "true" and not reading.complete),
        "denied": float(truth == "true" and reading.denied),
        "indirect": float(any(part.form in ("effect", "ablation", "value") for part in parts)),
        "split": 1.0 - min(found.share if truth == "true" else 1.0 - found.share for _, found in deciding),
    }


def certainty(values: Mapping[str, float], fitted: Calibration | None = None) -> float:
    """The certainty of a reading with these features."""
    fitted = fitted or calibration()
    odds = fitted.intercept + sum(fitted.weights[name] * values[name] for name in FEATURES)
    return 1.0 / (1.0 + math.exp(-odds))
