"""Languages outside the vocabulary reach distances, controls, families and the question about distance."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.distances import completed, load_controls, load_distances, shipped_distances
from analysis.questions import distance
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate

WORDS = vocabulary()

MBERT = tuple(
    """af sq ar an hy ast az ba eu bar be bn bpy bs br bg my ca ceb ce zh cv hr cs da nl en et fi fr gl ka de el gu ht
    he hi hu is io id ga it ja jv kn kk ky ko la lv lt lmo nds lb mk mg ms ml mr min mn ne new nb nn oc fa pms pl pt pa ro
    ru sco sr hbs scn sk sl aze es su sw sv tl tg ta tt te th tr uk ur uz vi vo war cy fy pnb yo""".split()  # noqa: SIM905
)
"""Wikipedias that multilingual BERT was trained on."""


def square(path: Path) -> Path:
    rng = np.random.default_rng(0)
    half = np.triu(rng.uniform(0.1, 0.9, (len(MBERT), len(MBERT))), 1)
    pd.DataFrame(half + half.T, index=list(MBERT), columns=list(MBERT)).to_csv(path)
    return path


def test_no_language_of_a_table_of_distances_or_of_controls_is_dropped(tmp_path: Path) -> None:
    codes = [code for code in MBERT if code != "aze"]  # which is az again
    table = square(tmp_path / "all.csv")
    pd.read_csv(table, index_col=0, keep_default_na=False).loc[codes, codes].to_csv(table)
    found = load_distances(table, kind="lexical")
    assert found.left_out == ()
    assert len({*found.frame["language"], *found.frame["other"]}) == len(codes) > 100
    sizes = tmp_path / "sizes.csv"
    sizes.write_text("language,GB\n" + "".join(f"{code},{i}\n" for i, code in enumerate(codes)), encoding="utf-8")
    controls = load_controls(sizes)
    assert controls.left_out == ()
    assert len(controls.values["GB"]) == len(codes)


def test_distances_that_follow_from_facts_are_there_for_any_language() -> None:
    pairs = [("am", "en"), ("lt", "en"), ("lt", "lv"), ("zh-Hant", "en"), ("zh-Hant", "zh"), ("eo", "en")]
    table = completed(shipped_distances(), pairs, WORDS)
    found = {(r.kind, r.language, r.other): r.distance for r in table.frame.itertuples()}
    assert found["genetic", "am", "en"] == 1
    assert found["genetic", "en", "lt"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["genetic", "lt", "lv"] == pytest.approx(1 / 3, abs=1e-4)
    assert 0.1 < found["geographic", "am", "en"] < 0.5
    assert (found["script", "am", "en"], found["script", "en", "lt"]) == (1, 0)
    assert ("genetic", "en", "eo") not in found
    assert found["script", "en", "eo"] == 0
    assert found["genetic", "en", "zh-Hant"] == found["genetic", "en", "zh"]
    assert (found["script", "zh", "zh-Hant"], found["genetic", "zh", "zh-Hant"]) == (1, 0)
    assert not any(kind in {"syntactic", "phonological"} and "am" in pair for kind, *pair in found)


def test_a_table_of_others_is_not_completed_by_another_measure(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("language,other,kind,distance\nen,de,genetic,0.4\n", encoding="utf-8")
    table = completed(shipped_distances().with_others(load_distances(path)), [("am", "en")], WORDS)
    assert list(table.frame[table.frame["kind"] == "genetic"]["language"]) == ["de"]
    assert ((table.frame["kind"] == "script") & (table.frame["language"] == "am")).any()


def scores(codes: list[str]) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    rows = [
        {"model": "m", "intermediate": task, "target": "xnli", "split": "test", "language": code, "seed": seed,
         "score": 60 + rng.normal(0, 1) + 2 * (task == "mnli")}
        for code in codes
        for task in ("none", "mnli")
        for seed in (1, 2)
    ]  # fmt: skip
    return validate(pd.DataFrame(rows), "made-up")


def test_the_question_about_distance_is_asked_of_all_languages_and_names_those_without_family() -> None:
    codes = ["am", "om", "lt", "lv", "ne", "xh", "zu", "ig", "km", "lo", "mn", "hy", "is", "ga", "eo"]
    found = distance.fit(scores(codes), distance.DESIGN(kinds=("genetic",), specifications=False, permutations=9))
    used = found.cells.frame
    assert set(used["language"]) == set(codes) - {"eo"}
    assert used["genetic"].notna().all()
    assert dict(zip(used["language"], used["family"], strict=True))["xh"] == "Atlantic-Congo"
    assert any(line.startswith("eo: no family is known") for line in found.cells.left_out)


def test_features_of_a_wanted_language_outside_the_vocabulary_are_read(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    codes = ["eng", "deu", "amh", "abk"]
    features = [f"S_{i}" for i in range(20)]
    path = tmp_path / "f.npz"
    np.savez(path, langs=codes, feats=features, data=rng.integers(0, 2, (4, 20, 1)).astype(float))
    found = load_distances(path, languages=["am", "zh-Hant"])
    assert set(map(tuple, found.frame[["language", "other"]].to_numpy())) == set(combinations(["am", "de", "en"], 2))
