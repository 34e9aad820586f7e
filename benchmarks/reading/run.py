"""Coverage of verdicts, and the share that is right, on claims written without sight of the reader.

The claims in `seen.json` and `unseen.json` were written from a results table (made up, `results.csv`)
and from the fact sheet, with their truth computed or looked up, by writers who saw neither code nor
lexicon. `seen.json` was used to mend the reader afterwards; `unseen.json` was not.

    python benchmarks/reading/run.py                 # both sets
    python benchmarks/reading/run.py --errors        # and every wrong verdict
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from analysis.registry.vocabulary import vocabulary
from claims.checking.context import Context
from claims.checking.judging import judge
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_claim as read
from claims.gathering import gather_evidence

HERE = Path(__file__).resolve().parent
RIGHT = {"true": {"supported"}, "false": {"refuted", "mixed"}}
DECIDED = {"supported", "refuted", "mixed"}


def outcome(truth: str, verdict: str) -> str:
    """right, wrong or withheld; on undecidable claims any verdict at all is wrong."""
    if truth == "undecidable":
        return "wrong" if verdict in DECIDED else "right to withhold"
    if verdict not in DECIDED:
        return "withheld"
    return "right" if verdict in RIGHT[truth] else "wrong"


def main(show_errors: bool) -> None:
    """Prints one line per set and part."""
    table, _ = gather_evidence([HERE / "results.csv"])
    built_in, _ = gather_evidence([])
    words, definitions = vocabulary(), default_definitions()
    contexts = {
        about: Context(evidence, definitions, words, "phang2020")
        for about, evidence in (("table", table), ("facts", built_in))
    }
    print("set     about  claims  right  wrong  withheld  coverage  undecidable: withheld / judged")
    for name in ("seen", "unseen"):
        entries = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
        for about in ("table", "facts"):
            counts: Counter[str] = Counter()
            undecidable: Counter[str] = Counter()
            for entry in entries:
                if entry["about"] != about:
                    continue
                verdict = judge(read(entry["claim"]), contexts[about])
                found = outcome(entry["truth"], verdict.verdict)
                (undecidable if entry["truth"] == "undecidable" else counts)[found] += 1
                if show_errors and found == "wrong":
                    print(f"  {entry['truth']} → {verdict.verdict}: {entry['claim']}\n      {verdict.assertion}")
            n = sum(counts.values())
            given = counts["right"] + counts["wrong"]
            print(
                f"{name:7} {about:6} {n:5d} {counts['right']:6d} {counts['wrong']:6d} {counts['withheld']:9d} "
                f"{given / n:9.0%}  {undecidable['right to withhold']:6d} / {undecidable['wrong']}"
            )


if __name__ == "__main__":
    main("--errors" in sys.argv[1:])
