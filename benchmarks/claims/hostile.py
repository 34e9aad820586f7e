"""Counts the sentences that a tester once made the reader judge wrongly, and that still get that verdict.

    python benchmarks/claims/hostile.py

`hostile.jsonl` holds a sentence, a made-up table and the verdict it must not get, a line each. They were written from
the documentation alone, to find wrong verdicts; what they showed was mended, so they measure nothing unseen.
"""

from __future__ import annotations

import json
from pathlib import Path

from door import Question, ask

SENTENCES = Path(__file__).with_name("hostile.jsonl")


def main() -> None:
    """Prints the count, and every sentence that is still judged wrongly."""
    records = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    verdicts = ask([Question(record["id"], record["claim"], record["table"]) for record in records])
    still = [record for record in records if verdicts[record["id"]] == record["wrong"]]
    print(f"{len(records)} sentences, {len(still)} judged wrongly as before")
    for record in still:
        print(f"  {record['wrong']}: {record['claim']}")


if __name__ == "__main__":
    main()
