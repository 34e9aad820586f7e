"""Cases that were judged wrongly once, and a small table for each kind of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shared_files import SHARED
from small_tables import SCORES, WITHHELD, judged, table

from analysis.errors import InputError
from analysis.tables import Table, read_tables
from claims.checking.over_tables import TableJudge

CASES = SHARED / "claims" / "cases" / "over_tables.jsonl"
LINES = CASES.read_text(encoding="utf-8").splitlines() if CASES.exists() else []
UNDECIDED = WITHHELD | {"mixed"}


def told(text: str, folder: Path) -> tuple[Table, ...]:
    """The tables of a text in CSV, Markdown or LaTeX."""
    kind = "md" if text.lstrip().startswith("|") else "tex" if "\\" in text and "&" in text else "csv"
    path = folder / f"t.{kind}"
    path.write_text(text, encoding="utf-8")
    return read_tables(path)


@pytest.mark.skipif(not LINES, reason="needs ../shared/claims/cases beside the project, which is not here")
def test_no_case_beside_the_project_is_judged_wrongly(tmp_path: Path) -> None:
    wrong, right = [], 0
    for line in LINES:
        case = json.loads(line)
        try:
            found = TableJudge(told(case["table"], tmp_path)).verdict(case["claim"])
        except InputError:  # a table that contradicts itself is refused
            continue
        right += found.verdict in case["right"]
        if found.verdict not in {*case["right"], *UNDECIDED}:
            wrong.append(f"{case['id']}: {case['claim']} → {found.verdict}: {found.assertion}")
    assert not wrong, "\n".join(wrong)
    assert right >= len(LINES) / 2


OAK = "Model | Val | Test\nMaple | 71.0 | 75.2\nBirch | 70.1 | 72.9\nCedar | 69.5 | 71.1"
TASKS = "Model | Acc A | Acc B | Acc C\nMaple | 70 | 71 | 72\nBirch | 69 | 70 | 71\nCedar | 60 | 61 | 73"
MECHANISMS: dict[str, tuple[str, str, str, str]] = {
    "a main clause that nobody knows": (
        OAK, "", "Although Maple scores higher than Birch on Val, its training cost is not lower.", ""),
    "but not on": (OAK, "Accuracy.", "Maple achieves the best performance on Val but not on Test.", "refuted"),
    "an exception to all": (TASKS, "", "Maple outperforms all other methods.", "mixed"),
    "all of how many": (TASKS, "", "Maple outperforms Birch on all four tasks.", ""),
    "except where it holds": (TASKS, "", "Maple outperforms Birch on all tasks except Acc C.", "refuted"),
    "a signed gain": (
        "Model | BLEU | Gain\nBase | 27.31 |\nLinear | 27.73 | +0.42", "", "Linear outperforms Base by 1.02 BLEU.", "refuted"),
    "a measure of unknown direction": ("Model | CR | MR\nMaple | 75.0 | 72.0\nBirch | 74.0 | 73.0", "", "Maple outperforms Birch.", ""),
    "a row of changes is no system": (
        "Method | Acc A | Acc B\nLeft | 30.0 | 50.0\nMixed | 33.0 | 55.0\nΔ | +3.0 | +5.0", "", "Mixed has the highest Acc A.", "supported"),
    "a condition of the caption": (
        "Model | Acc 0-7 | Acc 7-13\nMaple | 37.2 | 33.7\nBirch | 36.2 | 33.0",
        "Accuracy with respect to the maximal node degree", "Maple outperforms Birch when handling graphs of high degree.", ""),
    "most systems along rows": (
        "System | R1 | R2\nA | 40.1 | 19.4\nB | 40.0 | 18.9\nC | 41.5 | 18.7\nOurs | 39.6 | 18.1", "ROUGE scores of systems.",
        "The scores of our system are lower than most of the other systems.", "supported"),
    "two measures of one subject": (
        "System | BLEU | TER\nBase | 24.4 | 61.7\nMaple | 26.1 | 60.3", "",
        "Maple achieves the highest BLEU score of 26.1 and the lowest TER score of 60.3.", "supported"),
    "highest where lower is better": ("Model | WER\nMaple | 5.0\nBirch | 6.0", "", "Maple has the highest WER.", "refuted"),
    "passive": (OAK, "Accuracy.", "Maple is defeated by Birch on Val.", "refuted"),
    "less effective": (OAK, "Accuracy.", "Maple is less effective than Birch on Val.", "refuted"),
    "second to": (OAK, "Accuracy.", "Maple is second to Birch on Val.", "refuted"),
    "a sign before a number": (OAK, "Accuracy.", "Maple scores > 75 on Test.", "supported"),
    "at least": (OAK, "Accuracy.", "Maple outperforms Birch by ≥ 20 points on Test.", "refuted"),
    "a range": (OAK, "Accuracy.", "Maple scores between 75 and 78 on Test.", "supported"),
    "a range of a gap": (OAK, "Accuracy.", "Maple outperforms Birch on Test by 2–3 points.", "supported"),
    "a minus sign": ("Model | gain\nAlpha | − 1.2\nBeta | -0.5", "", "Alpha's gain is 1.2.", "refuted"),
    "an average by name": (
        "Model | en | de | Avg.\nMaple | 80.0 | 70.0 | 75.0\nBirch | 79.0 | 69.0 | 74.0", "Accuracy.", "Maple scores 80.0 on average.", "refuted"),
    "a size in a name": (
        "System | F1\nXLM-R Base | 65.0\nXLM-R Large | 71.6\nXLM-R Large + STILTs | 73.1", "", "STILTs improves XLM-R Large by 1.5 F1.", "supported"),
    "a row that has Base in its name": (
        "Model | XNLI accuracy\nBERT-Base | 70.0\nXLM-R | 79.2\nOurs | 80.0", "", "Ours outperforms the baseline by 0.8 points.", ""),
    "a column that is no result": (
        "Model | Score | Total Cost\nGLM | 2100 | 0.64\nKimi | 1680 | 0.73", "", "GLM has the highest score.", "supported"),
    "a prefix is no name": (
        "Measure | Ours | Refresh | ExtAbsRL\nRating | 2.5 | 2.3 | 1.7", "", "Ours has a better rating than the extractive system.", ""),
}  # fmt: skip
"""The kind, a table, its caption, a claim, and the only verdict besides withholding that is right."""


@pytest.mark.parametrize(
    ("text", "caption", "claim", "right"), [pytest.param(*case, id=kind) for kind, case in MECHANISMS.items()]
)
def test_a_kind_of_mistake_made_before_is_not_made(text: str, caption: str, claim: str, right: str) -> None:
    found = judged(claim, table(text, caption))
    assert found.verdict in {*UNDECIDED, right}, f"{claim}: {found.assertion}"


def closed(cell: str) -> str:
    """A table in HTML with this cell for Alpha."""
    rows = (("Model", "NUS"), ("Alpha", cell), ("Beta", "62.0"))
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return f"<table><caption>Accuracy</caption>{body}</table>"


@pytest.mark.parametrize(
    ("name", "text", "claim", "word"),
    [
        ("a.csv", "# Accuracy.\nModel;NUS;Inspec\nAlpha;60,5;41,0\nBeta;58,4;42,0\n", "Alpha scores 60.5 on NUS.", "supported"),
        ("b.csv", "# Accuracy.\nModel;NUS;Inspec\nAlpha;60,5;41,0\nBeta;58,4;42,0\n", "Beta beats Alpha on NUS.", "refuted"),
        ("c.md", "Accuracy.\n\n| Model | NUS |\n|---|---|\n| Alpha | **60.5** |\n| Beta | 58.4 |\n", "Alpha beats Beta on NUS.", "supported"),
        ("d.md", "Accuracy.\n\n| Model | NUS |\n|---|---|\n| Alpha | ~~70.0~~ 60.5 |\n| Beta | 62.0 |\n", "Alpha beats Beta on NUS.", "refuted"),
        ("e.html", closed("<s>70.0</s> 60.5"),
         "Alpha beats Beta on NUS.", "refuted"),
        ("f.html", closed("6.5<sup>2</sup>"),
         "Alpha beats Beta on NUS.", "refuted"),
        ("g.tex", "\\begin{tabular}{lr} Model & NUS accuracy \\\\ Alpha & \\textbf{79.0} \\\\ Beta & 58.4 \\\\ \\end{tabular}",
         "Alpha beats Beta on NUS.", "supported"),
        ("h.json", '{"caption": "Accuracy.", "columns": ["Model", "NUS"], "rows": [["Alpha", "60.5"], ["Beta", "58.4"]]}',
         "Alpha scores 60.5 on NUS.", "supported"),
        ("i.tsv", "Model\tNUS accuracy\nAlpha\t60.5\nBeta\t58.4\n", "Beta scores 58.4 on NUS.", "supported"),
    ],
)  # fmt: skip
def test_a_claim_over_a_file_is_about_what_the_file_says(
    tmp_path: Path, name: str, text: str, claim: str, word: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = TableJudge(read_tables(path)).verdict(claim)
    assert found.verdict in {word, *WITHHELD}, f"{found.assertion}: {found.evidence}"
    assert found.verdict == word or name in {"d.md", "e.html", "f.html"}


def test_the_same_claim_over_the_same_table_is_judged_the_same_again() -> None:
    claims = ("Ours beats Catseq.", "Ours is best on NUS.", "Nobody knows.")
    judge = TableJudge([SCORES])
    assert [judge.verdict(claim) for claim in claims] == [judge.verdict(claim) for claim in claims]
