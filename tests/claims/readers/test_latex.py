r"""LaTeX documents are read as they are printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_files import marked, read_text, texts

from analysis.errors import InputError
from claims.readers.controls import GAP

PAPER = r"""
\documentclass[11pt]{article}
\usepackage{booktabs} % \section{Claims}
\newcommand{\model}{XLM-R Large}
\newcommand{\best}[2][x]{\textbf{#2}}
\title{On \emph{transfer}}
\begin{document}
\maketitle
\begin{abstract}We look at order.\end{abstract}
\section{Extracted Claims}\label{sec:claims}
\begin{itemize}
  \item \model{} scores \best{79.2} on XNLI
    over two lines. % not this one
  \item It does \sout{not} help.
  \iffalse
  \item It is hidden.
  \fi
\end{itemize}
\begin{comment}
\begin{itemize} \item Nor this. \end{itemize}
\end{comment}
\begin{thebibliography}{9}
\bibitem{a} Phang et al. arXiv:2005.13013
\end{thebibliography}
\end{document}
\section{Claims} Behind the end.
"""


def test_a_paper_is_read_without_what_is_commented_out(tmp_path: Path) -> None:
    report = read_text(tmp_path, PAPER, "paper.tex")
    assert report.layout == "latex"
    assert report.title == "On transfer"
    assert report.abstract == "We look at order."
    assert texts(report) == ["XLM-R Large scores 79.2 on XNLI over two lines.", "It does help."]
    lines = PAPER.split("\n")
    assert [r"\item" in lines[claim.line - 1] for claim in report.claims] == [True, True]
    assert [reference.arxiv for reference in report.references] == ["2005.13013"]


@pytest.mark.parametrize(
    "cell",
    [
        r"\textcolor{red}{79.0}",
        r"\textcolor[rgb]{.5,.5,.5}{79.0}",
        r"{\color{blue}79.0}",
        r"\colorbox{yellow}{79.0}",
        r"\cellcolor[HTML]{FFCCC9}79.0",
        r"\cellcolor{red!20}79.0",
        r"\scalebox{0.9}{79.0}",
        r"\resizebox{1cm}{!}{79.0}",
        r"\num{79.0}",
        r"79.0\textsuperscript{2}",
        r"79.0$^{1}$",
        r"79.0$^\dagger$",
        r"79.0\tnote{1}",
        r"79.0\footnotemark[1]",
        r"79.0\footnote{In one run.}",
        r"\multirow{1}{*}{79.0}",
        r"\multicolumn{1}{c}{\textbf{79.0}}",
        r"\makecell{79.0}",
        r"\uwave{79.0}",
        r"\best{79.0}",
        r"79{.}0",
        r"79.0\,",
        r"$\mathbf{79.0}$",
        r"\sout{70.0} 79.0",
        r"\phantom{0}79.0",
        r"79.0\rlap{$^*$}",
    ],
)
def test_arguments_that_set_a_number_are_no_part_of_it(tmp_path: Path, cell: str) -> None:
    table = rf"\begin{{tabular}}{{lc}} Claim & Verdict \\ \midrule XNLI: {cell} & true \\ \end{{tabular}}"
    assert marked(read_text(tmp_path, table, "t.tex")) == [("XNLI: 79.0", "yes")]


@pytest.mark.parametrize(
    "lost",
    [
        r"\ref{tab:x}",
        r"\eqref{eq:x}",
        r"\cite[p.~3]{phang}",
        r"\cref{fig:a,fig:b}",
        r"$\frac{1}{2}$",
        r"\[ x = 3 \]",
        r"\begin{equation} x = 3 \end{equation}",
        r"\unheardof",
        r"\removed{not}",
        r"\input{number}",
        r"\includegraphics[width=1cm]{n.pdf}",
    ],
)
def test_what_is_printed_from_elsewhere_leaves_a_gap(tmp_path: Path, lost: str) -> None:
    text = rf"\begin{{document}}\section{{Claims}}\begin{{itemize}}\item It gains {lost} points.\end{{itemize}}"
    (claim,) = texts(read_text(tmp_path, text, "t.tex"))
    assert claim.replace(" ", "") == f"Itgains{GAP}points."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"MNLI has 392{,}702 and 392\,702 examples.", "MNLI has 392,702 and 392,702 examples."),
        (r"It gains 5\% -- 7\% ``here''.", "It gains 5% – 7% “here”."),
        (r"It gains $8.2 \pm 0.3$ points.", "It gains 8.2 ± 0.3 points."),
        (r"It has $1.5 \times 10^{6}$ examples.", "It has 1.5 × 10^6 examples."),
        (r"It has $10^6$ or $15^{2}$ examples.", f"It has 10{GAP} or 15{GAP} examples."),
        (r"$p < 0.05$ for F$_1$.", "p < 0.05 for F1."),
        (r"BERT$_{\text{base}}$ helps.", "BERT base helps."),
        (r"Na\"ive caf\'e.", "Naïve café."),
        (r"A\textbf{B}\textit{C}~D.", "ABC D."),
        (r"\iftrue Said\else not\fi.", "Said."),
        (r"\deleted{Not.}\added{Said.}", "Said."),
    ],
)
def test_signs_are_read_as_they_are_printed(tmp_path: Path, written: str, said: str) -> None:
    text = rf"\begin{{document}}\section{{Claims}}\begin{{itemize}}\item {written} \end{{itemize}}"
    assert texts(read_text(tmp_path, text, "t.tex")) == [said]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (r"\begin{document}" + "{" * 5000, "nests braces or macros deeper than 60"),
        (r"\newcommand{\a}{\b}\newcommand{\b}{\a}\begin{document}\a", "nests braces or macros deeper than 60"),
        (
            r"\newcommand{\a}{" + "x" * 2000 + r"}\newcommand{\b}{" + r"\a" * 1000 + r"}\begin{document}\b",
            "expands macros to more than 1,000,000 characters",
        ),
    ],
)
def test_a_document_that_never_ends_is_refused_in_one_sentence(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        read_text(tmp_path, text, "t.tex")
