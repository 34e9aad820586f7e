"""Do the language families order the methods alike?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.gains.contrasts import with_holm
from analysis.questions.hierarchy.agreement import mean_ranks
from analysis.stats.arrays import CannotTellError, Floats, Ints
from analysis.stats.bradley_terry import same_hierarchy
from analysis.stats.concordance import kendall_w
from analysis.stats.equivalence import detectable_effect
from analysis.stats.least_squares import clustered, least_squares
from analysis.stats.ranks import block_ranks, friedman
from analysis.wording import some

if TYPE_CHECKING:
    from analysis.questions.hierarchy.blocks import Blocks, Complete
    from analysis.questions.hierarchy.design import HierarchyDesign, Singles

POOLED = "families of one language"
NEVER = float("nan")
MOST_PERMUTATIONS = 999
SHOWN = 5
"""Names listed in a sentence before it says `and … more`."""
EVERYWHERE = "it has the same rank in every block"
"""Why a method has no interval although families do not differ on it."""


@dataclass(frozen=True, slots=True)
class Families:
    """The order of methods in each language family.

    Attributes:
        ranks: one row a family and method: `family`, `name`, `mean_rank` (within the family, every
            target the same), `languages`, `targets`, `blocks`; `w` and `p_value` of Kendall's W
            with targets as clusters, `p_friedman` of Iman and Davenport's F with blocks taken as
            independent (NaN where they cannot be told).
        tests: one row a target, or one row `all targets` where every language has the same
            targets: `target`, `families`, `languages`, `statistic` (likelihood ratio of
            Bradley–Terry strengths by family), `df`, `p_value` (families' names exchanged between
            languages), `p_holm`, `because`.
        contrasts: one row a family and method: by how many `ranks` the method stands lower in the
            family than elsewhere, with the target held fixed; `low90`, `high90`, `low`, `high`
            (95 % for all contrasts together, errors by language, CR2), `df`, `p_value`, `p_holm`, `detectable`,
            `because`.
        p_value: of the hypothesis that the order is the same everywhere, after Holm over targets;
            NaN where it cannot be told.
        left_out: languages and families that were not used, or pooled.
        because: why it cannot be told, or "".
    """

    ranks: pd.DataFrame
    tests: pd.DataFrame
    contrasts: pd.DataFrame
    p_value: float
    left_out: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class _Labelled:
    """Blocks with the family of their language; (blocks, …) each."""

    scores: Floats
    target: Ints
    language: Ints
    family: Any


def families(blocks: Blocks, whole: Complete, design: HierarchyDesign, rng: np.random.Generator) -> Families:
    """Rank tables by family, the test that they agree, and how far they may differ."""
    labels, left_out = _labels(blocks, whole, design.singles)
    used = labels != ""
    mine = _Labelled(*(a[used] for a in (whole.scores, whole.target, whole.language, labels)))
    names = [blocks.methods[m] for m in whole.kept]
    size = min(design.size, MOST_PERMUTATIONS)
    ranks = _rank_tables(mine, names, rng, size)
    because = ""
    tests = pd.DataFrame(columns=["target", "families", "languages", "statistic", "df", "p_value", "p_holm", "because"])
    contrasts = pd.DataFrame()
    if len(set(mine.family)) < 2:
        because = "there is one language family" if used.any() else "no family has two languages in the blocks"
    elif _one_seed(blocks, whole):
        because = "one seed was run, so families cannot be told from the luck of a run"
    else:
        tests = _tests(blocks, mine, rng, size)
        contrasts = _contrasts(mine, names)
        if tests["p_holm"].isna().all():
            because = str(tests["because"].iloc[0])
    p_value = float(tests["p_holm"].min()) if len(tests) and not because else NEVER
    return Families(ranks, tests, contrasts, p_value, left_out, because)


def _one_seed(blocks: Blocks, whole: Complete) -> bool:
    there = ~np.isnan(blocks.scores[whole.kept])
    return blocks.ranked == "intermediate" and bool((there.any(axis=(1, 2)).sum(axis=1) < 2).any())


def _labels(blocks: Blocks, whole: Complete, singles: Singles) -> tuple[np.ndarray[Any, Any], tuple[str, ...]]:
    """The family of each block, "" where it is not used."""
    said = []
    languages = sorted(set(whole.language.tolist()))
    of = {i: blocks.families[i] for i in languages}
    if unknown := [blocks.languages[i] for i in languages if not of[i]]:
        said.append(f"no family is known of {some(unknown, SHOWN)}")
    members: dict[str, list[int]] = {}
    for i, family in of.items():
        members.setdefault(family, []).append(i)
    alone = [i for family, codes in members.items() if family and len(codes) == 1 for i in codes]
    text = ", ".join(f"{blocks.languages[i]} ({of[i]})" for i in alone)
    if len(alone) > 1 and singles == "pool":
        said.append(f"families of one language are pooled: {text}")
        of |= dict.fromkeys(alone, POOLED)
    elif alone:
        said.append(f"families of one language are left out of the comparison of families: {text}")
        of |= dict.fromkeys(alone, "")
    return np.array([of[int(i)] for i in whole.language], dtype=object), tuple(said)


def _rank_tables(mine: _Labelled, names: list[str], rng: np.random.Generator, size: int) -> pd.DataFrame:
    rows = []
    for family in sorted(set(mine.family)):
        here = mine.family == family
        scores, target = mine.scores[here], mine.target[here]
        codes = np.unique(target, return_inverse=True)[1]
        targets = int(codes.max()) + 1
        common: dict[str, Any] = {"languages": len(set(mine.language[here].tolist())), "targets": targets}
        common |= {"blocks": int(here.sum()), "w": NEVER, "p_value": NEVER, "p_friedman": NEVER}
        try:
            common["p_friedman"] = friedman(scores).p_f
            found = kendall_w(scores, rng=rng, clusters=target, size=size)
            common |= {"w": found.w, "p_value": found.p_value}
        except CannotTellError:
            pass
        order = sorted(zip(mean_ranks(scores, codes, targets).mean(axis=0).tolist(), names, strict=True))
        rows += [{"family": family, "name": name, "mean_rank": rank} | common for rank, name in order]
    return pd.DataFrame(rows)


def _tests(blocks: Blocks, mine: _Labelled, rng: np.random.Generator, size: int) -> pd.DataFrame:
    """One test over all targets where no language lacks any, else one a target.

    Languages of another set of targets are not exchangeable: what sets targets apart would pass for
    what sets families apart.
    """
    target, language = mine.target, mine.language
    sets = {tuple(sorted(target[language == i].tolist())) for i in set(language.tolist())}
    parts = [("all targets", np.ones(len(target), dtype=bool))]
    if len(sets) > 1:
        parts = [(blocks.targets[t], target == t) for t in np.unique(target)]
    rows = []
    for name, here in parts:
        label, code = mine.family[here], language[here]
        row: dict[str, Any] = {"target": name, "families": len(set(label)), "languages": len(set(code.tolist()))}
        row["because"] = ""
        try:
            found = same_hierarchy(mine.scores[here], label.astype(str), rng=rng, clusters=code, size=size)
            row |= {"statistic": found.statistic, "df": found.df, "p_value": found.p_value}
        except CannotTellError as error:
            row |= {"statistic": NEVER, "df": 0, "p_value": NEVER, "because": error.because}
        rows.append(row)
    return with_holm(pd.DataFrame(rows))


def _contrasts(mine: _Labelled, names: list[str]) -> pd.DataFrame:
    ranks = block_ranks(mine.scores)
    dummies = (mine.target[:, None] == np.unique(mine.target)).astype(np.float64)
    rows = []
    for family in sorted(set(mine.family)):
        inside = (mine.family == family).astype(np.float64)
        for m, name in enumerate(names):
            rows.append({"family": family, "name": name} | _contrast(dummies, inside, ranks[:, m], mine.language))
    return with_holm(_simultaneous(pd.DataFrame(rows)))


def _simultaneous(contrasts: pd.DataFrame) -> pd.DataFrame:
    """The ends `low` and `high` at 95 % for all contrasts together, so that none excludes 0 where Holm's p does not."""
    tests = max(1, int(contrasts["p_value"].notna().sum()))
    by = stdtrit(contrasts["df"], 1 - 0.025 / tests) / stdtrit(contrasts["df"], 0.975)
    ends = {end: contrasts["ranks"] + by * (contrasts[end] - contrasts["ranks"]) for end in ("low", "high")}
    return contrasts.assign(**ends)


def _contrast(dummies: Floats, inside: Floats, ranks: Floats, language: Ints) -> dict[str, Any]:
    """Difference in rank of a method inside a family, the targets held fixed."""
    keys = ("ranks", "low90", "high90", "low", "high", "df", "p_value", "detectable")
    if np.ptp(ranks) == 0:
        return dict.fromkeys(keys, NEVER) | {"ranks": 0.0, "because": EVERYWHERE}
    try:
        fit = least_squares(np.column_stack([dummies, inside]), ranks)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = clustered(fit, language)
    except CannotTellError as error:
        return dict.fromkeys(keys, NEVER) | {"because": error.because}
    estimate, error_of, df = float(fit.estimate[-1]), float(found.standard_error[-1]), float(found.df[-1])
    if not (error_of > 0 and np.isfinite(df)):
        because = "its rank does not vary between the languages of a family"
        return dict.fromkeys(keys, NEVER) | {"ranks": estimate, "because": because}
    halves = [float(stdtrit(df, q)) * error_of for q in (0.95, 0.975)]
    values = (
        estimate, estimate - halves[0], estimate + halves[0], estimate - halves[1], estimate + halves[1],
        df, float(found.p_value[-1]), detectable_effect(error_of, df),
    )  # fmt: skip
    return dict(zip(keys, values, strict=True)) | {"because": ""}
