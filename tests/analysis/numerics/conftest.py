"""Reference numbers of other implementations, and the data beside the project."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shared_files import shared

REFERENCE = Path(__file__).parents[2] / "reference"


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20210)


@pytest.fixture(scope="session")
def reference() -> Callable[[str], Any]:
    """The content of a frozen file: JSON as it is, CSV with a header as a record array."""

    def load(name: str) -> Any:
        path = REFERENCE / name
        if path.suffix == ".json":
            return json.loads(path.read_text(encoding="utf-8"))
        if name.startswith(("matrix_", "ratings")):
            return np.genfromtxt(path, delimiter=",")
        if name == "phylogeny.csv":
            with path.open(encoding="utf-8") as lines:
                return list(csv.DictReader(lines))
        return np.genfromtxt(path, delimiter=",", names=True)

    return load


@pytest.fixture(scope="session")
def results() -> Path:
    """The results of others beside the project."""
    return shared("results")


@pytest.fixture(scope="session")
def baycomp(results: Path) -> Any:
    """Mean accuracies, (54 data sets, 5 classifiers): nbc, aode, hnb, j48, j48gr."""
    return np.genfromtxt(results / "baycomp" / "acc_mean.csv", delimiter=",", skip_header=1)
