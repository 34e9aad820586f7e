"""A table of distances between languages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.stats.arrays import Floats

COLUMNS = ("language", "other", "kind", "distance")

KINDS = ("syntactic", "phonological", "inventory", "genetic", "geographic", "script")
"""The kinds that questions are asked about by default; a table may hold others."""


@dataclass(frozen=True, slots=True)
class Distances:
    """Distances between pairs of languages.

    Attributes:
        frame: columns `COLUMNS`; codes of the vocabulary with `language` < `other`, distances from
            0 to 1, each pair of a kind once. A language lies 0 from itself, which is not listed.
        source: where the table was read.
        left_out: what the source holds that is not used, and why.
        derivable: kinds whose missing pairs follow from what is known of two languages, on the same scale.
    """

    frame: pd.DataFrame
    source: str
    left_out: tuple[str, ...] = ()
    derivable: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds in the table: the known ones first."""
        found = {str(kind) for kind in self.frame["kind"].unique()}
        return tuple(k for k in KINDS if k in found) + tuple(sorted(found - set(KINDS)))

    def matrix(self, kind: str, languages: Sequence[str]) -> Floats:
        """Distances of one kind, (languages, languages), 0 on the diagonal, NaN where missing.

        Raises:
            UsageError: the table has no such kind.
        """
        rows = self._of(kind)
        place = {code: i for i, code in enumerate(languages)}
        known = rows[rows["language"].isin(place) & rows["other"].isin(place)]
        square = np.full((len(languages), len(languages)), np.nan)
        np.fill_diagonal(square, 0.0)
        first = known["language"].map(place).to_numpy(dtype=np.int64)
        second = known["other"].map(place).to_numpy(dtype=np.int64)
        square[first, second] = square[second, first] = known["distance"].to_numpy(dtype=np.float64)
        return square

    def between(self, kind: str, first: pd.Series[str], second: pd.Series[str]) -> Floats:
        """Distance of one kind for each pair, (n,), NaN where missing.

        Raises:
            UsageError: the table has no such kind.
        """
        (rows, ours), (columns, theirs) = pd.factorize(first), pd.factorize(second)
        codes = sorted({*map(str, ours), *map(str, theirs)})
        place = {code: i for i, code in enumerate(codes)}
        square = self.matrix(kind, codes)
        pairs = square[np.ix_([place[str(code)] for code in ours], [place[str(code)] for code in theirs])]
        picked: Floats = pairs[rows, columns]
        return picked

    def with_others(self, more: Distances) -> Distances:
        """This table and the kinds of another; a kind that both hold is taken from the other."""
        kept = self.frame[~self.frame["kind"].isin(more.kinds)]
        frame = pd.concat([kept, more.frame], ignore_index=True)
        derivable = tuple(kind for kind in self.derivable if kind not in more.kinds)
        return Distances(frame, f"{self.source}; {more.source}", (*self.left_out, *more.left_out), derivable)

    def with_rows(self, more: pd.DataFrame) -> Distances:
        """This table and further pairs, columns `COLUMNS`, language < other."""
        return replace(self, frame=pd.concat([self.frame, more], ignore_index=True))

    def _of(self, kind: str) -> pd.DataFrame:
        rows = self.frame[self.frame["kind"] == kind]
        if rows.empty:
            raise UsageError(f"no {kind!r} distances in {self.source}; it holds {', '.join(self.kinds)}")
        return rows


def tidy(frame: pd.DataFrame, source: str, left_out: Sequence[str] = ()) -> Distances:
    """Distances from rows in any direction, checked.

    Args:
        frame: columns `COLUMNS`.
        source: where they were read, for messages.
        left_out: what was not used so far.

    Raises:
        InputError: distances outside 0 to 1, or two different distances of one pair.
    """
    rows = frame[list(COLUMNS)].astype({"language": str, "other": str, "kind": str, "distance": float})
    rows = rows[rows["distance"].notna() & (rows["language"] != rows["other"])]
    faults = [
        f"distance {row.distance:g} of {row.language} and {row.other} ({row.kind}) is outside 0 to 1"
        for row in rows[(rows["distance"] < 0) | (rows["distance"] > 1)].itertuples()
    ]
    ordered = np.sort(rows[["language", "other"]].to_numpy(dtype=str), axis=1)
    rows = rows.assign(language=ordered[:, 0], other=ordered[:, 1])
    pairs = rows.groupby(["kind", "language", "other"])["distance"]
    spread = pairs.max() - pairs.min()
    faults += [
        f"{kind} distance of {a} and {b} is given twice and differs" for kind, a, b in spread.index[spread > 1e-9]
    ]
    if faults:
        raise InputError(source, faults)
    rows = rows.drop_duplicates(["kind", "language", "other"]).sort_values(["kind", "language", "other"])
    return Distances(rows.reset_index(drop=True), source, tuple(left_out))
