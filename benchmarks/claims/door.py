"""The command line as the only way in: claims go in as files, verdicts come out.

Nothing here imports the reader, so what is measured is what a user gets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError

PROGRAM = (sys.executable, "-m", "claimgauge")
ROOT = Path(__file__).parents[2]
DECIDED = ("supported", "refuted")
RIGHT = {"true": "supported", "false": "refuted", "mixed": "mixed"}
"""Truth of a sentence → the verdict it deserves."""


@dataclass(frozen=True, slots=True)
class Question:
    """One claim and the table it is about.

    Attributes:
        id: Name of the question, unique within a batch.
        claim: The sentence.
        table: `{"caption", "columns", "rows"}`, the path of a table file, or None for built-in evidence.
    """

    id: str
    claim: str
    table: Mapping[str, object] | str | None = None


def ask(questions: Sequence[Question], program: Sequence[str] = PROGRAM) -> dict[str, str]:
    """The verdict on each question, by its id, from one run of `check --batch`.

    Raises:
        InputError: the command fails, or leaves a question unanswered.
    """
    with tempfile.TemporaryDirectory() as folder:
        batch = Path(folder, "batch.jsonl")
        batch.write_text("".join(_line(question) for question in questions), encoding="utf-8")
        answers = _records(_run([*program, "check", "--batch", str(batch)]))
    verdicts = {str(answer["id"]): str(answer["verdict"]) for answer in answers}
    missing = [question.id for question in questions if question.id not in verdicts]
    if missing:
        raise InputError(
            "check --batch",
            f"left {len(missing)} of {len(questions)} claims unanswered, the first is {missing[0]!r}; "
            "run the command on that line alone",
        )
    return verdicts


def ask_report(
    claims: Sequence[str], results: Sequence[Path] = (), program: Sequence[str] = PROGRAM, cites: str = ""
) -> tuple[str, ...]:
    """The verdicts on the claims of one report, in their order, from one run of `verify`.

    Args:
        claims: The sentences of the report.
        results: Tables of results, as for `verify --results`.
        program: The command that is claimgauge.
        cites: The one reference of the report, none where it is empty.

    Raises:
        InputError: the command fails, or judges another number of claims than it was given.
    """
    with tempfile.TemporaryDirectory() as folder:
        report, out = Path(folder, "report.json"), Path(folder, "out")
        told = {"claims": [{"claim": claim} for claim in claims], "references": [cites] if cites else []}
        report.write_text(json.dumps(told), encoding="utf-8")
        options = [text for path in results for text in ("--results", str(path.resolve()))]
        _run([*program, "verify", str(report), *options, "--out", str(out)])
        written = json.loads(Path(out, "verdicts.json").read_text(encoding="utf-8"))
    judged = tuple(str(claim["verdict"]) for claim in written["reports"][0]["claims"])
    if len(judged) != len(claims):
        raise InputError("verify", f"judged {len(judged)} of {len(claims)} claims; look at its report.html")
    return judged


def _line(question: Question) -> str:
    record: dict[str, object] = {"id": question.id, "claim": question.claim}
    if question.table is not None:
        record["table"] = question.table
    return json.dumps(record, ensure_ascii=False) + "\n"


def _run(command: Sequence[str]) -> str:
    # `python -m claimgauge` must find the checkout that this file belongs to, from any folder.
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputError(" ".join(command), f"ended with {done.returncode}: {done.stderr.strip()[-800:]}")
    return done.stdout


def _records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def print_judged(judged: Sequence[tuple[Mapping[str, str], str]], *, every: bool) -> None:
    """Counts of sentences with their verdicts, then those judged wrongly, or every one.

    Args:
        judged: sentences as {id, claim, truth}, truth "true", "false", "mixed" or "none", each with its verdict.
        every: whether to print each sentence.
    """
    wrong = [(one, verdict) for one, verdict in judged if verdict in DECIDED and RIGHT.get(one["truth"]) != verdict]
    counts = Counter(verdict for _, verdict in judged)
    decided = sum(counts[verdict] for verdict in DECIDED)
    print(f"{len(judged)} sentences, {sum(one['truth'] != 'none' for one, _ in judged)} decidable")
    print(f"{decided} decided, {decided - len(wrong)} right, {len(wrong)} wrong; {counts['mixed']} mixed")
    for one, verdict in judged if every else wrong:
        sign = "WRONG " if (one, verdict) in wrong else "      "
        print(f"{sign}{one['id']} {one['truth']:5} {verdict:12} {one['claim']}")
