"""The share of new wordings of the five reports' claims that are read to the assertion of that claim.

`fresh.json` holds paraphrases of every claim, written before the mends that they measure and in one
go, without trying any on the reader. Every second one is `open` (looked at to mend the reader), the
others are `closed` (run for counts alone).

    python benchmarks/reading/fresh.py                # both halves, with the time a claim takes
    python benchmarks/reading/fresh.py --open         # and every open one that is not read alike
    python benchmarks/reading/fresh.py --different    # and every one, open or closed, that is read otherwise
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from claims.assertion import Formula
from claims.domains.registry.claim import read_claim as read
from claims.reading import Reading
from claims.rewriting import canonical, conjunction

HERE = Path(__file__).resolve().parent


def said(reading: Reading) -> str:
    """All that a sentence states, its asides included, as one assertion."""
    parts: list[Formula] = [part for part in (reading.assertion, *reading.asides) if part is not None]
    return str(canonical(conjunction(parts))) if parts else ""


def outcome(reading: Reading, assertion: str) -> str:
    """alike, otherwise, or unread (not understood to the end, or open between two meanings)."""
    if not reading.complete:
        return "unread"
    if said(reading) != assertion:
        return "otherwise"
    return "unread" if reading.rivals else "alike"


def main(options: list[str]) -> None:
    """Prints one line per half."""
    entries = json.loads((HERE / "fresh.json").read_text(encoding="utf-8"))
    read("SQuAD improves XNLI.")
    print("half    paraphrases  alike  otherwise  not read  share alike  ms/claim")
    for half in ("open", "closed"):
        counts: Counter[str] = Counter()
        start = time.process_time()
        readings = [(entry, text, read(text)) for entry in entries for text in entry[half]]
        spent = time.process_time() - start
        for entry, text, reading in readings:
            found = outcome(reading, entry["assertion"])
            counts[found] += 1
            if (half == "open" and "--open" in options and found != "alike") or (
                "--different" in options and found == "otherwise"
            ):
                print(f"  {found}: {text}\n      {reading.assertion}  unread {reading.unread}  left {reading.left}")
        n = len(readings)
        print(
            f"{half:7} {n:11d} {counts['alike']:6d} {counts['otherwise']:10d} {counts['unread']:9d} "
            f"{counts['alike'] / n:12.0%} {1000 * spent / n:9.1f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
