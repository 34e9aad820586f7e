"""Scores the reader on sentences whose truth is known by construction.

```
python benchmarks/claims/made.py                       2,000 sentences over made tables, both halves of the wordings
python benchmarks/claims/made.py --matrices --size 500
python benchmarks/claims/made.py --built-in --size 500
python benchmarks/claims/made.py --half fresh          2,000 of a third set of wordings, which is only scored
python benchmarks/claims/made.py --show                the wrong ones of the open half; the closed half is only scored
```
"""

from __future__ import annotations

import argparse
import json
import shlex
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from door import DECIDED, PROGRAM, RIGHT, Question, ask, ask_report
from made_facts import facts
from made_sentences import FRESH, HALVES, Sentence, sentences


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and the verdict on it.

    Attributes:
        half: `open`, `closed` or `fresh`.
        kind: Kind of sentence.
        wording: The wording it was made from.
        claim: The sentence.
        truth: `true`, `false`, `mixed` or `none`.
        verdict: As claimgauge gave it.
        table: The table in short, for those who look.
    """

    half: str
    kind: str
    wording: str
    claim: str
    truth: str
    verdict: str
    table: str = ""

    @property
    def wrong(self) -> bool:
        """True if a decided verdict is not the right one."""
        return self.verdict in DECIDED and self.verdict != RIGHT.get(self.truth)


@dataclass(slots=True)
class Tally:
    """Counts over sentences."""

    sentences: int = 0
    decidable: int = 0
    right: int = 0
    given: int = 0
    wrong: int = 0
    misjudged: int = 0
    unjudged: Counter[str] = field(default_factory=Counter)

    def add(self, judged: Judged) -> None:
        """Count one sentence."""
        self.sentences += 1
        self.decidable += judged.truth in ("true", "false")
        self.right += judged.truth in ("true", "false") and judged.verdict == RIGHT[judged.truth]
        self.given += judged.verdict in DECIDED
        self.wrong += judged.wrong
        self.misjudged += judged.verdict == "mixed" and judged.truth != "mixed"
        if judged.verdict not in DECIDED:
            self.unjudged[judged.verdict] += 1

    def line(self, name: str) -> str:
        """The counts as one row of a Markdown table."""
        rate = f"{1000 * self.wrong / self.given:.1f}" if self.given else "–"
        covered = f"{100 * self.right / self.decidable:.1f} %" if self.decidable else "–"
        return (
            f"| {name} | {self.sentences:,} | {covered} | {self.given:,} | {self.wrong} | {rate} | {self.misjudged} |"
        )


HEAD = "| | sentences | decidable ones judged right | verdicts given | wrong | wrong per 1,000 given | mixed, wrongly |"


def judge_sentences(made: Sequence[Sentence], program: Sequence[str]) -> list[Judged]:
    """The verdicts on sentences over tables."""
    with tempfile.TemporaryDirectory() as folder:
        questions = []
        for number, one in enumerate(made):
            table: Mapping[str, object] | str = one.table.as_json()
            if one.table.html:
                path = Path(folder, f"{number}.html")
                path.write_text(one.table.html, encoding="utf-8")
                table = str(path)
            questions.append(Question(str(number), one.claim, table))
        verdicts = ask(questions, program)
    return [
        Judged(one.half, one.wording.kind, one.wording.text, one.claim, one.truth, verdicts[str(number)], _short(one))
        for number, one in enumerate(made)
    ]


def _short(sentence: Sentence) -> str:
    table = sentence.table
    return "\n    ".join([table.caption, " | ".join(table.columns), *(" | ".join(row) for row in table.rows)])


def _write(made: Sequence[Sentence], path: Path) -> None:
    records = [
        {"claim": one.claim, "table": one.table.as_json(), "truth": one.truth, "kind": one.wording.kind}
        for one in made
        if one.half == "open"
    ]
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def judge_facts(seed: int, size: int, program: Sequence[str]) -> list[Judged]:
    """The verdicts on sentences about built-in facts, asked as reports of 200 claims."""
    made = [fact for half in HALVES for fact in facts(seed, half, size // 2)]
    verdicts: list[str] = []
    for start in range(0, len(made), 200):
        verdicts += ask_report([fact.claim for fact in made[start : start + 200]], program=program)
    return [
        Judged(fact.half, fact.kind, "", fact.claim, fact.truth, verdict)
        for fact, verdict in zip(made, verdicts, strict=True)
    ]


def report(judged: Sequence[Judged], *, show: bool, kinds: bool) -> None:
    """Print the counts of each half, by kind if asked, and the wrong ones of the open half."""
    print(HEAD)
    print("|---" * HEAD.count(" | ") + "|---|")
    for half in HALVES if any(one.half in HALVES for one in judged) else (FRESH,):
        tally, by_kind = Tally(), {one.kind: Tally() for one in sorted(judged, key=lambda one: one.kind)}
        for one in judged:
            if one.half == half:
                tally.add(one)
                by_kind[one.kind].add(one)
        print(tally.line(half))
        if kinds:
            for kind, counts in by_kind.items():
                print(counts.line(f"{half}: {kind}"))
    wrong = [one for one in judged if one.wrong and one.half == "open"]
    for one in wrong if show else ():
        print(f"\n{one.claim}\n    {one.kind}: {one.truth}, judged {one.verdict}\n    {one.table}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, help="sentences over the halves asked [default: 2000, or 500 if special]")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", default="", help="only this kind of sentence")
    parser.add_argument("--half", choices=(*HALVES, FRESH), help="only this half; the fresh one only if named")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--matrices", action="store_true", help="claims over transfer matrices")
    which.add_argument("--built-in", action="store_true", help="claims about built-in facts")
    parser.add_argument("--show", action="store_true", help="print the wrong ones of the open half")
    parser.add_argument("--kinds", action="store_true", help="print the counts by kind")
    parser.add_argument("--write", type=Path, help="write the sentences of the open half as JSON lines and ask nothing")
    parser.add_argument("--program", default=shlex.join(PROGRAM), help="the command that is claimgauge")
    given = parser.parse_args()
    program = shlex.split(given.program)
    size = given.size or (500 if given.matrices or given.built_in else 2000)
    if given.built_in:
        judged = judge_facts(given.seed, size, program)
    else:
        each = size if given.half == FRESH else size // 2
        made = [
            one
            for half in ((given.half,) if given.half else HALVES)
            for one in sentences(given.seed, half, each, matrices=given.matrices, kind=given.kind)
        ]
        if given.write:
            _write(made, given.write)
            return
        judged = judge_sentences(made, program)
    report(judged, show=given.show, kinds=given.kinds)


if __name__ == "__main__":
    main()
