from __future__ import annotations

import base64
import hashlib
import math
import re
from dataclasses import replace
from importlib.resources import files
from itertools import combinations

import pytest
from bs4 import BeautifulSoup

from claims.verdict import VERDICTS
from reports.page import policy, script, style

PAIRS = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\)", style()))
CHOSEN = {name: tuple(pair.split(", ")) for name, pair in PAIRS.items()}


@pytest.fixture
def page(written):
    def read(*reports, across=()):
        text = (written(*reports, across=across) / "report.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser")

    return read


def claim(page, anchor):
    """A claim with what it shares with others in its places, as the script puts it there."""
    item = page.find("li", id=anchor)
    for holder in item.select("[data-piece]"):
        if lists := page.find(attrs={"data-pieces": holder["data-piece"]}):
            shared = re.split("<!-- ?-->", lists.decode_contents())[1:-1]
            places, _, more = holder.text.partition(" and ")
            drawn = "".join(shared[int(place)] for place in places.split())
            holder.clear()
            holder.append(BeautifulSoup(f"{drawn} and {more}" if more else drawn, "html.parser"))
    return item


# ------------------------------------------------------------------------------- one closed file


def test_the_page_asks_the_network_for_nothing(page, pair):
    reports, across = pair
    soup = page(*reports, across=across)
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name in {"src", "href", "action", "poster", "data"}:
                assert value.startswith(("#", "data:image/svg+xml,")), tag
    assert not re.search(r"""url\((?!"data:image/svg\+xml,[^"]*"\))|@import""", style())
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|import)\s*\(", script())


def test_the_policy_allows_our_style_and_script_by_their_hashes_alone(page, checked):
    soup = page(checked)
    meta = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert meta["content"] == policy()
    assert "unsafe" not in policy()
    assert policy().startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (element,) = soup.find_all(tag)
        digest = base64.b64encode(hashlib.sha256(element.string.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy()
        assert f"</{tag}" not in element.string


def test_nothing_in_the_page_needs_an_inline_style_or_handler(page, pair, hostile):
    soup = page(*pair[0], hostile)
    assert not [tag for tag in soup.find_all(True) if any(a == "style" or a.startswith("on") for a in tag.attrs)]


def test_hostile_text_stays_text(page, hostile):
    soup = page(hostile)
    text = hostile.report.claims[0].text
    assert len(soup.find_all("script")) == 1
    assert not soup.find("b")
    assert soup.find("h1").text == soup.find("h2", id="r1-title").text == text
    item = claim(soup, "C01")
    assert item.find(class_="text").contents[0] == text
    assert item.find(class_="reason").text == text
    assert item.find("ins").text.endswith("more")
    assert [cell.text for cell in item.select("tr.besides td")][:4] == [text, "1.5", "[1, 2]", text]


def test_a_report_is_one_piece_of_text_to_a_browser_with_scripts(page, pair, hostile):
    """What stands in <noscript> ends at the first </noscript>: no text of a report may hold one."""
    (one,) = hostile.claims
    ends = replace(one, claim=replace(one.claim, text="</noscript><b>bold</b>", mark_raw="</noscript >"))
    soup = page(*pair[0], replace(hostile, claims=(ends,)))
    for section in soup.select(".report"):
        (inside,) = [child for child in section.children if child.name]
        assert inside.name == "noscript"
        assert not inside.find_all(["noscript", "script", "style"])
        assert "</noscript" not in inside.decode_contents()


def test_the_script_finds_the_claims_in_that_text(written, pair, hostile):
    text = (written(*pair[0], hostile) / "report.html").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"Page\.CLAIM =\s+/(.*)/g;", script())
    found = [m.groups() for m in re.finditer(pattern, text)]
    assert [anchor for anchor, *_ in found] == [li["id"] for li in BeautifulSoup(text, "html.parser").select(".claim")]
    assert found[1] == ("C02", "refuted", "yes", "against", "0.61")


def test_ids_are_unique_and_every_link_leads_somewhere(page, pair):
    reports, across = pair
    soup = page(*reports, across=across)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:].split("?")[0] for a in soup.find_all("a")} | {u["href"][1:] for u in soup.find_all("use")}
    assert targets <= set(ids)
    labelled = {tag["aria-labelledby"] for tag in soup.find_all(attrs={"aria-labelledby": True})}
    assert labelled <= set(ids)


# ------------------------------------------------------------------------------------- contents


def test_the_summary_comes_first_and_counts_every_verdict(page, checked):
    soup = page(checked)
    assert [s.get("id") for s in soup.main.find_all("section", recursive=False)] == [
        "s-summary",
        "s-claims",
        "s-legend",
    ]
    counts = {tile["data-verdict"]: int(tile.find(class_="count").text) for tile in soup.find_all(class_="tile")}
    assert list(counts) == list(VERDICTS)
    assert counts == {v: sum(c.verdict.verdict == v for c in checked.claims) for v in VERDICTS}
    assert soup.select_one(".bar rect")["width"] == f"{100 * counts['supported'] / 8:g}%"


def test_the_summary_shows_what_the_marks_are_worth_and_what_to_run(page, checked):
    soup = page(checked)
    rows = {row.th.text.strip(): [c.text for c in row.find_all("td")] for row in soup.select(".matrix tbody tr")}
    assert rows["Refuted"] == ["1", "·0", "·0"]
    called = {a["href"]: a.text for a in soup.select(".called a")}
    assert called["#s-claims?mark=missed"] == "unverified, but supported"
    runs = [[code.text for code in step.select(".runs code")] for step in soup.select(".steps li")]
    assert runs == [["multi"], ["hellaswag"]]
    assert soup.select_one(".steps .refs a")["href"] == "#C05"


def test_several_reports_are_listed_with_findings_across_them(page, pair):
    reports, across = pair
    soup = page(*reports, across=across)
    assert soup.h1.text == "2 reports"
    assert [a.find(class_="name").text for a in soup.select(".reports a")] == [
        "Does intermediate training help?",
        "two.md",
    ]
    shown = [f.text for f in soup.select("#s-across .findings .code")]
    assert shown == [f.code for f in across if f.code != "marks-against-verdicts"]
    links = [a["href"] for a in soup.select("#s-across .refs a")]
    assert {"#C03", "#r2-C03"} <= set(links)


def test_claims_of_the_first_report_keep_their_plain_anchors(page, pair):
    soup = page(*pair[0])
    assert [li["id"] for li in soup.select("#r1 .claim")][:2] == ["C01", "C02"]
    assert [li["id"] for li in soup.select("#r2 .claim")] == ["r2-C01", "r2-C02", "r2-C03"]


def test_the_header_of_a_report_sets_stated_beside_read(page, checked):
    header = page(checked).select_one("#r1 header")
    assert header.find(class_="question").text.endswith("How does linguistic distance relate to the gain?")
    stated, read = [[c.text.strip() for c in row.find_all("td")] for row in header.select(".counts tbody tr")]
    assert stated == ["9", "6", "4", "8.1/10"]
    assert read == ["8 (differs)", "6", "1 (differs)", ""]
    assert "claim-count-differs" in header.find(class_="findings").text


def test_a_claim_shows_the_reports_own_mark_beside_the_verdict(page, checked):
    item = claim(page(checked), "C03")
    assert item.find(class_="verdict").text == "Supported"
    assert item.find(class_="mark").text == "Report × 12 %"
    assert item.find(class_="callout").text == "Marked unverified; the evidence supports it"
    assert claim(page(checked), "C02").find(class_="callout").text == "Marked verified; the evidence speaks against it"
    assert claim(page(checked), "C05").find(class_="note").text == "still open"
    assert not claim(page(checked), "C01").find(class_="callout")


def test_a_cut_claim_says_so_and_shows_what_completes_it(page, checked):
    item = claim(page(checked), "C04")
    assert item.find(class_="cut").text == "cut off"
    assert item.find("ins").text == "ing examples."
    assert item.find(class_="from").text == "from sources/mnli.txt"
    assert "truncated" in [flag.text for flag in item.select(".flags li")]


def test_the_drawer_holds_everything_behind_the_verdict(page, hostile):
    drawer = claim(page(hostile), "C01").find(class_="drawer")
    assert [holder["data-piece"] for holder in drawer.find_all(attrs={"data-piece": True}, recursive=False)] == [
        "parts", "row", "defined", "otherwise", "plan", "cell", "line",
    ]  # fmt: skip
    assert [row["class"][0] for row in drawer.select("tr")] == ["decides", "besides"]
    assert [li.find(class_="verdict").text for li in drawer.select("[data-piece=parts] li")] == [
        "Supported",
        "Not testable",
    ]


def test_many_missing_cells_are_cut_short(page, checked):
    claims = list(checked.claims)
    settle = replace(claims[4].verdict.settle, cells=tuple(f"cell {i}" for i in range(100)))
    claims[4] = replace(claims[4], verdict=replace(claims[4].verdict, settle=settle))
    cells = claim(page(replace(checked, claims=tuple(claims))), "C05").select_one("[data-piece=cell]")
    assert len(cells.find_all("li")) == 30
    assert cells.text.endswith(" and 70 more, in verdicts.json")


def test_a_report_without_claims_says_so(page, checked):
    empty = replace(checked, claims=(), report=replace(checked.report, claims=()))
    assert "No claim was read in this report." in page(empty).text


def test_the_page_says_what_made_it(page, checked):
    footer = page(checked).footer.text
    assert "claimgauge 1.2.3 · definitions 4 · lexicon 5" in footer
    assert "runs.csv, 120 rows" in footer


def test_templates_and_schema_ship_inside_the_package():
    for name in (
        "templates/opening.html",
        "templates/base.css",
        "templates/controls.js",
        "schemas/verdicts-1.json",
    ):
        assert (files("reports") / name).is_file()


# --------------------------------------------------------------------------------------- colours


def linear(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour):
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "raised", "sunken"])
@pytest.mark.parametrize("name", ["ink", "soft", "accent", *VERDICTS])
def test_text_stands_out_from_its_ground(theme, ground, name):
    assert contrast(CHOSEN[name][theme], CHOSEN[ground][theme]) >= 4.5


MACHADO_2009 = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
TO_XYZ = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8729))


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def lab(rgb):
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in times(TO_XYZ, rgb))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("eye", MACHADO_2009)
def test_verdict_colours_stay_apart_for_the_colour_blind(theme, eye):
    seen = {v: lab([min(1, max(0, c)) for c in times(MACHADO_2009[eye], linear(CHOSEN[v][theme]))]) for v in VERDICTS}
    assert min(math.dist(seen[a], seen[b]) for a, b in combinations(VERDICTS, 2)) > 10
