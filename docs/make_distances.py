"""Writes the shipped distances; run by hand when the registry of languages or a source changes.

    python docs/make_distances.py                     genetic, geographic, script
    python docs/make_distances.py FEATURES.json       also syntactic, from Litmus' precomputed features
    python docs/make_distances.py AVERAGES.npz        also phonological, inventory, syntax features

AVERAGES.npz is lang2vec/data/feature_averages.npz of the package lang2vec 1.1.2 (`pip download
lang2vec==1.1.2 --no-deps`; a wheel is a zip file). FEATURES.json is litmus/data/precomputed_features.min.json
of github.com/microsoft/Litmus, commit 0f5c85b. It holds a matrix per model without the languages; their order is
`ORDER`, from that repository's litmus/config.py. See analysis/data/DISTANCES.md.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.distances import load_distances
from analysis.distances.derivation import DECIMALS, derived
from analysis.distances.features import LEAST_SHARED
from analysis.distances.grammar import encoded
from analysis.registry.vocabulary import vocabulary

DATA = Path(__file__).parents[1] / "analysis" / "data"

ORDER = {
    "mbert": """af sq ar hy ast az ba eu bar be bn bs br bg my ca ceb ce zh cv cs da nl en et fi fr gl ka de
        el gu ht he hi hu is id ga it ja jv kn kk ky ko lv lt nds lb mk mg ms ml mr min ne new no oc fa pms
        pl pt pa ro ru sk sl es su sw sv tl tg ta tt te tr uk ur uz vi war cy fy yo th""",
    "xlmr": """af am ar as az be bg bn br bs ca cs cy da de el en es et eu fa fi fr fy ga gd gl gu ha he hi
        hu hy id is it ja jv ka kk km kn ko ku ky lo lt lv mg mk ml mr ms my ne nl no om or pa pl ps pt ro
        ru sd si sk sl so sq su sv sw ta te th tl tr ug uk ur uz vi xh yi zh""",
}


def syntactic(path: Path) -> pd.DataFrame:
    """The syntactic distances of both models' matrices, which must agree where they overlap."""
    matrices = json.loads(path.read_text(encoding="utf-8"))["syntactic_distance"]
    pairs: dict[str, dict[str, float]] = {}
    for model, order in ORDER.items():
        codes = order.split()
        for first, row in zip(codes, matrices[model], strict=True):
            for second, distance in zip(codes, row, strict=True):
                known = pairs.setdefault(first, {}).setdefault(second, distance)
                if known != distance:
                    sys.exit(f"the matrices disagree about {first} and {second}: {known} and {distance}")
    with tempfile.TemporaryDirectory() as folder:
        square = Path(folder) / "syntactic.json"
        square.write_text(json.dumps(pairs), encoding="utf-8")
        table = load_distances(square, kind="syntactic")
    sys.stderr.write("".join(f"left out: {line}\n" for line in table.left_out))
    return table.frame


def sound(path: Path) -> pd.DataFrame:
    """Phonological and inventory distances; says how the syntactic ones compare with those of Litmus."""
    frame = load_distances(path, measure="cosine").frame
    ours = frame[frame["kind"] == "syntactic"]
    both = ours.merge(pd.read_csv(DATA / "distances_syntactic.csv", keep_default_na=False), on=["language", "other"])
    r = both["distance_x"].corr(both["distance_y"])
    apart = (both["distance_x"] - both["distance_y"]).mean()
    sys.stderr.write(f"syntactic, beside Litmus: {len(both)} pairs, r = {r:.2f}, mean difference {apart:+.2f}\n")
    _write_syntax(path)
    kept = frame[frame["kind"] != "syntactic"]
    return kept.assign(distance=kept["distance"].round(DECIMALS))


def _write_syntax(path: Path) -> None:
    """The syntactic features of every language that has enough for a distance."""
    with np.load(path, allow_pickle=False) as held:
        codes, names, data = held["langs"], held["feats"], held["data"][:, :, 0]
    values = data[:, [str(name).startswith("S_") for name in names]]
    values = np.where(values < 0, np.nan, values)
    rows = [
        (code, encoded(row)) for code, row in zip(codes, values, strict=True) if np.sum(~np.isnan(row)) >= LEAST_SHARED
    ]
    table = pd.DataFrame(sorted(rows), columns=["language", "sixths"])
    table.to_csv(DATA / "syntax_features.csv", index=False, lineterminator="\n")


MAKERS = {".json": ("distances_syntactic.csv", syntactic), ".npz": ("distances_sound.csv", sound)}


def main() -> None:
    """Writes the files."""
    derived(vocabulary()).to_csv(DATA / "distances.csv", index=False, lineterminator="\n")
    for path in map(Path, sys.argv[1:]):
        name, make = MAKERS[path.suffix]
        make(path).to_csv(DATA / name, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
