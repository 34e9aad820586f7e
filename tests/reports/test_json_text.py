"""JSON as text, the bytes of the standard library."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.escapes import IN_JSON, json_escaped
from reports.json_text import indented

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_any_value_is_written_as_the_standard_library_writes_it_and_commands_no_terminal(value):
    # The keys of a record are ours; only strings in it come from others.
    assert json_escaped(indented(value, 0)) == json_escaped(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(indented(value, 0)) == value
    assert not IN_JSON.search(indented([value] if isinstance(value, str) else "", 0))


def test_every_line_is_as_far_from_the_margin_as_was_asked():
    assert indented({"a": [1], "b": []}, 2) == '  {\n    "a": [\n      1\n    ],\n    "b": []\n  }'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        indented([number], 0)


def test_a_thing_that_json_has_no_kind_for_is_refused():
    with pytest.raises(TypeError, match="not JSON serializable"):
        indented({"a": object()}, 0)
