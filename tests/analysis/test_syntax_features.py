import numpy as np
import pytest

from analysis.distances import grammar, shipped_distances
from analysis.distances.grammar import KIND, by_features, decoded, encoded, features_of
from analysis.registry.vocabulary import vocabulary

WORDS = vocabulary()


@pytest.mark.parametrize("code", ["ar", "fa", "ms", "sw", "zh", "yo", "am"])
def test_languages_without_a_precomputed_distance_have_one_from_their_features(code):
    (row,) = by_features([("en", code)], WORDS).itertuples(index=False)
    ours, theirs = features_of(row.language, WORDS), features_of(row.other, WORDS)
    both = ~(np.isnan(ours) | np.isnan(theirs))
    expected = 1 - sum(ours[both] * theirs[both]) / np.sqrt(sum(ours[both] ** 2) * sum(theirs[both] ** 2))
    assert row.distance == pytest.approx(expected)
    assert 0 < row.distance < 1


def test_features_go_with_the_precomputed_distances_and_are_another_scale():
    frame = shipped_distances().frame
    ready = frame[(frame["kind"] == "syntactic") & ~frame["language"].str.startswith("lab")]
    ours = by_features(zip(ready["language"], ready["other"], strict=True), WORDS)
    both = ready.merge(ours, on=["language", "other"])
    assert len(both) > 700
    assert both["distance_x"].corr(both["distance_y"]) == pytest.approx(0.74, abs=0.01)
    assert KIND not in shipped_distances().kinds


def test_a_variety_has_the_features_of_its_language_and_an_unknown_name_has_none():
    assert np.array_equal(features_of("zh-Hant", WORDS), features_of("zh", WORDS), equal_nan=True)
    assert features_of("no language", WORDS) is None


def test_features_are_written_and_read_back():
    features = np.array([0, 1, 0.5, np.nan, 1 / 3])
    assert encoded(features) == "063-2"
    assert np.allclose(decoded("063-2"), features, equal_nan=True)
    with pytest.raises(ValueError, match="sixth"):
        encoded(np.array([0.123]))
    assert {len(row) for row in grammar._features().values()} == {103}
