"""The page in a real browser, and somebody who reads it."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace

import pytest

from reports.bundle import Bundle

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--window-size=1200,900",
)  # fmt: skip


IN_WINDOW = """const inWindow = () => {
    const bar = document.querySelector("#controls").getBoundingClientRect().bottom;
    return [...document.querySelectorAll(".claim")]
        .map((claim) => [claim.id, claim.getBoundingClientRect()])
        .filter(([, box]) => box.height && box.bottom > bar && box.top < innerHeight)
        .map(([id, box]) => [id, box.top]);
};"""


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium (claimgauge[test])")
    if not (CHROMIUM and DRIVER):
        pytest.skip("needs the programs chromium and chromedriver on the PATH")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


QUIET = """const done = arguments[0], began = performance.now();
let stirred = began;
const stir = () => (stirred = performance.now());
const changes = new MutationObserver(stir);
changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
addEventListener("scroll", stir, { capture: true, passive: true });
const look = () => {
    const now = performance.now();
    if (now - stirred < 80 && now - began < 3000) return void requestAnimationFrame(look);
    changes.disconnect();
    removeEventListener("scroll", stir, { capture: true });
    requestIdleCallback(() => done(), { timeout: 1000 });
};
requestAnimationFrame(look);"""
"""Calls back once the document has neither changed nor moved for longer than a search waits for another letter."""


def write(folder, tool, reports, across=()):
    with Bundle(folder, tool=tool, formats=("html",)) as bundle:
        for one in reports:
            bundle.add(one)
        bundle.finish(across)
    return (folder / "report.html").as_uri()


@pytest.fixture(scope="session")
def urls(tmp_path_factory, tool, checked, pair, hostile):
    """Addresses of pages: one report, two reports, hostile texts, many claims, many reports."""
    reports, across = pair
    many = [replace(c, claim=replace(c.claim, id=f"C{i:03d}")) for i, c in enumerate(checked.claims * 60, 1)]
    long = replace(checked, claims=tuple(many), report=replace(checked.report, claims=tuple(c.claim for c in many)))
    return {
        "one": write(tmp_path_factory.mktemp("one"), tool, [checked]),
        "two": write(tmp_path_factory.mktemp("two"), tool, reports, across),
        "hostile": write(tmp_path_factory.mktemp("hostile"), tool, [hostile, checked]),
        "long": write(tmp_path_factory.mktemp("long"), tool, [long]),
        "many": write(tmp_path_factory.mktemp("many"), tool, [one_of_many(checked, i) for i in range(1, 201)]),
    }


def one_of_many(checked, i):
    """A short report with a claim each that is refuted, supported, cut off and in need of data."""
    report = replace(checked.report, path=f"reports/{i}.md", title=f"Report {i} of many")
    return replace(checked, report=report, claims=checked.claims[1:5], findings=())


class Reader:
    """Somebody who reads the page."""

    def __init__(self, driver, urls):
        self.driver, self.urls = driver, urls

    def open(self, page="one", hash_="", width=1200, height=900, **media):
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        features = [
            {"name": name.replace("_", "-"), "value": value} for name, value in media.items() if name != "media"
        ]
        self.cdp("Emulation.setEmulatedMedia", media=media.get("media", ""), features=features)
        self.driver.get("about:blank")
        self.driver.get(self.urls[page] + hash_)
        self.settle()
        return self

    def without_scripts(self, page, word, hash_=""):
        """A snapshot of a page whose scripts are not run, once a word of it has arrived."""
        self.cdp("Emulation.setScriptExecutionDisabled", value=True)
        try:
            self.driver.get("about:blank")
            self.driver.get(self.urls[page] + hash_)
            for _ in range(100):
                tree = self.cdp("DOMSnapshot.captureSnapshot", computedStyles=["display"])
                if any(word in text for text in tree["strings"]):
                    return tree
                time.sleep(0.1)
            raise AssertionError(f"{word} never came")
        finally:
            self.cdp("Emulation.setScriptExecutionDisabled", value=False)

    def cdp(self, command, **parameters):
        return self.driver.execute_cdp_cmd(command, parameters)

    def js(self, code, *arguments):
        return self.driver.execute_script(f"return {code}", *arguments)

    def settle(self):
        """Waits until searching, scrolling and layout have come to rest."""
        self.driver.execute_async_script(QUIET)
        return self

    def rest(self):
        """Waits until the page has remembered where it stands."""
        time.sleep(0.35)
        return self.settle()

    def element(self, selector):
        return self.driver.find_element("css selector", selector)

    def click(self, selector):
        self.element(selector).click()
        self.settle()

    def type(self, text):
        box = self.element("#q")
        box.clear()
        box.send_keys(text)
        self.settle()

    def choose(self, select, value):
        from selenium.webdriver.support.ui import Select

        Select(self.element(select)).select_by_value(value)
        self.settle()

    def scroll(self, by):
        self.js("scrollBy({top: arguments[0], behavior: 'instant'})", by)
        self.settle()

    def keys(self, *keys):
        """Presses keys: characters, or names such as "TAB"."""
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        ActionChains(self.driver).send_keys(*(getattr(Keys, key, key) for key in keys)).perform()
        self.settle()

    def focus(self):
        return self.js("document.activeElement.id || document.activeElement.className")

    @property
    def shown(self):
        return self.js("[...document.querySelectorAll('.claim')].filter((c) => c.checkVisibility()).map((c) => c.id)")

    def later(self, code):
        """What an asynchronous function of the page gives; in it, `frame()` waits for the next frame drawn."""
        return self.driver.execute_async_script(
            """const done = arguments[arguments.length - 1];
            const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            (async () => {"""
            + IN_WINDOW
            + code
            + "})().then(done);"
        )

    @property
    def in_window(self):
        """Claims that can be seen, topmost first, with the places of their tops."""
        return dict(self.driver.execute_script(IN_WINDOW + "return inWindow();"))

    @property
    def result(self):
        return self.element("#result").text

    @property
    def hash(self):
        return self.js("location.hash")


@pytest.fixture
def reader(browser, urls):
    browser.get_log("browser")
    reader = Reader(browser, urls)
    yield reader
    faults = [entry for entry in browser.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}]
    assert not faults, "the console stays silent in every test"
