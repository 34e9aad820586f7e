"""Nothing that its author struck out, hid or raised is taken for a claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_files import read_text, texts

from claims.readers.asserted import asserted
from claims.readers.controls import GAP


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It does ~~not~~ help.", "It does help."),
        ("It does <del>not</del> help.", "It does help."),
        ("It does <strike>not</strike> help.", "It does help."),
        ("It does <span style='text-decoration: line-through red'>not</span> help.", "It does help."),
        ("It does <span style='display: none'>not</span> help.", "It does help."),
        ("It does <span hidden>not</span> help.", "It does help."),
        ("It does n\u0336o\u0336t\u0336 help.", "It does help."),
        ("It does <ins>not</ins> help.", "It does not help."),
        ("By 0.9<sup>1</sup> points.", "By 0.9 points."),
        ("By 0.9¹ points.", "By 0.9 points."),
        ("By 0.9<sup>[12]</sup> points.", "By 0.9 points."),
        ("By 0.9<sup>*</sup> points.", "By 0.9 points."),
        ("XNLI² covers 15³ languages.", "XNLI covers 15 languages."),
        ("The 4<sup>th</sup> task.", "The 4th task."),
        ("ANLI<sup>+</sup> helps.", "ANLI+ helps."),
        ("F<sub>1</sub> of 80.", "F1 of 80."),
        ("BERT<sub>BASE</sub> helps.", "BERT BASE helps."),
        ("R² of 0.5.", "R² of 0.5."),
        ("1.5×10⁶ examples.", "1.5×10^6 examples."),
        ("79.0<sub>±0.3</sub> points.", "79.0 ±0.3 points."),
        ("p &lt; 0.05", "p < 0.05"),
        ("http://x.org?a=1&amp;b=2", "http://x.org?a=1&b=2"),
        ("~5% and ~7% more.", "~5% and ~7% more."),
        ("The <mask> token and List<int>.", "The <mask> token and List<int>."),
    ],
)
def test_a_text_is_read_as_its_author_asserts_it(written: str, said: str) -> None:
    assert asserted(written) == said


@pytest.mark.parametrize(
    "written",
    [
        "10⁶ examples.",
        "10<sup>6</sup> examples.",
        "79.0<sub>0.3</sub> points.",
        "0.9<sup>-1</sup> points.",
        "XLM-R<sup>large model</sup> helps.",
        "It does ~not~ help.",
        "It does <s>not</s> help.",
        "A \u202e9.0\u202c gain.",
        "A gain of <img src='f.png'> points.",
        f"XNLI scores {'1' * 40}.",
        "XNLI scores 1e400.",
    ],
)
def test_what_may_be_read_in_two_ways_leaves_a_gap(written: str) -> None:
    assert GAP in asserted(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("\x1b[31mRed\x1b[0m text.", "Red text."),
        ("A \x1b]8;;http://x\x1b\\link\x1b]8;;\x07.", "A link."),
        ("A\x00 b\x07 c\x9b1m d\x7f.", "A b c d."),
        ("Half \ud800 a sign.", "Half \ufffd a sign."),
        ("Zero\u200bwidth.", "Zerowidth."),
    ],
)
def test_control_characters_are_taken_out(written: str, said: str) -> None:
    assert asserted(written) == said


@given(st.text(max_size=60))
def test_what_is_asserted_can_be_printed_and_is_asserted_as_it_stands(text: str) -> None:
    once = asserted(text)
    assert not any(ord(sign) < 32 or (0x7F <= ord(sign) < 0xA0 and sign != "\x85") for sign in once)
    once.encode()


@pytest.mark.parametrize(
    "page",
    [
        "<div style='display:none'>{}</div>",
        "<div hidden>{}</div>",
        "<!-- {} -->",
        "<del>{}</del>",
        "<style>.old {{ text-decoration: line-through }}</style><div class='old'>{}</div>",
        "<style>/* x */ #a > div, p.b {{ display: none !important }}</style><div id=a><div>{}</div></div>",
        "<style>.gone {{ visibility: hidden }}</style><ul class=gone>{}</ul>",
        "<template>{}</template>",
    ],
)
def test_hidden_and_struck_parts_of_a_page_are_not_there(tmp_path: Path, page: str) -> None:
    hidden = page.format("<ul><li>Hidden.</li></ul>")
    report = read_text(tmp_path, f"<html><h2>Claims</h2><ul><li>Said.</li></ul>{hidden}</html>", "page.html")
    assert texts(report) == ["Said."]


@pytest.mark.parametrize(
    "page",
    [
        "<style>@media print {{ .x {{ display: none }} }}</style><ul class=x>{}</ul>",
        "<style>.x {{ display: none }}</style><ul class=x style='display: block'>{}</ul>",
        "<ins>{}</ins>",
        "<details>{}</details>",
    ],
)
def test_parts_that_a_page_shows_are_there(tmp_path: Path, page: str) -> None:
    shown = page.format("<li>Shown.</li>")
    report = read_text(tmp_path, f"<html><h2>Claims</h2><ul><li>Said.</li></ul>{shown}</html>", "page.html")
    assert texts(report) == ["Said.", "Shown."]


@pytest.mark.parametrize(
    "around",
    [
        ("<div style='display:none'>", "</div>"),
        ("<del>", "</del>"),
        ("<!--", "-->"),
        ("<div hidden>\n<div>\n</div>", "</div>"),
        ("```", "```"),
    ],
)
def test_lines_of_markdown_between_hiding_tags_are_not_there(tmp_path: Path, around: tuple[str, str]) -> None:
    text = f"# Claims\n\n- Said.\n\n{around[0]}\n\n- Hidden.\n\n{around[1]}\n\n- Said too.\n"
    report = read_text(tmp_path, text)
    assert texts(report) == ["Said.", "Said too."]
    assert report.claims[1].line == text[: text.index("- Said too")].count("\n") + 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("XNLI scores 79.2[^1].", "XNLI scores 79.2."),
        ("XNLI scores $79.2$.", "XNLI scores 79.2."),
        ("XNLI scores $79.2^*$.", "XNLI scores 79.2."),
        ("XNLI scores $\\mathbf{79.2} \\pm 0.3$.", "XNLI scores 79.2 ± 0.3."),
        ("It costs $5 here and $7 there.", "It costs $5 here and $7 there."),
        ("One line<br>and another.", "One line and another."),
        ("A ![check](x.png) sign.", "A check sign."),
    ],
)
def test_inline_markdown_is_read_as_it_is_shown(tmp_path: Path, written: str, said: str) -> None:
    assert texts(read_text(tmp_path, f"# Claims\n\n- {written}\n")) == [said]


@pytest.mark.parametrize("name", ["claims.json", "claims.csv", "claims.txt", "claims.yaml"])
def test_struck_text_is_not_said_in_any_format(tmp_path: Path, name: str) -> None:
    claim = "It does ~~not~~ help by 0.9¹ points."
    text = {
        "json": f'{{"claims": ["{claim}"]}}',
        "csv": f"claim,verdict\n{claim},yes\nIt holds.,no\n",
        "txt": f"Claims\n\n- {claim}\n",
        "yaml": f"claims:\n  - claim: {claim}\n",
    }[name.split(".")[1]]
    assert texts(read_text(tmp_path, text, name))[0] == "It does help by 0.9 points."


def test_a_struck_mark_is_no_mark(tmp_path: Path) -> None:
    table = "| Claim | Verdict |\n|---|---|\n| It holds. | ~~supported~~ refuted |\n"
    (claim,) = read_text(tmp_path, table).claims
    assert (claim.mark, claim.mark_raw) == ("no", "~~supported~~ refuted")


def test_a_claim_that_is_struck_whole_is_none(tmp_path: Path) -> None:
    assert texts(read_text(tmp_path, "# Claims\n\n- ~~It fails.~~\n- It holds.\n")) == ["It holds."]
