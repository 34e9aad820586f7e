"""A person's paths through `claimgauge serve`, in a real browser."""

from __future__ import annotations

import pytest

pytest.importorskip("uvicorn", reason="needs claimgauge[serve]")
pytest.importorskip("selenium", reason="needs selenium (claimgauge[test])")

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from served import start, stop

CLAIM = "MNLI has 392,702 training examples."


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    served = start(tmp_path_factory.mktemp("page") / "kept")
    yield f"http://127.0.0.1:{served.port}/"
    stop(served)


def shown(browser, selector, text):
    """Waits until an element holds a text."""
    found = lambda b: [e for e in b.find_elements(By.CSS_SELECTOR, selector) if text in e.text]  # noqa: E731
    return WebDriverWait(browser, 60, 0.05, ignored_exceptions=[Exception]).until(found)[0]


def press(browser, selector, text):
    """Presses Enter on an element that holds a text, again while the page draws it anew."""
    pressed = lambda _: shown(browser, selector, text).send_keys(Keys.ENTER) or True  # noqa: E731
    WebDriverWait(browser, 60, 0.05, ignored_exceptions=[Exception]).until(pressed)


def paste(browser, text, ending=""):
    field = browser.find_element(By.ID, "claim-text")
    field.clear()
    field.send_keys(text, ending)


def test_a_pasted_claim_is_answered_without_a_mouse_and_back_and_reload_show_it_again(browser, page):
    browser.get(page)
    paste(browser, CLAIM)
    browser.find_element(By.ID, "claim-text").send_keys(Keys.CONTROL, Keys.ENTER)
    shown(browser, ".found.supported", "392,702")
    paste(browser, "MNLI has 500 training examples.")
    browser.find_element(By.ID, "claim-text").send_keys(Keys.TAB, Keys.ENTER)
    shown(browser, ".found.refuted", "500")
    browser.back()
    shown(browser, ".found.supported", "392,702")
    browser.refresh()
    shown(browser, ".found.supported", "392,702")
    assert browser.find_element(By.ID, "claim-text").get_attribute("value") == CLAIM


def test_the_unread_word_is_marked_and_a_click_on_the_rewording_reads_it_and_keeps_it(browser, page):
    browser.get(page)
    paste(browser, "MNLI zorgly has 392,702 training examples.", Keys.CONTROL + Keys.ENTER)
    shown(browser, ".found mark", "zorgly")
    browser.find_element(By.CSS_SELECTOR, ".reword").click()
    shown(browser, ".found.supported", "392,702")
    browser.find_element(By.CSS_SELECTOR, ".keep").click()
    shown(browser, ".found p", "Kept:")
    shown(browser, "#kept button", "undo").send_keys(Keys.ENTER)
    shown(browser, "#kept", "None")


def test_a_claim_of_a_report_is_corrected_by_its_reader_and_the_correction_is_undone_without_a_mouse(browser, page):
    browser.get(page)
    browser.find_element(By.ID, "report-text").send_keys("# Claims\n\n- MNLI frobly has 392,702 training examples.\n")
    browser.find_element(By.CSS_SELECTOR, "#report-form button").click()
    row = shown(browser, "#reports tr[data-state=done]", "not-testable")
    row.find_element(By.LINK_TEXT, "open").send_keys(Keys.ENTER)
    shown(browser, ".claim a", "Check or correct").send_keys(Keys.ENTER)
    shown(browser, ".found mark", "frobly")
    browser.find_element(By.CSS_SELECTOR, ".correct summary").send_keys(Keys.ENTER)
    field = browser.find_element(By.CSS_SELECTOR, ".correct textarea")
    field.clear()
    field.send_keys("It is fine.", Keys.TAB, "Ann", Keys.ENTER)
    shown(browser, ".correct .message", "not read either")
    field.clear()
    field.send_keys(CLAIM, Keys.TAB, Keys.TAB, Keys.ENTER)
    shown(browser, ".found.supported", "supplied by Ann on")
    press(browser, "#reports button", "check again")
    shown(browser, "#claims tr", "before: not-testable")
    browser.find_element(By.CSS_SELECTOR, ".undo").send_keys(Keys.ENTER)
    shown(browser, ".found mark", "frobly")
    browser.find_element(By.LINK_TEXT, "open").send_keys(Keys.ENTER)
    shown(browser, ".maker a", "claimgauge").send_keys(Keys.ENTER)
    shown(browser, "#kept", "None")


def test_of_a_claim_of_which_no_part_is_read_both_directions_are_offered_and_a_click_chooses(browser, page):
    browser.get(page)
    paste(browser, "QQP frobs the zorg of XNLI.", Keys.CONTROL + Keys.ENTER)
    shown(browser, ".found p", "One of these may be meant")
    shown(browser, ".found p.quiet", "Chosen for what was not read: “improves”")
    shown(browser, ".found .reword", "QQP does not improve XNLI.").click()
    shown(browser, ".found", "Read as")
    assert browser.find_element(By.CSS_SELECTOR, ".keep").text.startswith("Read “QQP frobs the zorg of XNLI.” so")


def test_a_click_on_a_related_sentence_or_an_example_checks_it_and_is_no_reading_of_the_claim(browser, page):
    for claim, heading in (("QQP hurts the zorg.", "Of its names"), ("Carbon zorgs.", "no rewordings")):
        browser.get(page)
        paste(browser, claim, Keys.CONTROL + Keys.ENTER)
        others = shown(browser, ".found p", heading).find_element(By.XPATH, "..")
        others.find_element(By.CSS_SELECTOR, ".reword").click()
        shown(browser, ".found.supported", "Read as")
        assert browser.find_elements(By.CSS_SELECTOR, ".keep") == []


def test_a_claim_is_checked_again_when_a_table_is_dropped_and_when_it_is_removed(browser, page, tmp_path):
    table = tmp_path / "owls.csv"
    table.write_text("Model,NUS accuracy\nBarn Owl,60.5\nTawny Owl,58.4\n", encoding="utf-8")
    browser.get(page)
    paste(browser, "Barn Owl beats Tawny Owl on NUS.", Keys.CONTROL + Keys.ENTER)
    shown(browser, ".found.not-testable", "bring a table")
    browser.find_element(By.LINK_TEXT, "results and tables you add").click()
    paste(browser, "What is typed meanwhile stays")
    browser.find_element(By.ID, "evidence-files").send_keys(str(table))
    browser.find_element(By.CSS_SELECTOR, "#evidence-form button").click()
    shown(browser, ".found.supported", "owls.csv")
    assert "60.5" in browser.find_element(By.CSS_SELECTOR, ".found details[open]").text, "few cells lie open"
    assert browser.find_element(By.ID, "claim-text").get_attribute("value") == "What is typed meanwhile stays"
    browser.find_element(By.CSS_SELECTOR, "[aria-label='Remove owls.csv']").click()
    shown(browser, ".found.not-testable", "bring a table")


def test_the_keyboard_stays_where_a_pressed_button_was(browser, page):
    browser.get(page)
    focus = lambda: browser.execute_script(  # noqa: E731
        "return (document.activeElement.closest('#claim-result, #reports') || {}).id"
    )
    paste(browser, "MNLI zorgly has 392,702 training examples.", Keys.CONTROL + Keys.ENTER)
    shown(browser, ".found mark", "zorgly")
    browser.find_element(By.CSS_SELECTOR, ".reword").send_keys(Keys.ENTER)
    shown(browser, ".found.supported", "392,702")
    assert focus() == "claim-result"
    browser.find_element(By.ID, "report-text").send_keys(f"# Claims\n\n- {CLAIM}\n")
    browser.find_element(By.CSS_SELECTOR, "#report-form button").click()
    press(browser, "#reports button", "check again")
    shown(browser, "#reports button", "check again")
    assert focus() == "reports"


def test_a_narrow_window_shows_the_whole_ledger_and_breaks_no_name(browser, page):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.get(page)
    browser.find_element(By.ID, "report-text").send_keys(f"# Claims\n\n- {CLAIM}\n")
    browser.find_element(By.CSS_SELECTOR, "#report-form button").click()
    link = shown(browser, "#claims a", "pasted.md")
    assert link.size["height"] < 30, "the name stands on one line"
    assert link.location["x"] + link.size["width"] <= 400
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 400
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_dropped_files_become_evidence_and_reports_with_links_to_their_pages(browser, page, tmp_path):
    table, report = tmp_path / "scores.csv", tmp_path / "mine.md"
    table.write_text("Model,NUS accuracy\nAlpha,60.5\nBeta,58.4\n", encoding="utf-8")
    report.write_text(f"# Claims\n\n- {CLAIM}\n- Alpha beats Beta on NUS by 2.1 points.\n", encoding="utf-8")
    browser.get(page)
    browser.find_element(By.ID, "evidence-files").send_keys(str(table))
    browser.find_element(By.CSS_SELECTOR, "#evidence-form button").click()
    shown(browser, "#files li", "scores.csv")
    browser.find_element(By.ID, "report-files").send_keys(str(report))
    browser.find_element(By.CSS_SELECTOR, "#report-form button").click()
    row = shown(browser, "#reports tr[data-state=done]", "2 supported")
    shown(browser, "#claims tr", "Alpha beats Beta")
    row.find_element(By.LINK_TEXT, "open").click()
    shown(browser, "h1", "mine.md")


def test_what_others_wrote_is_text_and_the_page_asks_nobody_else(browser, page):
    browser.get(page)
    paste(browser, "<img src=x onerror=\"document.title='stolen'\"> beats <b>Beta</b>.", Keys.CONTROL + Keys.ENTER)
    shown(browser, ".found", "<img src=x")
    assert browser.title == "claimgauge"
    assert not browser.find_elements(By.CSS_SELECTOR, ".found img, .found b")
    asked = browser.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert asked
    assert all(address.startswith((page, "data:")) for address in asked)


def test_the_page_fits_a_narrow_window(browser, page):
    browser.set_window_size(420, 900)
    try:
        browser.get(page)
        paste(browser, CLAIM, Keys.CONTROL + Keys.ENTER)
        shown(browser, ".found.supported", "392,702")
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    finally:
        browser.set_window_size(1200, 900)
