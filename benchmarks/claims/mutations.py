"""Changes sentences that are judged right, and counts verdicts that a change should have taken away.

```
python benchmarks/claims/mutations.py                a few minutes; exit status 1 if anything is violated
python benchmarks/claims/mutations.py --size full --show
```
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from door import DECIDED, PROGRAM, Question, ask
from mutants import BASES, PLACES, Base, Mutant, base, mutants, with_word

BASES_EACH = {"small": 4, "full": 24}
MUTANTS_EACH = {"small": 60, "full": 10_000}
WORDS = {"small": 300, "full": 1500}
"""Number of made-up words that are tried, each once."""

RIGHT = {"true": "supported", "false": "refuted"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of the changed sentences by outcome.

    Attributes:
        bases: Base sentences asked, and of those judged right.
        tried: Changed sentences by the name of the change.
        violations: Each sentence whose verdict the change does not allow, with the verdict.
    """

    bases: tuple[int, int]
    tried: Counter[str]
    violations: tuple[tuple[Mutant, str], ...]


def run(seed: int, size: str, program: Sequence[str] = PROGRAM) -> Outcome:
    """Change sentences of every kind and ask for the verdicts.

    Args:
        seed: Of the random numbers.
        size: `small` or `full`.
        program: The command that is claimgauge.
    """
    rng = Random(f"{seed} mutations")
    bases = [base(kind, rng) for kind in BASES for _ in range(BASES_EACH[size])]
    judged = _ask([(f"{one.text()}.", one) for one in bases], program)
    kept = [one for one, verdict in zip(bases, judged, strict=True) if verdict == RIGHT[one.made.truth]]
    made: list[Mutant] = []
    for one in kept:
        changed = list(mutants(one, rng))
        made += changed if len(changed) <= MUTANTS_EACH[size] else rng.sample(changed, MUTANTS_EACH[size])
    made += _with_words(kept, WORDS[size], rng)
    verdicts = _ask([(mutant.claim, mutant.base) for mutant in made], program) if made else []
    found = tuple(
        (mutant, verdict)
        for mutant, verdict in zip(made, verdicts, strict=True)
        if verdict in DECIDED and verdict not in mutant.allowed
    )
    return Outcome((len(bases), len(kept)), Counter(_name(mutant) for mutant in made), found)


def _with_words(bases: Sequence[Base], count: int, rng: Random) -> list[Mutant]:
    tries = (with_word(rng.choice(bases), PLACES[at % len(PLACES)], rng) for at in range(count if bases else 0))
    return [mutant for mutant in tries if mutant]


def _ask(claims: Sequence[tuple[str, Base]], program: Sequence[str]) -> list[str]:
    questions = [Question(str(at), claim, of.made.table.as_json()) for at, (claim, of) in enumerate(claims)]
    verdicts = ask(questions, program)
    return [verdicts[question.id] for question in questions]


def _name(mutant: Mutant) -> str:
    return f"{mutant.rule}: {mutant.name}"


def report(outcome: Outcome, *, show: bool) -> None:
    """Print the counts by kind of change, and the violations if asked."""
    asked, kept = outcome.bases
    violated = Counter(_name(mutant) for mutant, _ in outcome.violations)
    print(f"{kept} of {asked} base sentences judged right; {outcome.tried.total():,} changed sentences\n")
    print("| what must become of the verdict: the change | changed | violations |\n|---|---|---|")
    for name in sorted(outcome.tried):
        print(f"| {name} | {outcome.tried[name]} | {violated[name]} |")
    print(f"| all | {outcome.tried.total()} | {violated.total()} |")
    for mutant, verdict in outcome.violations if show else ():
        table = mutant.base.made.table
        print(
            f"\n{mutant.claim}\n    from “{mutant.base.text()}.” ({mutant.base.made.truth}), {_name(mutant)}: {verdict}"
        )
        print("    " + "\n    ".join([table.caption, *(" | ".join(row) for row in (table.columns, *table.rows))]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", choices=sorted(BASES_EACH), default="small")
    parser.add_argument("--show", action="store_true", help="print every violation with its table")
    parser.add_argument("--program", default=shlex.join(PROGRAM), help="the command that is claimgauge")
    given = parser.parse_args()
    outcome = run(given.seed, given.size, shlex.split(given.program))
    report(outcome, show=given.show)
    if not outcome.bases[1]:
        print("no base sentence was judged right, so that nothing was tested")
    return 1 if outcome.violations or not outcome.bases[1] else 0


if __name__ == "__main__":
    sys.exit(main())
