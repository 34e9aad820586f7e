"""Suggested runs: which missing training runs would settle how many claims.

A claim is settled only when all runs it waits for are there. So the runs are not ranked one by
one: at each step the set of runs is chosen that settles the most claims per new run, given the
runs of the steps before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.registry.vocabulary import BASELINE

if TYPE_CHECKING:
    from claims.verdict import Settle

KEPT_PLACES = 8
CANDIDATES = 300


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """A claim as a link: its anchor on the page and what it is called there."""

    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to run.

    Attributes:
        runs: (model, its new runs) in their order.
        targets: to evaluate them on. splits: of the cells.
        settles: claims that are settled by it. total: claims settled with all steps so far.
        places: the first of these claims.
    """

    runs: tuple[tuple[str, tuple[str, ...]], ...]
    targets: tuple[str, ...]
    splits: tuple[str, ...]
    settles: int
    total: int
    places: tuple[ClaimLink, ...]

    @property
    def n_runs(self) -> int:
        """Number of runs it needs."""
        return sum(len(names) for _, names in self.runs)


def run_name(run: str) -> str:
    """A run as it is called on the page; the run without intermediate training by what it is."""
    return "baseline" if run == BASELINE else run


@dataclass(slots=True)
class _Group:
    """Claims that wait for the same runs."""

    runs: tuple[str, ...]
    bits: int
    claims: int = 0
    targets: dict[str, None] = field(default_factory=dict)
    splits: dict[str, None] = field(default_factory=dict)
    places: list[ClaimLink] = field(default_factory=list)


@dataclass(slots=True)
class NextRuns:
    """Takes in what would settle each claim; holds one entry per distinct set of runs.

    Attributes:
        waiting: claims that wait for runs.
    """

    waiting: int = 0
    _groups: dict[frozenset[str], _Group] = field(default_factory=dict)
    _bits: dict[str, int] = field(default_factory=dict)

    def add(self, settle: Settle | None, place: ClaimLink) -> None:
        """Takes in one claim."""
        if settle is None or not settle.runs:
            return
        self.waiting += 1
        key = frozenset(settle.runs)
        if key not in self._groups:
            bits = sum(self._bits.setdefault(run, 1 << len(self._bits)) for run in dict.fromkeys(settle.runs))
            self._groups[key] = _Group(settle.runs, bits)
        group = self._groups[key]
        group.claims += 1
        group.targets.update(dict.fromkeys(settle.targets))
        group.splits.update(dict.fromkeys([settle.split] if settle.split else []))
        if len(group.places) < KEPT_PLACES:
            group.places.append(place)

    def steps(self, most: int = 5) -> tuple[Step, ...]:
        """The first steps, the most claims per new run first."""
        left = sorted(self._groups.values(), key=lambda g: (-g.claims / len(g.runs), len(g.runs)))
        found: list[Step] = []
        done = total = 0
        while left and len(found) < most:
            best = max(left[:CANDIDATES], key=lambda g: _worth(g, left, done))
            new = best.bits & ~done
            done |= best.bits
            settled = [group for group in left if not group.bits & ~done]
            left = [group for group in left if group.bits & ~done]
            total += sum(group.claims for group in settled)
            found.append(self._step(new, settled, total))
        return tuple(found)

    def _step(self, new: int, settled: list[_Group], total: int) -> Step:
        by_model: dict[str, list[str]] = {}
        for run in (run for run, bit in self._bits.items() if bit & new):
            model, _, name = run.rpartition(": ")
            by_model.setdefault(model, []).append(name)
        places = [place for group in settled for place in group.places]
        return Step(
            tuple((model, tuple(names)) for model, names in by_model.items()),
            tuple(dict.fromkeys(target for group in settled for target in group.targets)),
            tuple(dict.fromkeys(split for group in settled for split in group.splits)),
            sum(group.claims for group in settled),
            total,
            tuple(places[:KEPT_PLACES]),
        )


def _worth(group: _Group, left: list[_Group], done: int) -> tuple[float, int]:
    """Claims settled per new run; among equals the fewer runs."""
    after = done | group.bits
    cost = (group.bits & ~done).bit_count()
    gain = sum(other.claims for other in left if not other.bits & ~after)
    return gain / cost, -cost
