"""Results tables of studies, written to disk, and the verdict on one claim by them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from analysis.registry.vocabulary import vocabulary
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.citations import NOTHING, Cited
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_with_citations
from claims.gathering import gather_evidence
from claims.verdict import Verdict

HEAD = "study,version,model,intermediate,target,split,metric,score,provenance\n"


def table(folder: Path, *rows: str, studies: str = "", name: str = "results.csv") -> Path:
    """A results table of rows "study,version,run,target,split,metric,score", with its studies declared beside it."""
    lines = []
    for row in rows:
        study, version, run, *rest = row.split(",")
        lines.append(",".join([study, version, "xlm-r-large", run, *rest, "published"]))
    path = folder / name
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    if studies:
        path.with_suffix(".studies.toml").write_text(studies, encoding="utf-8")
    return path


def contents(path: Path) -> tuple[bytes, ...]:
    """Of a table and of what stands beside it."""
    return tuple(file.read_bytes() for file in sorted(path.parent.glob(f"{path.stem}.*")))


@lru_cache
def gathered(results: tuple[tuple[Path, tuple[bytes, ...]], ...], built_in: bool) -> Evidence:
    """The evidence of files, gathered once for each of their contents."""
    return gather_evidence([path for path, _ in results], built_in=built_in)[0]


def verdict(claim: str, *results: Path, cited: Cited = NOTHING, built_in: bool = False) -> Verdict:
    evidence = gathered(tuple((path, contents(path)) for path in results), built_in)
    words = vocabulary()
    reading, whose = read_with_citations(claim, "no", cited, words, evidence.studies)
    return judge(reading, Context(evidence, default_definitions(), words, "phang2020", whose))
