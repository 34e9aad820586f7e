"""A few rows of every data set a plan needs, before anything is loaded whole or trained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.errors import ClaimgaugeError, InputError
from analysis.registry.vocabulary import Vocabulary
from runners.data import missing, sample
from runners.data.sources import FolderSource, Source
from runners.plan.check import Wanted, wanted
from runners.plan.intermediates import TEXT
from runners.plan.inventory import source_of
from runners.plan.plan import Plan


def check_data(plan: Plan, where: str, registry: Vocabulary, report: Callable[[str], None]) -> int:
    """Loads a few rows of every data set of a plan.

    Args:
        plan: without faults.
        where: its file or name, for the message.
        registry: the vocabulary.
        report: called with one line per data set.

    Returns:
        How many data sets were looked into.

    Raises:
        InputError: with one line per data set that cannot be loaded or does not fit its entry.
    """
    faults: list[str] = []
    count = 0
    sources: dict[bool, Source] = {
        False: source_of(plan.data),
        True: FolderSource(Path(plan.data.translated), translated=True),
    }
    for one in dict.fromkeys(_all(plan, registry, sources[False])):
        source = sources[one.translated]
        name = f"{one.task} {one.split} in {one.language}"
        try:
            rows = sample(one.task, one.language, one.split, source)
        except ClaimgaugeError as error:
            faults.append(f"{name}: {error}")
            report(f"FAILED  {name}")
            continue
        count += 1
        report(f"ok      {name}: {rows.origin}")
    if faults:
        raise InputError(where, faults)
    return count


def _all(plan: Plan, registry: Vocabulary, source: Source) -> Iterator[Wanted]:
    """Data sets that a plan needs, and those it uses where they exist: development data of training sets."""
    for one in wanted(plan, registry):
        yield one
        if one.split == "train" and not one.translated and one.task != TEXT:
            dev = Wanted(one.task, one.language, "dev")
            if not missing(*dev[:3], source) and not isinstance(source, FolderSource):
                yield dev
