"""Throws made-up and mangled inputs at everything that reads what others wrote.

Each target may answer or refuse with one of our own errors; any other exception, an answer that takes longer than
the limit, or a text that commands a terminal is a find, which is printed with the smallest input that shows it.
Words are drawn from our own formats, so that the inputs get past the first check of a reader.

    python benchmarks/fuzz.py                         # every target for one minute
    python benchmarks/fuzz.py readers --minutes 30
    python benchmarks/fuzz.py --seed 7                # other inputs
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from analysis.errors import ClaimgaugeError
from analysis.files.escapes import COMMANDING
from analysis.time_limit import TimeLimitError, time_limit

LIMIT = 20.0
"""Seconds an input may take."""
ROUND = 100
"""Inputs between two looks at the clock."""

CLAIMS = (
    "MNLI has 392,702 training examples.",
    "SQuAD improves TyDiQA by 3.1 points, but QQP hurts it.",
    "A is better than B on xnli by 2 points on average.",
    "Almost all intermediate tasks improve XNLI.",
    "On average, A gains 8.2 ± 0.3 points over B (p < 0.05).",
    "SQuAD and MNLI rank first and second respectively.",
)
PIECES = (
    "MNLI", "SQuAD", "XNLI", "TyDiQA", "A", "B", "xnli", "best", "better than", "improves", "by", "points", "not",
    "all", "most", "and", "or", ",", ".", "(", ")", "[1]", "%", "±", "1e400", "9" * 30, "0.1", "-3", "80.1 / 70.2",
    "two hundred", "\x1b[2J", "\u202e", "\ud800", "\0", "\ufffd", "\ufb01", "\u0301", "=1+1", "'", '"', "\\", "\t",
    "|", "&", "\n", "\r", " ",
)  # fmt: skip
MARKUP = (
    "# ",
    "## Claims\n",
    "- ",
    "* ",
    "> ",
    "| ",
    "|---|---|\n",
    "```\n",
    "---\n",
    "<table>",
    "<tr>",
    "<td colspan=99999>",
    "<td rowspan=9999>",
    "</table>",
    "<ul><li>",
    "<script>",
    "&lt;",
    "\\begin{tabular}{lcc}",
    "\\\\\n",
    "\\multirow{9}{*}{",
    "\\multicolumn{99}{c}{",
    "\\end{tabular}",
    "\\newcommand{\\x}{\\x\\x}",
    "\\x",
    "{",
    "}",
    '{"claims": [',
    '{"claim": "',
    '"}',
    "]}",
    '"cells": [',
    "#+TITLE: ",
    "====\n",
    "claim,verified,confidence\n",
    "Claim\tVerified\n",
    "✓",
    "×",
    "0.18",
)
WORDS = st.sampled_from((*PIECES, *CLAIMS)) | st.text(max_size=8)
SENTENCES = st.lists(WORDS, max_size=60).map(" ".join)
DOCUMENTS = st.lists(st.sampled_from(MARKUP) | WORDS, max_size=120).map("".join)


@st.composite
def mangled(draw: st.DrawFn, samples: Sequence[bytes]) -> bytes:
    """A sample with pieces cut out, doubled and put in."""
    data = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        new = draw(
            st.sampled_from([p.encode("utf-8", "surrogatepass") for p in (*PIECES, *MARKUP)]) | st.binary(max_size=8)
        )
        data = data[:start] + draw(st.sampled_from([new, data[start:end] * 2, b""])) + data[end:]
    return data


def encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return texts.map(lambda text: text.encode("utf-8", "surrogatepass"))


SCRATCH = Path(tempfile.mkdtemp(prefix="fuzz-"))
HERE = Path(__file__).resolve().parents[1]
READER_SAMPLES = [
    (HERE / "examples" / "report.md").read_bytes(),
    b'{"title": "t", "claims": [{"claim": "MNLI has 392,702 training examples.", "verified": true}]}',
    b"claim,verified,confidence\nMNLI has 392702 training examples.,yes,0.3\n",
    b"<h1>t</h1><h2>Claims</h2><table><tr><th>Claim<th>Verified<tr><td>MNLI helps XNLI.<td>yes</table>",
    b"\\section{Claims}\\begin{itemize}\\item MNLI helps XNLI by 3 points.\\end{itemize}",
    b"Title\n=====\n\nClaims\n------\n\n- MNLI helps XNLI.\n",
]
TABLE_SAMPLES = [
    b"model,xnli,tydiqa\nA,80.1,81.5\nB,70.0 (2.1),60.0\n",
    b"| m | x |\n|---|---|\n| A | 80.1 / 70.2 |\n| B | **70** |\n",
    b"\\begin{tabular}{lc} m & x \\\\ \\hline A & 80.1 $\\pm$ 0.2 \\\\ \\multirow{2}{*}{B} & 70 \\\\ \\end{tabular}",
    b"<table><tr><th>m<th colspan=2>x<tr><td>A<td>80.1<td>3</table>",
    b'[{"model": "A", "xnli": 80.1}, {"model": "B", "xnli": 70.0}]',
]
ENDINGS = (".csv", ".tsv", ".md", ".tex", ".html", ".json")


def safe(text: str) -> None:
    found = {*COMMANDING.findall(text)} - {"\n", "\t"}
    assert not found, f"commands a terminal: {found!r}"


def readers(data: bytes, ending: str) -> None:
    from claims.readers import read_report

    path = SCRATCH / f"report{ending}"
    path.write_bytes(data)
    for claim in read_report(path).claims:
        safe(claim.text + claim.mark_raw + claim.confidence_raw)


def tables(data: bytes, ending: str) -> None:
    from analysis.tables import read_tables
    from claims.checking.over_tables import TableJudge

    path = SCRATCH / f"table{ending}"
    path.write_bytes(data)
    judge = TableJudge(read_tables(path))
    for claim in ("A is better than B on xnli", "A gains 3 points over B"):
        judge.judged(claim)


def numbers(text: str) -> None:
    from analysis.numbers.cells import parse_cell
    from analysis.numbers.scanning import scan_numbers

    for _, _, number in scan_numbers(text):
        assert number.low <= number.high
        number.matches(80.1, 0.05)
    parse_cell(text)


def notation(text: str) -> None:
    from analysis.registry.vocabulary import vocabulary
    from claims.wellformed import read_assertion
    from claims.wording import words_for

    formula = read_assertion(text, vocabulary(), "fuzz")
    words_for(formula)
    assert str(read_assertion(str(formula), vocabulary(), "fuzz")) == str(formula)


def sentences(text: str) -> None:
    from claims.report import Claim, Report
    from reports.bundle import Bundle, Tool

    report = Report("r.md", "0" * 64, "text", (Claim("C01", text, line=1),))
    checked = _verifier().checked(report)
    assert "failed" not in checked.claims[0].verdict.flags, checked.claims[0].verdict.reason
    with Bundle(SCRATCH / "out", tool=Tool("fuzz", "1", "", "")) as bundle:
        bundle.add(checked)
        bundle.finish()
    for path in (SCRATCH / "out").iterdir():
        safe(path.read_text(encoding="utf-8"))


def plans(data: bytes) -> None:
    from analysis.registry.vocabulary import vocabulary
    from runners.plan.check import check
    from runners.plan.plan import read_plan

    plan = read_plan(data.decode("utf-8", "replace"), "plan.toml")
    check(plan, "plan.toml", vocabulary(), None, gpu=False)


_kept: list[object] = []


def _verifier():  # type: ignore[no-untyped-def]
    from claims.setup import ReportChecker, Setup

    if not _kept:
        _kept.append(ReportChecker(Setup()).verifier)
    return _kept[0]


PLANS = [path.read_bytes() for path in sorted((HERE / "runners" / "plans").glob("*.toml"))]
ATOMS = (
    "(",
    ")",
    ">",
    "=",
    "mean",
    "gain",
    "squad2",
    "xnli",
    "t",
    ":over",
    "targets",
    ":split",
    "dev",
    "8.2",
    "0.9",
    "share>=",
    "i",
    "intermediates",
    "fact",
    "mnli",
    "train_examples",
    "392702",
    "and",
    "not",
    "-1e400",
    "nan",
    "9" * 40,
)
TARGETS: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[object], ...]]] = {
    "readers": (
        readers,
        (
            mangled(READER_SAMPLES) | encoded(DOCUMENTS) | st.binary(max_size=400),
            st.sampled_from((*ENDINGS, ".txt", ".rst", ".org", ".ipynb", ".yaml", ".pdf", ".docx")),
        ),
    ),
    "tables": (tables, (mangled(TABLE_SAMPLES) | encoded(DOCUMENTS), st.sampled_from(ENDINGS))),
    "numbers": (numbers, (st.text(max_size=60) | SENTENCES | st.text("0123456789.,eE+-−±%/()[] ×xkM'", max_size=60),)),
    "notation": (notation, (st.lists(st.sampled_from(ATOMS), max_size=40).map(" ".join) | st.text(max_size=60),)),
    "sentences": (sentences, (SENTENCES,)),
    "plans": (plans, (mangled(PLANS),)),
}


def fuzzed(name: str, minutes: float, number: int) -> tuple[int, list[str]]:
    """The number of inputs that a target was given in some minutes, and the failures found."""
    act, given_of = TARGETS[name]
    tried, finds, until = 0, [], time.monotonic() + 60 * minutes

    def once(values: tuple[object, ...]) -> None:
        nonlocal tried
        tried += 1
        began = time.process_time()
        try:
            with time_limit(LIMIT):
                act(*values)
        except ClaimgaugeError:
            pass
        except TimeLimitError as error:
            if time.process_time() - began > LIMIT / 2:  # else the machine had no time for it
                raise AssertionError(f"took longer than {error.seconds:g} s") from None

    while time.monotonic() < until and len(finds) < 3:
        number += 1
        quiet = settings(
            max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False
        )
        try:
            quiet(seed(number)(given(st.tuples(*given_of))(once)))()
        except Exception as error:  # noqa: BLE001 (whatever it is, it is a find)
            notes = "\n".join(getattr(error, "__notes__", []))
            finds.append("".join(traceback.format_exception(error)[-6:]) + notes)
    return tried, finds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--seed", type=int, default=random.Random(2026).randrange(10**6))
    asked = parser.parse_args()
    os.chdir(SCRATCH)
    failed = False
    if unknown := sorted({*asked.targets} - TARGETS.keys()):
        parser.error(f"no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    for name in asked.targets or TARGETS:
        tried, finds = fuzzed(name, asked.minutes, 1000 * asked.seed)
        print(f"{name:10s} {tried:9,d} inputs  {len(finds)} found", flush=True)
        failed |= bool(finds)
        for find in finds:
            print(find, flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
