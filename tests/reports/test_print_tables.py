"""Claims and evidence as tables for a paper, and where the evidence comes from as BibTeX."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from settings_file import configured

from analysis.registry.vocabulary import vocabulary
from claimgauge.cli import cli
from reports.print_tables import bibtex, booktabs

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "report.md"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "new"
    call = ["verify", str(EXAMPLE), *configured(folder.parent, export=folder)]
    done = CliRunner().invoke(cli, call, standalone_mode=False)
    assert done.exception is None, done.output
    return folder


def test_verify_writes_its_claims_and_their_evidence_for_a_spreadsheet_and_for_a_paper(exported: Path) -> None:
    with (exported / "claims.csv").open(encoding="utf-8", newline="") as stream:
        claims = {row["id"]: row["verdict"] for row in csv.DictReader(stream)}
    assert (len(claims), claims["C02"], claims["C03"]) == (13, "supported", "refuted")
    with (exported / "evidence.csv").open(encoding="utf-8", newline="") as stream:
        (counted,) = [row for row in csv.DictReader(stream) if row["id"] == "C02" and row["role"] == "decides"]
    assert counted["value"] == "392,702"
    print_ = (exported / "claims.tex").read_text(encoding="utf-8")
    assert print_.count(r"\\") == 1 + len(claims)
    assert {path.name for path in exported.iterdir()} == {
        "claims.csv", "claims.tex", "evidence.csv", "evidence.tex", "evidence.bib",
    }  # fmt: skip


def test_every_source_of_the_evidence_is_cited_once(exported: Path) -> None:
    text = (exported / "evidence.bib").read_text(encoding="utf-8")
    keys = re.findall(r"^@misc\{(.+),$", text, re.MULTILINE)
    assert len(set(keys)) == len(keys)
    assert {"phang2020", "arxiv-2010-12821", "hellaswag-data-card"} <= set(keys)
    assert "computed from" not in text


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex with booktabs")
@pytest.mark.slow
def test_latex_takes_the_tables_and_bibtex_the_sources(exported: Path, tmp_path: Path) -> None:
    inputs = "".join(f"\\input{{{exported / name}}}\n\n" for name in ("claims", "evidence"))
    cited = f"\\nocite{{*}}\\bibliographystyle{{plain}}\\bibliography{{{exported / 'evidence'}}}"
    paper = f"\\documentclass{{article}}\\usepackage{{booktabs}}\\begin{{document}}\n{inputs}{cited}\\end{{document}}"
    (tmp_path / "p.tex").write_text(paper, encoding="utf-8")
    for call in (["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "p.tex"], ["bibtex", "p"]):
        done = subprocess.run(call, cwd=tmp_path, capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout
        assert b"Warning--" not in done.stdout


def test_signs_that_command_latex_are_written_out() -> None:
    text = booktabs(pd.DataFrame({"a_b": ["50 % & \\x{y}", None], "n": [1.23456789, float("nan")]}))
    assert text.splitlines()[2:6] == [
        r"a b & n \\", r"\midrule", r"50 \% \& \textbackslash{}x\{y\} & 1.23457 \\", r"-- & -- \\",
    ]  # fmt: skip


def test_a_title_is_given_where_the_paper_is_known_and_made_up_nowhere() -> None:
    text = bibtex(["Hu et al. 2020 (arXiv 2003.11080v5), Table 2", "own.csv", "own.csv"], vocabulary())
    assert "title = {XTREME: A Massively Multilingual" in text
    assert text.count("@misc{") == 2
    assert "  note = {own.csv},\n" in text
