"""Coverage and accuracy of verdicts on sentences about the study's first version.

    python benchmarks/claims/first_version.py ../shared/facts

The folder holds `phang2020_v1_table2_as_printed.csv`, from which the truth is computed by code that reads no claims,
and `phang2020_v1_results.csv`, which the sentences are checked against.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from first_version_sentences import SENTENCES
from first_version_table import read_printed

HEAD = "# Notes on English intermediate-task training\n\n## Claims\n\n"
REFERENCES = "\n## References\n\n- arXiv:2005.13013v1\n"
DECIDED = {"supported": True, "refuted": False}


def verdicts(sentences: list[str], results: Path) -> list[dict[str, object]]:
    """The verdict on each sentence, in a report that cites the first version."""
    with tempfile.TemporaryDirectory() as folder:
        report, out = Path(folder) / "notes.md", Path(folder) / "out"
        report.write_text(HEAD + "".join(f"- {s}\n" for s in sentences) + REFERENCES, encoding="utf-8")
        command = [sys.executable, "-m", "claimgauge", "verify", str(report), "--results", str(results)]
        subprocess.run([*command, "--out", str(out)], check=True, capture_output=True)
        return json.loads((out / "verdicts.json").read_text(encoding="utf-8"))["reports"][0]["claims"]


def main(folder: Path) -> int:
    printed = read_printed(folder / "phang2020_v1_table2_as_printed.csv")
    found = verdicts([text for text, _ in SENTENCES], folder / "phang2020_v1_results.csv")
    if [c["text"] for c in found] != [text for text, _ in SENTENCES]:
        print("the claims that were read are not the sentences")
        return 3
    right, wrong = 0, 0
    for (text, truth), claim in zip(SENTENCES, found, strict=True):
        said = DECIDED.get(str(claim["verdict"]))
        if said is None:
            print(f"  {claim['verdict']:13} {text}  ({claim['reason']})")
        elif said == truth(printed):
            right += 1
        else:
            wrong += 1
            print(f"  WRONG {claim['verdict']}: {text}  ({claim['reason']})")
    true = sum(truth(printed) for _, truth in SENTENCES)
    print(
        f"{len(SENTENCES)} sentences ({true} true): {right} right, {wrong} wrong, {len(SENTENCES) - right - wrong} open"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
