"""Scores of other implementations on made-up predictions, written to scoring.json.

python scoring_runs.py MLQA_SCRIPT SQUAD_SCRIPT

MLQA_SCRIPT is `mlqa_evaluation_v1.py` of github.com/facebookresearch/MLQA (commit 5ef5c73),
SQUAD_SCRIPT `data/metrics/squad_metrics.py` of transformers 4.46.3. Needs seqeval 0.0.12, whose
span functions import numpy only (`pip install --no-deps`).
"""

from __future__ import annotations

import json
import random
import sys
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

from seqeval.metrics import f1_score, precision_score, recall_score

HERE = Path(__file__).parent
TAGS = {
    "bio": ["B-PER", "I-PER", "O", "B-LOC", "I-LOC", "I-ORG", "B-ORG"],
    "upos": ["NOUN", "VERB", "SCONJ", "CCONJ", "SYM", "INTJ", "X", "PUNCT", "ADP", "DET"],
    "mixed": ["B-PER", "E-PER", "S-LOC", "I-LOC", "O", ".", "NOUN", "SYM"],
}
ANSWERS = [
    ("en", "The  old Bridge.", ["old bridge", "a bridge"]),
    ("en", "bridge of the river", ["the river's bridge"]),
    ("en", "...", ["the"]),
    ("en", "", ["12 %"]),
    ("es", "¿Los ríos del norte?", ["ríos del norte", "el norte"]),
    ("es", "una casa", ["casas"]),
    ("de", "den „Fluss“ des Nordens", ["der Fluss", "Nordens Fluss"]),
    ("de", "Deichbruch", ["des Deichbruchs"]),
    ("vi", "những cây cầu của sông", ["cây cầu sông"]),
    ("ar", "في الشمال والجنوب", ["شمال", "في شمال"]),
    ("ar", "جمال", ["الجمال،"]),
    ("hi", "उत्तर की नदी।", ["उत्तर की नदी"]),
    ("zh", "北方的2座桥，共 12 米", ["北方2座桥"]),
    ("zh", "第12 号bridge", ["第12号 bridge。"]),
    ("zh", "桥", ["河"]),
]
ANSWERABLE = [
    ("the bridge", ["Bridge"]),
    ("the old bridge", ["Bridge", "an old wooden bridge"]),
    ("", []),
    ("bridge", []),
    ("the", []),
    ("the", ["bridge"]),
    ("", ["bridge"]),
    ("bridge", ["the", "bridge."]),
    ("the", ["a"]),
]


def sequences() -> list[dict[str, object]]:
    """Random tag sequences with seqeval's precision, recall and F1 (0 to 1)."""
    draw, cases = random.Random(7), []
    for name in [*TAGS] * 12:
        gold = [[draw.choice(TAGS[name]) for _ in range(draw.randint(1, 9))] for _ in range(draw.randint(1, 4))]
        said = [[tag if draw.random() < 0.7 else draw.choice(TAGS[name]) for tag in tags] for tags in gold]
        scores = {
            "f1": f1_score(gold, said),
            "precision": precision_score(gold, said),
            "recall": recall_score(gold, said),
        }
        cases.append({"tags": name, "gold": gold, "predicted": said, **{k: float(v) for k, v in scores.items()}})
    return cases


def functions(script: Path) -> SimpleNamespace:
    """The functions of a script, without its imports from the package around it."""
    lines = script.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("from ...", "logger ="))]
    names: dict[str, object] = {"__name__": script.stem}
    exec("\n".join(kept), names)
    return SimpleNamespace(**names)


def mlqa(script: Path) -> list[dict[str, object]]:
    """One question each, scored by MLQA's own script (points)."""
    module = functions(script)
    cases = []
    for language, predicted, gold in ANSWERS:
        question = {"id": "q", "answers": [{"text": text} for text in gold]}
        scores = module.evaluate([{"paragraphs": [{"qas": [question]}]}], {"q": predicted}, language)
        cases.append({"language": language, "predicted": predicted, "gold": gold, **scores})
    return cases


def squad2(script: Path) -> list[dict[str, object]]:
    """One question each, by the SQuAD 2.0 functions in transformers (0 to 1)."""
    module, cases = functions(script), []
    for predicted, gold in ANSWERABLE:
        wanted = [text for text in gold if text.lower() not in {"a", "an", "the"}] or [""]
        exact, f1 = (max(f(text, predicted) for text in wanted) for f in (module.compute_exact, module.compute_f1))
        cases.append({"predicted": predicted, "gold": gold, "exact_match": float(exact), "f1": float(f1)})
    return cases


if __name__ == "__main__":
    mlqa_script, squad_script = map(Path, sys.argv[1:])
    result = {
        "versions": {"seqeval": version("seqeval"), "transformers": "4.46.3", "mlqa": "5ef5c73"},
        "sequences": sequences(),
        "mlqa": mlqa(mlqa_script),
        "squad2": squad2(squad_script),
    }
    text = json.dumps(result, ensure_ascii=False, separators=(",", ":")).replace("},{", "},\n{")
    (HERE / "scoring.json").write_text(text + "\n", encoding="utf-8")
