"""Names chosen from a set: found as people write them, or refused with the nearest."""

from __future__ import annotations

import pytest

from analysis.errors import UsageError
from analysis.registry.chosen_names import chosen_language, chosen_name
from analysis.registry.vocabulary import vocabulary

MODELS = ("xlm-r-large", "intfloat/multilingual-e5-base", "setu4993/LaBSE", "sentence-transformers/LaBSE")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("xlm-r-large", "xlm-r-large"),
        ("XLM-R Large", "xlm-r-large"),
        ("xlm-roberta-large", "xlm-r-large"),
        ("multilingual-e5-base", "intfloat/multilingual-e5-base"),
        ("Multilingual E5 base", "intfloat/multilingual-e5-base"),
    ],
)
def test_a_name_is_found_by_any_spelling_and_without_its_maker(written: str, meant: str) -> None:
    assert chosen_name("model", written, MODELS, vocabulary(), "model") == meant


def test_a_name_that_several_makers_gave_is_refused_with_all_of_them() -> None:
    with pytest.raises(UsageError, match="'LaBSE' names 2 models: setu4993/LaBSE, sentence-transformers/LaBSE"):
        chosen_name("model", "LaBSE", MODELS)


def test_a_name_that_is_none_of_a_set_is_refused_with_the_nearest_and_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no split 'tets'; did you mean 'test'\?; there are dev, test"):
        chosen_name("split", "tets", ["dev", "test"])
    with pytest.raises(UsageError, match="no split 'foo'; there are dev, test"):
        chosen_name("split", "foo", ["dev", "test"])


def test_a_language_is_found_by_code_and_name_and_a_slip_is_refused() -> None:
    assert chosen_language("German", vocabulary()) == chosen_language("de", vocabulary()) == "de"
    with pytest.raises(UsageError, match="unknown language 'Germann'; did you mean 'de'"):
        chosen_language("Germann", vocabulary())
