from __future__ import annotations


def test_the_skip_link_is_first_and_leads_to_the_search_box(reader):
    reader.open().keys("TAB")
    assert reader.focus() == "skip"
    reader.keys("ENTER")
    assert reader.focus() == "q"


def test_search_filter_and_drawer_work_from_the_keyboard(reader):
    reader.open()
    reader.js("document.querySelector('#q').focus()")
    reader.keys("mnli")
    reader.keys("TAB")
    assert reader.focus() == "chip supported"
    reader.keys("SPACE")
    assert reader.shown == ["C01", "C04"]
    reader.js("document.querySelector('#C01 .id a').focus()")
    reader.keys("TAB")
    reader.keys("ENTER")
    assert reader.js("document.querySelector('#C01 .drawer').open")
    assert reader.js("document.querySelector('#C01 .drawer .assertion').offsetHeight") > 0


def test_whatever_has_the_focus_shows_it(reader):
    reader.open()
    for selector in ("#q", ".chip", "#mark", ".tile", "summary", ".id a", "#theme"):
        reader.js("document.querySelector('.maker').scrollIntoView()")
        reader.keys("TAB")
        reader.js("document.querySelector(arguments[0]).focus()", selector)
        assert reader.js("getComputedStyle(document.activeElement).outlineStyle") == "solid", selector


def test_the_count_is_announced(reader):
    reader.open()
    assert reader.element("#result").get_attribute("aria-live") == "polite"
    assert reader.js("[...document.querySelectorAll('main, nav, header, footer, [role=search]')].length") >= 5
    assert reader.js("document.documentElement.lang") == "en"


def test_copying_puts_the_assertion_on_the_clipboard_or_selects_it(reader):
    reader.open(hash_="#C02").click("#C02 .copy")
    assert reader.element("#C02 .copy").text in {"Copied", "Selected"}


def test_a_table_is_saved_as_csv_without_formulas(reader):
    reader.open()
    cells = ["a,b", 'say "x"', "=1+1", "-1.5", "-cmd", "plain"]
    assert reader.js("arguments[0].map(Page.csvCell)", cells) == [
        '"a,b"', '"say ""x"""', "'=1+1", "-1.5", "'-cmd", "plain",
    ]  # fmt: skip
