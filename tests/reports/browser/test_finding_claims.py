from __future__ import annotations

import pytest

ALL = [f"C0{i}" for i in range(1, 9)]


def test_without_filters_every_claim_is_shown(reader):
    assert reader.open().shown == ALL
    assert reader.result == "8 claims"


def test_a_tile_filters_by_its_verdict_and_shows_the_claims(reader):
    reader.open().click(".tile.refuted")
    assert reader.shown == ["C02"]
    assert reader.result == "1 of 8 claims"
    assert reader.hash == "#?verdict=refuted"
    assert reader.js("document.querySelector('#s-claims').getBoundingClientRect().top") == pytest.approx(0, abs=2)
    assert reader.element(".chip.refuted").get_attribute("aria-pressed") == "true"


def test_chips_add_verdicts_up_and_take_them_away(reader):
    reader.open()
    reader.click(".chip.refuted")
    reader.click(".chip.mixed")
    assert reader.shown == ["C02", "C08"]
    assert reader.hash == "#?verdict=mixed,refuted"
    reader.click(".chip.refuted")
    assert reader.shown == ["C08"]


def test_claims_are_filtered_by_mark_by_flag_and_by_how_marks_part_from_verdicts(reader):
    reader.open().choose("#mark", "no")
    assert reader.shown == ["C03"]
    reader.choose("#mark", "against")
    assert reader.shown == ["C02", "C08"]
    reader.click("#clear")
    reader.choose("#flag", "truncated")
    assert reader.shown == ["C04"]


def test_a_link_of_the_summary_shows_the_claims_it_counts(reader):
    reader.open().click(".called a[href*=missed]")
    assert reader.shown == ["C03"]
    assert reader.hash == "#s-claims?mark=missed"


def test_claims_are_filtered_by_report(reader):
    reader.open("two").choose("#report", "2")
    assert reader.shown == ["r2-C01", "r2-C02", "r2-C03"]
    assert not reader.element("#r1").is_displayed()


def test_search_finds_all_words_in_claims_reasons_and_evidence(reader):
    reader.open().type("MNLI 40,000")
    assert reader.shown == ["C02"]
    assert reader.hash == "#?q=MNLI+40%2C000".replace("%2C", ",")
    reader.type('"training examples" hellaswag')
    assert reader.shown == ["C08"]
    reader.type("(fact mnli train_examples 40000)")
    assert reader.shown == ["C02", "C08"][:1]


def test_search_does_not_find_the_words_of_the_page_itself(reader):
    reader.open().type("save as csv")
    assert reader.shown == []


def test_an_empty_result_says_so_and_offers_a_way_back(reader):
    reader.open().type("no such words")
    assert reader.result == "0 of 8 claims"
    assert reader.element("#empty").is_displayed()
    reader.click("#clear-empty")
    assert reader.shown == ALL
    assert not reader.element("#empty").is_displayed()


def test_claims_are_sorted_by_verdict_and_by_confidence_and_back(reader):
    reader.open().choose("#sort", "confidence")
    assert reader.shown == ["C02", "C08", "C01", "C04", "C05", "C07", "C03", "C06"]
    reader.choose("#sort", "-confidence")
    assert reader.shown == ["C03", "C07", "C05", "C04", "C01", "C08", "C02", "C06"]
    reader.choose("#sort", "verdict")
    assert reader.shown[:2] == ["C02", "C08"]
    assert reader.hash == "#?sort=verdict"
    reader.choose("#sort", "")
    assert reader.shown == ALL


def test_an_address_brings_the_same_view_back(reader):
    reader.open(hash_="#?verdict=refuted,mixed&mark=yes&q=mnli&sort=confidence")
    assert reader.shown == ["C02", "C08"]
    assert reader.element("#q").get_attribute("value") == "mnli"
    assert reader.element("#sort").get_attribute("value") == "confidence"


def test_an_address_with_unknown_values_shows_everything(reader):
    assert reader.open(hash_="#nowhere?mark=bogus&sort=bogus").shown == ALL


@pytest.mark.parametrize(
    ("page", "anchor", "width"),
    [
        ("one", "C05", 1200),
        ("one", "C05", 400),
        ("two", "r2-C02", 1200),
        ("long", "C333", 1200),
        ("long", "C333", 400),
    ],
)
def test_a_deep_link_opens_its_drawer_below_the_sticky_bar(reader, page, anchor, width):
    reader.open(page, f"#{anchor}", width=width)
    reader.settle()
    bar = reader.js("document.querySelector('#controls').getBoundingClientRect()")
    claim = reader.js("document.getElementById(arguments[0]).getBoundingClientRect()", anchor)
    assert reader.js("document.getElementById(arguments[0]).querySelector('.drawer').open", anchor)
    assert (
        reader.js("document.getElementById(arguments[0]).querySelector('.drawer .assertion').offsetHeight", anchor) > 0
    )
    assert bar["top"] == pytest.approx(0, abs=1)
    assert bar["bottom"] <= claim["top"] < bar["bottom"] + 60
    assert reader.js("document.querySelectorAll('.drawer[open]').length") == 1
    assert reader.hash == f"#{anchor}"


def test_a_deep_link_keeps_the_filter_of_its_address_and_beats_one_that_hides_it(reader):
    reader.open(hash_="#C02?verdict=refuted")
    assert reader.shown == ["C02"]
    reader.open(hash_="#C01?verdict=refuted")
    assert reader.shown == ALL
    assert reader.js("document.querySelector('#C01 .drawer').open")


def test_the_first_report_may_be_named_in_a_deep_link(reader):
    reader.open("two", "#r1-C02")
    assert reader.js("document.querySelector('#C02 .drawer').open")


def test_a_link_inside_the_page_goes_to_the_claim_and_back_again(reader):
    reader.open().click("#r1 .findings a[href='#C08']")
    assert reader.hash == "#C08"
    assert reader.js("document.querySelector('#C08').classList.contains('marked')")
    reader.driver.back()
    reader.settle()
    assert reader.hash == ""


@pytest.mark.parametrize(("page", "anchor"), [("one", "C02"), ("long", "C330"), ("many", "r150-C02")])
def test_what_is_read_stays_where_it_is_when_other_claims_come_and_go(reader, page, anchor):
    reader.open(page, f"#{anchor}?verdict=refuted", height=500).settle()
    top = reader.in_window[anchor]
    for _ in range(2):
        reader.click(".chip.refuted")
        assert reader.settle().in_window[anchor] == pytest.approx(top, abs=2)
    assert reader.focus() != ""


def test_the_focus_stays_on_a_claim_that_is_still_shown(reader):
    reader.open("one", "#C02?verdict=refuted")
    reader.js("(location.hash = '#C02?verdict=refuted,mixed')")
    reader.js("document.querySelector('#C02 summary').focus()")
    reader.settle().driver.back()
    reader.settle()
    assert reader.shown == ["C02"]
    assert reader.js("document.activeElement.closest('.claim').id") == "C02"
