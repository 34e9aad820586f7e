from __future__ import annotations

import pytest

ALL = [f"C0{i}" for i in range(1, 9)]


def background(reader):
    return reader.js("getComputedStyle(document.body).backgroundColor")


def test_the_page_follows_the_wish_for_dark_and_can_be_turned(reader):
    reader.open(prefers_color_scheme="light")
    light = background(reader)
    reader.open(prefers_color_scheme="dark")
    dark = background(reader)
    assert light != dark
    assert reader.element("#theme").text == "Light"
    reader.click("#theme")
    assert background(reader) == light
    reader.open(prefers_color_scheme="dark")
    assert background(reader) == light, "the choice is remembered"
    reader.click("#theme")
    assert background(reader) == dark
    reader.js("localStorage.clear()")


@pytest.mark.parametrize("width", [400, 700, 1200])
@pytest.mark.parametrize("page", ["one", "two", "hostile"])
def test_no_width_needs_sideways_scrolling(reader, page, width):
    reader.open(page, width=width)
    reader.js("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    reader.js("document.querySelectorAll('.claim').forEach((c) => (c.style.contentVisibility = 'visible'))")
    if width == 400:
        reader.click("#fold")
    reader.settle()
    assert reader.js("document.documentElement.scrollWidth") <= width
    wide = """[...document.querySelectorAll('main *')].filter((e) => !e.closest('.scroll, .hidden')
        && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 80))"""
    assert reader.js(wide) == []


@pytest.mark.parametrize("selector", ["h1", ".text", ".reason", ".message"])
def test_words_of_others_run_in_the_direction_of_their_first_letter(reader, selector):
    reader.open()
    starts = """((selector, words) => {
        const holder = document.querySelector(selector), room = document.createRange();
        holder.textContent = words;
        room.selectNodeContents(holder);
        const [text, box] = [room, holder].map((one) => one.getBoundingClientRect());
        return [text.left - box.left, box.right - text.right].map((gap) => gap < 1);
    })(...arguments)"""
    inline = reader.js("getComputedStyle(document.querySelector(arguments[0])).display", selector) == "inline"
    assert reader.js(starts, selector, "MNLI מועיל") == [True, inline]
    assert reader.js(starts, selector, "מועיל MNLI") == [inline, True]
    order = """((holder) => {
        const first = document.createRange();
        first.setStart(holder.firstChild, 0);
        first.setEnd(holder.firstChild, 1);
        return first.getBoundingClientRect().left > holder.getBoundingClientRect().left + 10;
    })(document.querySelector(arguments[0]))"""
    assert reader.js(order, selector), "the first letter stands to the right of what follows"


def test_narrow_windows_fold_the_filters_away(reader):
    reader.open(width=400)
    assert not reader.element("#mark").is_displayed()
    reader.click("#fold")
    assert reader.element("#mark").is_displayed()
    assert reader.element("#fold").get_attribute("aria-expanded") == "true"


def test_print_shows_every_claim_as_a_row_without_controls_and_drawers(reader):
    reader.open(hash_="#C02", media="print", prefers_color_scheme="dark")
    assert reader.shown == ALL
    for selector in ("#controls", "#theme", "#C02 .drawer", ".top nav"):
        assert not reader.element(selector).is_displayed(), selector
    assert reader.js("getComputedStyle(document.documentElement).colorScheme") == "light"
    tops = "['.id', '.said', '.found'].map((s) => Math.round(document.querySelector('#C02 ' + s).getBoundingClientRect().top))"
    assert len(set(reader.js(tops))) == 1
    pdf = reader.cdp("Page.printToPDF")["data"]
    assert len(pdf) > 10_000


def test_reduced_motion_is_respected(reader):
    reader.open(prefers_reduced_motion="reduce")
    assert reader.js("getComputedStyle(document.querySelector('.tile')).transitionDuration") == "0s"
