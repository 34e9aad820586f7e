"""Values held against the annotation of the argument that takes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.arguments import KINDS, checked_value
from analysis.errors import UsageError

FITTING = {
    "bool": [True, np.bool_(False)],
    "int": [3, np.int64(-3)],
    "Count": [0, np.int64(7)],
    "float": [0.5, 1, np.float64(2)],
    "Amount": [0, 1e18, np.float64(0.5)],
    "str": ["", "a"],
    "PathLike[str]": ["a.csv", Path("a.csv")],
    "Path": ["a.csv", Path("a.csv")],
    "pd.DataFrame": [pd.DataFrame()],
    "Sequence[str]": [["a"], (), ("a", "b")],
    "Mapping[str, object]": [{}, {"split": "test", "seed": 3, "only": ["a"]}],
    "Mapping[str, str]": [{"claim": "Statement"}],
    "Mapping[str, float]": [{"noise": 0.5}],
    "None": [None],
}
REFUSED = {
    "bool": [1, "no", None],
    "int": [3.0, "3", True, None],
    "Count": [-1, 1.5, "a"],
    "float": ["1", float("nan"), float("inf"), True, None],
    "Amount": [-1, float("nan"), float("inf"), "1", None],
    "str": [3, None, b"a"],
    "PathLike[str]": ["", "a\0b", 3, None],
    "Path": ["", 3],
    "pd.DataFrame": [3, pd.Series([1])],
    "Sequence[str]": ["script", [3], 3, {"a": "b"}],
    "Mapping[str, object]": ["split=test", ["split=test"], {"split": None}, {1: "test"}],
    "Mapping[str, str]": ["claim=a", {"claim": 3}],
    "Mapping[str, float]": ["noise=1", {"noise": "a"}, {"noise": float("nan")}],
    "None": [0, ""],
}


def test_every_kind_has_examples_on_both_sides() -> None:
    assert set(FITTING) == set(REFUSED) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_the_kind_is_taken_and_another_refused_with_what_it_needs(kind: str) -> None:
    for value in FITTING[kind]:
        checked_value("thing", kind, value)
    for value in REFUSED[kind]:
        with pytest.raises(UsageError, match=r"^thing .* cannot be used; give "):
            checked_value("thing", kind, value)


def test_one_of_several_kinds_is_enough_and_the_error_names_all() -> None:
    checked_value("margin", "float | None", None)
    checked_value("by", 'Literal["tasks", "languages"] | None', "tasks")
    with pytest.raises(UsageError, match=r"by 'foo' cannot be used; give one of 'tasks', 'languages'$"):
        checked_value("by", 'Literal["tasks", "languages"] | None', "foo")
    with pytest.raises(UsageError, match=r"items 3 cannot be used; give a data frame or a path$"):
        checked_value("items", "pd.DataFrame | Path", 3)
    with pytest.raises(UsageError, match=r"level 'a' cannot be used; give a finite number \(between 0 and 1\)$"):
        checked_value("level", float, "a", "between 0 and 1")


def test_an_annotation_that_is_not_known_takes_everything() -> None:
    for value in (3, "a", None):
        checked_value("results", "Given | Iterable[Given] | None", value)


def test_a_long_value_is_shown_by_its_kind() -> None:
    with pytest.raises(UsageError, match="reports a DataFrame cannot be used"):
        checked_value("reports", "str", pd.DataFrame({"a": range(9)}))
