"""The tasks that a study ran: the domains of "all intermediate tasks" and "the targets".

A study that states its tasks (studies.toml, or the file beside a table) is taken at its word; a publication's table
holds what the publication ran. Of a table of the user's own that holds some of the usual tasks nobody knows whether it
is finished: the usual tasks are meant until its study is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analysis.published.studies import StatedBy
from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary
from claims.assertion import Domain
from claims.checking.evidence import Evidence, Setting

XTREME = "xtreme"
FEWEST = 2
"""Tasks in a table from which they may be all that a study ran."""
NO_TASK = frozenset((BASELINE, BEST_PER_TARGET, MULTITASK))


def intermediates(
    domain: Domain, setting: Setting, evidence: Evidence, registry: Vocabulary, spoken_of: StatedBy | None
) -> tuple[str, ...]:
    """The intermediate tasks that the study of a setting ran, those of a kind where the domain names one."""
    names = _stated(setting, evidence) or _in_table(setting, evidence, registry)
    names = names or _finished(domain, setting, evidence) or _usual(spoken_of, evidence, registry)
    if domain.kind is None:
        return _counted(domain, names, names)
    of_kind = {
        *registry.tasks_of_kind("intermediate", domain.kind),
        *registry.tasks_of_kind("further_intermediate", domain.kind),
    }
    return _counted(domain, names, [name for name in names if name in of_kind])


def held_together(
    count: int, setting: Setting, evidence: Evidence, registry: Vocabulary, spoken_of: StatedBy | None
) -> bool:
    """True if the multi-task run of a study holds so many tasks: those that it states, or else all that it ran."""
    edition = evidence.studies.edition(setting.study, setting.version)
    if edition is not None and edition.multitask:
        return len(edition.multitask) == count
    return bool(intermediates(Domain("intermediates", size=count), setting, evidence, registry, spoken_of))


def targets(domain: Domain, setting: Setting, evidence: Evidence, registry: Vocabulary) -> tuple[str, ...]:
    """The targets that the study of a setting evaluated, or those of a benchmark that lists all of its tasks."""
    names = _own_targets(setting, evidence, registry) if domain.benchmark is None else ()
    if not names:
        benchmark = domain.benchmark or XTREME
        names = registry.targets_of(benchmark) if _listed(benchmark, registry) else ()
    return _counted(domain, names, [n for n in names if domain.kind in {None, *_kinds(n, registry)}])


def _counted(domain: Domain, names: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """The chosen tasks without the excluded ones; empty where their number, or an excluded task, is not the study's."""
    left = tuple(name for name in chosen if name not in domain.without)
    if domain.size is not None and (len(left) != domain.size or not set(domain.without) <= set(names)):
        return ()
    return left


def counted(domain: Domain, registry: Vocabulary, members: Sequence[str]) -> int | None:
    """The size of a domain; None where the registry lists only some of a benchmark's tasks and states no number."""
    benchmark = domain.benchmark or XTREME
    if domain.base != "targets" or domain.names or _listed(benchmark, registry):
        return len(members)
    stated = registry["benchmark"][benchmark].facts.get("n_tasks")
    return None if domain.kind or domain.without or stated is None else int(stated)


def _listed(benchmark: str, words: Vocabulary) -> bool:
    """True if the vocabulary holds every task of a benchmark."""
    return bool(words["benchmark"][benchmark].facts.get("n_tasks") == len(words.targets_of(benchmark)))


def _stated(setting: Setting, evidence: Evidence) -> tuple[str, ...]:
    own = evidence.studies.edition(setting.study, setting.version)
    return () if own is None else own.intermediates


def _finished(domain: Domain, setting: Setting, evidence: Evidence) -> tuple[str, ...]:
    """The tasks of a table that holds as many as the sentence states."""
    found = _single(dict.fromkeys(task for task, _ in sorted(evidence.runs.get(setting, ()))))
    whole = None if domain.size is None or domain.kind is not None else domain.size + len(domain.without)
    return found if len(found) == whole else ()


def _usual(spoken_of: StatedBy | None, evidence: Evidence, registry: Vocabulary) -> tuple[str, ...]:
    """The intermediate tasks of the study that a claim is about, or all known ones."""
    meant = None if spoken_of is None else evidence.studies.edition(*spoken_of)
    return (meant.intermediates if meant is not None else ()) or tuple(registry["intermediate"])


def _in_table(setting: Setting, evidence: Evidence, registry: Vocabulary) -> tuple[str, ...]:
    """The tasks of the rows, where they are a publication's or there are others than the usual ones among them."""
    usual = list(registry["intermediate"])
    tasks, _ = evidence.printed.get((setting.tier, setting.study, setting.version), ({}, {}))
    found = _single(tasks)
    if len(found) < FEWEST:
        found = _single(dict.fromkeys(task for task, _ in sorted(evidence.runs.get(setting, ()))))
        if len(found) < FEWEST or set(found) <= set(usual):
            return ()
    return tuple(sorted(found, key=lambda name: usual.index(name) if name in usual else len(usual)))


def _single(runs: Iterable[str]) -> tuple[str, ...]:
    """The intermediate runs on one task."""
    return tuple(run for run in runs if run not in NO_TASK and not re.search(r"[>+].", run))


def _own_targets(setting: Setting, evidence: Evidence, registry: Vocabulary) -> tuple[str, ...]:
    """The targets that a study states, or those of its printed table where none of them is an XTREME target."""
    edition = evidence.studies.edition(setting.study, setting.version)
    if edition is not None and edition.targets:
        return edition.targets
    _, found = evidence.printed.get((setting.tier, setting.study, setting.version), ({}, {}))
    own = [name for name in found if name not in registry["benchmark"]]
    return tuple(own) if len(own) >= FEWEST and not set(own) & set(registry.targets_of(XTREME)) else ()


def _kinds(target: str, registry: Vocabulary) -> frozenset[str]:
    entry = registry["target"].get(target)
    return frozenset() if entry is None or "kind" not in entry.facts else registry.kinds_above(entry.facts["kind"])
