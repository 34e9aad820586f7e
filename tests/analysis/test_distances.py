import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.distances import load_controls, load_distances, shipped_distances
from analysis.distances.derivation import coordinates, derived, genetic, geographic
from analysis.distances.features import cosine, hamming
from analysis.distances.table import tidy
from analysis.errors import InputError, UsageError
from analysis.registry.vocabulary import vocabulary

ROUNDED = 1e-9


class TestShippedTable:
    def test_the_derived_kinds_are_what_the_registry_gives_today(self) -> None:
        shipped = shipped_distances().frame
        again = derived(vocabulary())
        for kind in ("genetic", "geographic", "script"):
            ours = shipped[shipped["kind"] == kind].set_index(["language", "other"])["distance"]
            theirs = again[again["kind"] == kind].set_index(["language", "other"])["distance"]
            ours = ours[[not language.startswith("lab-") for language, _ in ours.index]]
            assert set(ours.index) == set(theirs.index)
            assert float((ours - theirs.reindex(ours.index)).abs().max()) <= ROUNDED

    def test_every_pair_of_the_registry_has_the_derived_kinds(self) -> None:
        real = sorted(code for code, entry in vocabulary()["language"].items() if not entry.facts.get("synthetic"))
        assert set(coordinates()) == set(real)
        for kind in ("genetic", "geographic", "script"):
            assert not np.isnan(shipped_distances().matrix(kind, real)).any()

    def test_languages_of_the_laboratory_are_compared_among_themselves_only(self) -> None:
        lab = [code for code, entry in vocabulary()["language"].items() if entry.facts.get("synthetic")]
        for kind in ("genetic", "script", "syntactic"):
            square = shipped_distances().matrix(kind, [*lab, "en"])
            assert not np.isnan(square[:-1, :-1]).any()
            assert np.isnan(square[-1, :-1]).all()

    @pytest.mark.parametrize("language", ["ar", "fa", "ms", "qu", "sw", "zh"])
    def test_languages_without_features_have_no_syntactic_distance(self, language: str) -> None:
        row = shipped_distances().matrix("syntactic", [language, "de", "en", "hi"])[0]
        assert np.isnan(row[1:]).all()

    def test_known_syntactic_distances(self) -> None:
        """0.4569 between English and French is the example in the description of lang2vec."""
        square = shipped_distances().matrix("syntactic", ["en", "fr"])
        assert square[0, 1] == square[1, 0] == pytest.approx(0.4569, abs=0.005)

    def test_no_two_languages_are_alike_in_syntax(self) -> None:
        frame = shipped_distances().frame
        real = ~frame["language"].str.startswith("lab-")
        assert frame.loc[real & (frame["kind"] == "syntactic"), "distance"].between(0.2, 1).all()

    def test_distances_of_sound_are_there_where_features_are_and_missing_elsewhere(self) -> None:
        table = shipped_distances()
        phonological = table.matrix("phonological", ["en", "fr", "ta", "it"])
        assert phonological[0, 1] == pytest.approx(0.2474)
        assert np.isnan(phonological[2:, :2]).all()
        inventory = table.matrix("inventory", ["en", "fr", "ta", "et"])
        assert np.isfinite(inventory[:3, :3]).all()
        assert np.isnan(inventory[3, :3]).all()

    def test_an_unknown_kind_names_those_there_are(self) -> None:
        with pytest.raises(UsageError, match="syntactic, phonological, inventory, genetic, geographic, script"):
            shipped_distances().matrix("lexical", ["de", "en"])


class TestDerivation:
    def test_genetic_distance_is_the_unshared_part_of_the_way(self) -> None:
        german, english, hindi, tamil = ("I", "Germanic"), ("I", "Germanic"), ("I", "Indo-Aryan"), ("D", "South")
        assert genetic(german, english) == pytest.approx(1 / 3)
        assert genetic(german, hindi) == pytest.approx(2 / 3)
        assert genetic(hindi, tamil) == 1.0

    def test_great_circles(self) -> None:
        assert geographic((0, 0), (0, 180)) == pytest.approx(1.0)
        assert geographic((0, 0), (0, 90)) == pytest.approx(0.5)
        assert geographic((90, 0), (-90, 50)) == pytest.approx(1.0)
        assert geographic((10, 20), (10, 20)) == 0.0

    def test_vectors_are_compared_where_both_are_known(self) -> None:
        first = np.array([1.0] * 6 + [0.0] * 6 + [np.nan])
        second = np.array([1.0] * 9 + [0.0] * 3 + [1.0])
        assert hamming(first, second) == pytest.approx(3 / 12)
        assert cosine(first, second) == pytest.approx(1 - 6 / np.sqrt(6 * 9))
        assert np.isnan(hamming(first[:9], second[:9]))
        assert np.isnan(cosine(np.zeros(12), second[:12]))


class TestImport:
    def write(self, folder: Path, name: str, text: str) -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_long_table_in_any_direction_and_with_other_codes(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, "d.csv", "language,other,kind,distance\neng,deu,lexical,0.5\nhi,en,lexical,0.8\n")
        table = load_distances(path)
        np.testing.assert_allclose(
            table.matrix("lexical", ["en", "de", "hi"]), [[0, 0.5, 0.8], [0.5, 0, np.nan], [0.8, np.nan, 0]]
        )

    def test_minus_one_is_missing_and_other_negatives_are_faults(self, tmp_path: Path) -> None:
        head = "language,other,kind,distance\nen,de,lexical,0.5\n"
        table = load_distances(self.write(tmp_path, "d.csv", head + "en,hi,lexical,-1\n"))
        assert np.isnan(table.matrix("lexical", ["en", "hi"])[0, 1])
        with pytest.raises(InputError, match="outside 0 to 1"):
            load_distances(self.write(tmp_path, "e.csv", head + "en,hi,lexical,-0.3\n"))

    def test_a_pair_given_twice_must_agree(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, "d.csv", "language,other,kind,distance\nen,de,x,0.5\nde,en,x,0.6\n")
        with pytest.raises(InputError, match="de and en is given twice"):
            load_distances(path)

    def test_a_square_matrix(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, "d.csv", ",en,de,xx\nen,0,0.5,0.1\nde,0.5,0,0.2\nxx,0.1,0.2,0\n")
        table = load_distances(path, kind="lexical")
        assert table.frame.values.tolist() == [["de", "en", "lexical", 0.5]]
        assert table.left_out == ("languages outside the vocabulary: xx",)

    def test_the_kind_must_be_known(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, "d.csv", ",en,de\nen,0,0.5\nde,0.5,0\n")
        with pytest.raises(InputError, match="which kind"):
            load_distances(path)

    def test_feature_vectors_from_json_and_csv_agree(self, tmp_path: Path) -> None:
        rng = np.random.default_rng(0)
        vectors = {code: rng.integers(0, 2, 20).tolist() for code in ("en", "de", "hi")}
        vectors["hi"][3] = "--"
        rows = "".join(f"{code},{','.join(map(str, values))}\n" for code, values in vectors.items())
        header = "language," + ",".join(f"S_{i}" for i in range(20)) + "\n"
        from_csv = load_distances(self.write(tmp_path, "f.csv", header + rows), kind="syntactic")
        from_json = load_distances(self.write(tmp_path, "f.json", json.dumps({"syntactic": vectors})))
        pd.testing.assert_frame_equal(from_csv.frame, from_json.frame)
        expected = np.mean([a != b for a, b in zip(vectors["en"], vectors["de"], strict=True)])
        assert from_csv.matrix("syntactic", ["en", "de"])[0, 1] == pytest.approx(expected)

    def test_vectors_of_lang2vec_give_every_kind_and_missing_stays_missing(self, tmp_path: Path) -> None:
        rng = np.random.default_rng(0)
        features = [f"S_{i}" for i in range(20)] + [f"INV_{i}" for i in range(12)]
        data = rng.integers(0, 2, (4, 32, 1)).astype(float)
        data[1, 20:] = -1.0
        data[2, 3:5] = -1.0
        codes = np.array(["eng", "deu", "hin", "xxx"])
        np.savez(tmp_path / "feature_averages.npz", langs=codes, feats=np.array(features), data=data)
        table = load_distances(tmp_path / "feature_averages.npz", measure="cosine")
        both = np.r_[0:3, 5:20]
        x, y = data[0, both, 0], data[2, both, 0]
        expected = 1 - x @ y / np.sqrt((x @ x) * (y @ y))
        assert table.matrix("syntactic", ["en", "hi"])[0, 1] == pytest.approx(expected)
        assert np.isnan(table.matrix("inventory", ["en", "de"])[0, 1])
        assert set(table.frame["language"]) | set(table.frame["other"]) == {"de", "en", "hi"}

    @pytest.mark.parametrize("broken", ["shape", "names", "no zip"])
    def test_other_arrays_are_refused(self, tmp_path: Path, broken: str) -> None:
        path = tmp_path / "f.npz"
        feats = np.array([f"{'X' if broken == 'names' else 'S'}_{i}" for i in range(12)])
        np.savez(path, langs=np.array(["eng"]), feats=feats, data=np.zeros((1, 12, 2 if broken == "shape" else 1)))
        if broken == "no zip":
            path.write_bytes(b"nothing")
        with pytest.raises(InputError):
            load_distances(path)

    def test_languages_without_features_are_left_out_by_name(self, tmp_path: Path) -> None:
        square = {"en": {"de": 0.4, "ar": 0.57, "zh": 0.57}, "ar": {"zh": 0.0, "de": 0.6}, "zh": {"de": 0.6}}
        table = load_distances(self.write(tmp_path, "d.json", json.dumps(square)), kind="syntactic")
        assert table.frame["language"].tolist() == ["de"]
        assert "ar, zh lie at distance 0" in table.left_out[0]

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("d.csv", "language,other,kind,distance\nen,de,x,abc\n"),
            ("d.json", "[1]"),
            ("d.json", "{"),
            ("d.txt", ""),
            ("d.csv", "language,other,kind,distance\nqq,rr,x,0.5\n"),
        ],
    )
    def test_what_holds_no_distances_is_one_clear_error(self, tmp_path: Path, name: str, text: str) -> None:
        with pytest.raises(InputError):
            load_distances(self.write(tmp_path, name, text), kind="x")

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no such file"):
            load_distances(tmp_path / "none.csv")

    def test_own_kinds_stand_beside_and_replace_the_shipped_ones(self) -> None:
        rows = [{"language": "en", "other": "de", "kind": kind, "distance": 0.9} for kind in ("genetic", "lexical")]
        both = shipped_distances().with_others(tidy(pd.DataFrame(rows), "mine.csv"))
        assert both.kinds == ("syntactic", "phonological", "inventory", "genetic", "geographic", "script", "lexical")
        assert both.matrix("genetic", ["en", "de"])[0, 1] == 0.9
        assert np.isnan(both.matrix("genetic", ["en", "hi"])[0, 1])


class TestControls:
    def test_facts_of_languages_are_read_by_code_or_name_and_missing_ones_are_absent(self, tmp_path: Path) -> None:
        path = tmp_path / "sizes.csv"
        path.write_text("language,GB,log\neng,300.5,-1\nGerman,66,\nxx,1,2\n", encoding="utf-8")
        found = load_controls(path)
        assert found.values == {"GB": {"en": 300.5, "de": 66.0}, "log": {"en": -1.0}}
        assert found.left_out == ("languages of sizes.csv outside the vocabulary: xx",)

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("language\nen\n", "at least one column of numbers"),
            ("language,GB\nen,many\n", "'many' is not a number"),
            ("language,GB\nen,1\neng,2\n", "'en' stands in two rows"),
            ("language,GB\nxx,1\n", "no language of the vocabulary"),
        ],
    )
    def test_what_holds_no_facts_is_one_clear_error(self, tmp_path: Path, text: str, fault: str) -> None:
        (tmp_path / "f.csv").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=fault):
            load_controls(tmp_path / "f.csv")
