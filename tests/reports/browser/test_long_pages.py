"""Pages of more claims than are drawn at once: what is not drawn must be missed by nobody."""

from __future__ import annotations

from itertools import pairwise

import pytest

ALL = [f"C{i:03d}" for i in range(1, 481)]
MANY = [f"C0{k}" if i == 1 else f"r{i}-C0{k}" for i in range(1, 201) for k in range(2, 6)]
DRAWN = 60
"""More rows than this are never drawn in the windows of these tests."""

WALK = """
    document.querySelector("#s-claims").scrollIntoView();
    const met = [];
    for (let more = true; more; ) {
        await frame();
        met.push(inWindow().map(([id]) => id));
        const before = scrollY;
        scrollBy({ top: innerHeight - 250, behavior: "instant" });
        more = scrollY > before;
    }
    return met;
"""
CLIMB = """
    const moves = [];
    for (let i = 0; i < 12; i += 1) {
        const before = Object.fromEntries(inWindow());
        scrollBy({ top: -250, behavior: "instant" });
        await frame();
        moves.push(inWindow().filter(([id]) => id in before).map(([id, top]) => top - before[id]));
    }
    return moves;
"""
KEEPS_NO_PLACE = """(Page.KEEPS_PLACE = false,
    document.documentElement.style.overflowAnchor = document.body.style.overflowAnchor = "none")"""


def rows(reader):
    return reader.js("document.querySelectorAll('.claim').length")


def without_gaps(found, names):
    """The places of what was found, which must be neighbours."""
    places = [names.index(name) for name in found]
    assert places == list(range(places[0], places[0] + len(places)))
    return places


def bar(reader):
    return reader.js("document.querySelector('#controls').getBoundingClientRect().bottom")


# ---------------------------------------------------------------------------------------- drawing


@pytest.mark.parametrize(("page", "names"), [("long", ALL), ("many", MANY)])
def test_only_rows_near_the_window_are_drawn_and_all_are_counted(reader, page, names):
    reader.open(page)
    assert reader.result == f"{len(names)} claims"
    assert rows(reader) < DRAWN
    reader.scroll(40_000)
    assert len(without_gaps(reader.in_window, names)) >= 2
    assert rows(reader) < DRAWN


@pytest.mark.parametrize(
    ("page", "names", "width", "height"),
    [("long", ALL, 1200, 900), ("many", MANY, 1200, 2500), ("long", ALL, 400, 1400)],
)
def test_whoever_scrolls_meets_every_claim_in_its_order(reader, page, names, width, height):
    met = reader.open(page, width=width, height=height).later(WALK)
    places = [without_gaps(found, names) for found in met if found]
    assert places[0][0] == 0
    assert places[-1][-1] == len(names) - 1
    for before, after in pairwise(places):
        assert before[0] <= after[0] <= before[-1] + 1


def test_jumps_of_the_scrollbar_land_on_drawn_rows(reader):
    height = reader.open("many").js("document.documentElement.scrollHeight")
    seen = []
    for part in (0.9, 0.4, 0.6, 0.5, 0.95):
        reader.js("scrollTo({top: arguments[0], behavior: 'instant'})", height * part)
        reader.settle()
        seen.append(without_gaps(reader.in_window, MANY)[0])
    assert seen[1] < seen[3] < seen[2] < seen[0] < seen[4]


@pytest.mark.parametrize("own", [False, True], ids=["by the browser", "by the page"])
@pytest.mark.parametrize(("page", "anchor"), [("long", "C300"), ("many", "r120-C04")])
def test_what_is_read_keeps_its_place_while_rows_above_get_their_heights(reader, page, anchor, own):
    reader.open(page, f"#{anchor}").settle()
    if own:
        reader.js(KEEPS_NO_PLACE)
    for moved in reader.later(CLIMB):
        assert moved
        assert moved == pytest.approx([250] * len(moved), abs=3)


def test_another_width_leaves_no_hole(reader):
    reader.open("long", "#C240")
    reader.cdp("Emulation.setDeviceMetricsOverride", width=420, height=900, deviceScaleFactor=1, mobile=False)
    reader.settle()
    assert without_gaps(reader.in_window, ALL)
    reader.scroll(20_000)
    assert without_gaps(reader.in_window, ALL)


def test_pages_of_few_claims_hold_them_all_for_the_browsers_own_search(reader):
    reader.open("two", height=300)
    assert rows(reader) == 11
    assert reader.js("window.find('HellaSwag has 12 training examples')")


def test_readers_who_cannot_see_are_told_which_of_how_many_rows_it_is(reader):
    row = reader.open("long", "#C333").element("#C333")
    assert (row.get_attribute("aria-posinset"), row.get_attribute("aria-setsize")) == ("333", "480")
    reader.choose("#sort", "confidence")
    reader.type("hellaswag")
    first = reader.element(f"#{reader.shown[0]}")
    assert (first.get_attribute("aria-posinset"), first.get_attribute("aria-setsize")) == ("1", "120")


# ----------------------------------------------------------------------------------------- finding


def test_filters_search_and_sort_reach_claims_that_are_not_drawn(reader):
    reader.open("many").choose("#flag", "truncated")
    assert reader.result == "200 of 800 claims"
    assert reader.shown[:3] == ["C04", "r2-C04", "r3-C04"]
    reader.click("#clear")
    reader.choose("#report", "199")
    assert reader.shown == [f"r199-C0{k}" for k in range(2, 6)]
    reader.choose("#sort", "-confidence")
    assert reader.shown == ["r199-C03", "r199-C05", "r199-C04", "r199-C02"]
    reader.choose("#report", "")
    assert reader.result == "800 claims"
    assert reader.shown[:4] == ["C03", "C05", "C04", "C02"]
    reader.type('"mnli has 40,000" examples')
    assert reader.result == "200 of 800 claims"
    assert {name[-3:] for name in reader.shown} == {"C02"}


def test_a_search_in_the_address_waits_for_its_texts(reader):
    reader.open("many", "#r150-C02?q=40%2C000&sort=verdict").settle()
    assert reader.result == "200 of 800 claims"
    assert "r150-C02" in reader.in_window
    assert reader.element("#q").get_attribute("value") == "40,000"


def test_a_search_that_is_overtaken_is_forgotten(reader):
    reader.open("many")
    told = reader.later("""
        const list = new Page.List(), told = [], read = list.read;
        let slices = 0;  // the first one is over before all texts are read, however fast the machine
        list.read = (more) => slices++ > 0 && read.call(list, more);
        list.ready({ q: "one" }, () => told.push("one"));
        list.ready({ q: "two" }, () => told.push("two"));
        while (!told.length || list.unread < list.claims.length) await frame();
        await frame();
        return told;
    """)
    assert told == ["two"]


def test_the_report_selector_names_hundreds_of_reports(reader):
    options = reader.open("many").js("[...document.querySelector('#report').options].map((option) => option.text)")
    assert len(options) == 201
    assert options[200] == "200 · Report 200 of many"


@pytest.mark.parametrize("anchor", ["C02", "r125-C05", "r200-C05"])
def test_deep_links_reach_both_ends_and_the_middle(reader, anchor):
    seen = reader.open("many", f"#{anchor}").settle().in_window
    assert anchor == "r200-C05" or bar(reader) <= seen[anchor] < bar(reader) + 60
    assert seen[anchor] < 900
    assert reader.js("document.getElementById(arguments[0]).querySelector('.drawer').open", anchor)


def test_a_report_of_the_list_is_brought_below_the_bar(reader):
    reader.open("many").click(".reports a[href='#r150']")
    title = reader.settle().js("document.querySelector('#r150-title').getBoundingClientRect().top")
    assert bar(reader) <= title < bar(reader) + 60
    assert reader.hash == "#r150"


def test_links_of_what_to_run_next_lead_to_claims_that_are_not_drawn(reader):
    name = reader.open("many").js("[...document.querySelectorAll('.steps .refs a')].at(-1).hash.slice(1)")
    assert not reader.driver.find_elements("css selector", f"#{name}")
    reader.click(f".steps .refs a[href='#{name}']")
    assert name in reader.settle().in_window
    assert "marked" in reader.element(f"#{name}").get_attribute("class")


# ---------------------------------------------------------------------------- places and keyboard


def test_back_and_reload_return_to_the_claim_that_was_read(reader):
    reader.open("many").scroll(90_000)
    before = {name: pytest.approx(top, abs=2) for name, top in reader.rest().in_window.items()}
    reader.js("document.querySelector('.steps .refs a').click()")
    assert not set(before) & set(reader.rest().in_window)
    reader.driver.back()
    assert reader.settle().settle().in_window == before
    reader.driver.refresh()
    assert reader.settle().settle().in_window == before


def test_tabbing_follows_the_order_seen_over_the_ends_of_what_is_drawn(reader):
    reader.open("long", "#?sort=confidence")
    reader.js("""(window.met = [], document.querySelector("#clear").focus(),
        scrollTo(0, document.documentElement.scrollHeight),
        addEventListener("focusin", (event) => met.push(event.target.closest(".claim")?.id)))""")
    reader.keys(*["TAB"] * 120)
    order = reader.js("new Page.List().claims.sort(Page.ORDERS.confidence).map((claim) => claim.anchor)")
    met = [name for name in reader.js("met") if name]
    assert list(dict.fromkeys(met)) == order[: len(set(met))]
    assert len(set(met)) > 50


def test_the_focus_survives_a_look_at_another_place(reader):
    reader.open("long").js("document.querySelector('#C005 .id a').focus()")
    reader.scroll(60_000)
    assert reader.js("document.activeElement.closest('.claim').id") == "C005"
    reader.keys("TAB", "TAB")
    assert reader.js("document.activeElement.closest('.claim').id") == "C006"
    assert "C006" in reader.in_window


def test_an_open_drawer_is_still_open_after_a_look_at_another_place(reader):
    reader.open("long", "#C050").click("#C051 summary")
    reader.js("(document.activeElement.blur(), getSelection().removeAllRanges())")
    reader.scroll(50_000)
    assert not reader.driver.find_elements("css selector", "#C051")
    reader.scroll(-50_000)
    assert reader.element("#C051 .assertion").is_displayed()


# ------------------------------------------------------------------- paper, no scripts, saved pages


def test_print_draws_every_claim_that_fits_and_then_the_window_again(reader):
    reader.open("many", "#?verdict=refuted")
    reader.js("addEventListener('beforeprint', () => (window.rows = document.querySelectorAll('.claim').length)) ?? 1")
    reader.cdp("Page.printToPDF")
    assert reader.js("window.rows") == 200
    assert rows(reader) < DRAWN
    assert reader.result == "200 of 800 claims"


def test_without_javascript_every_claim_of_a_long_page_is_in_the_document(reader):
    tree = reader.without_scripts("many", "Report 200 of many", "#r150-C03")
    (document, *_), strings = tree["documents"], tree["strings"]
    attributes = [dict(zip(pair[::2], pair[1::2], strict=True)) for pair in document["nodes"]["attributes"]]
    name = strings.index("id")
    assert set(MANY) <= {strings[pair[name]] for pair in attributes if name in pair}
    laid = {strings[i] for i in document["layout"]["text"] if i >= 0}
    assert "Report 150 of many" in laid


def test_a_page_that_was_saved_from_a_window_opens_again(reader, tmp_path):
    reader.open("many", "#r150-C05?sort=confidence")
    saved = tmp_path / "saved.html"
    saved.write_text("<!doctype html>" + reader.js("document.documentElement.outerHTML"), encoding="utf-8")
    reader.urls = {**reader.urls, "saved": saved.as_uri()}
    assert reader.open("saved", "#r3-C02", height=2500).result == "800 claims"
    assert "r3-C02" in reader.in_window
    met = reader.later(WALK)
    assert list(dict.fromkeys(name for found in met for name in found)) == MANY
    blocked = [entry["message"] for entry in reader.driver.get_log("browser")]
    assert all("inline style" in message for message in blocked), "heights of the window that was saved, not needed"


def test_a_table_far_down_is_saved_as_csv(reader):
    reader.open("many", "#r150-C02").js("""(
        URL.createObjectURL = (blob) => { blob.text().then((text) => (window.saved = text)); return "#"; },
        HTMLAnchorElement.prototype.click = function () { window.file = this.download; }, 1)""")
    reader.click("#r150-C02 .csv")
    assert reader.js("window.file") == "r150-C02-evidence.csv"
    assert reader.js("window.saved").startswith("What,Value,Interval,Source,Provenance,Role\r\n")


ACTIONS = {
    "filter": "document.querySelector('.chip.refuted').click();",
    "clear": "document.querySelector('#clear').click();",
    "sort": "Object.assign(document.querySelector('#sort'), { value: 'confidence' }).dispatchEvent(new Event('change'));",
}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_on_a_long_page_draws_no_more_than_is_near_the_window(reader, action):
    reader.open("many", "#?verdict=refuted" if action == "clear" else "").settle()
    before = reader.result
    reader.js(f"(() => {{ {ACTIONS[action]} return 1; }})()")
    assert action == "sort" or reader.result != before
    assert rows(reader) < DRAWN
