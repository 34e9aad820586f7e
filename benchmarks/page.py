"""Latency of the page of many claims in headless Chromium: opening, filtering, searching, sorting.

    python benchmarks/page.py            # 500 generated reports of ten claims each
    python benchmarks/page.py --page out/report.html

Needs selenium, chromium and chromedriver. The browser runs and has shown an empty page before; the row
"an empty page" is its floor. A time runs from the input to the second frame drawn after it, so that
layout and painting count; a search waits for its result. Longest block: the longest task that kept the
page from answering while the action ran and 200 ms after it, as the browser tells it (tasks of 50 ms
or more; 0 says that there was none).
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from selenium import webdriver
from verify_throughput import write_report

SWITCHES = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1200,900")

OPENED = """
const done = arguments[0];
const blocks = [];
const watch = new PerformanceObserver((list) => blocks.push(...list.getEntries().map((entry) => entry.duration)));
watch.observe({ type: "longtask", buffered: true });
requestAnimationFrame(() => requestAnimationFrame(() => {
  const drawn = performance.now();
  const [page] = performance.getEntriesByType("navigation");
  setTimeout(() => done([page.domInteractive, page.loadEventEnd, drawn, Math.max(0, ...blocks)]), 100);
}));
"""

ACTED = """
const [act, done] = [arguments[0], arguments[1]];
const blocks = [];
const watch = new PerformanceObserver((list) => blocks.push(...list.getEntries().map((entry) => entry.duration)));
watch.observe({ type: "longtask" });
const said = () => document.getElementById("result").textContent;
const before = said();
const begun = performance.now();
new Function(act)();
const look = () => {
  const waits = act.includes("#q") && performance.now() - begun < 10000;
  if (waits && (said() === before || said().startsWith("Searching"))) return requestAnimationFrame(look);
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const took = performance.now() - begun;
    setTimeout(() => done([took, Math.max(0, ...blocks), said()]), 200);
  }));
};
look();
"""

SEARCH = (
    "const q = document.querySelector('#q'); q.value = '{}'; q.dispatchEvent(new Event('input', {{bubbles: true}}));"
)
CHOOSE = (
    "const s = document.querySelector('#{}'); s.value = '{}'; s.dispatchEvent(new Event('change', {{bubbles: true}}));"
)
TILE = "document.querySelector('button[data-verdict=\"{}\"]').click();"

ACTIONS = {
    "search a word as soon as the page is open": SEARCH.format("tydiqa"),
    "empty the search box": SEARCH.format(""),
    "filter by a verdict": TILE.format("not-testable"),
    "take the filter away": TILE.format("not-testable"),
    "search a number": SEARCH.format("1,561,294"),
    "search a frequent word": SEARCH.format("tatoeba"),
    "empty the search box again": SEARCH.format(""),
    "filter by mark": CHOOSE.format("mark", "yes"),
    "all marks": CHOOSE.format("mark", ""),
    "sort by confidence": CHOOSE.format("sort", "confidence"),
    "go to a claim in the middle": "location.hash = '#r250-C05';",
    "open the drawer below it": "document.querySelectorAll('#r250-C05 ~ .claim summary')[0].click();",
    "scroll on by a window": "scrollBy({ top: innerHeight, behavior: 'instant' });",
    "drag the scrollbar to another place": "scrollTo({ top: 100000, behavior: 'instant' });",
}


def build(folder: Path, reports: int) -> Path:
    """The page of so many generated reports."""
    draw = random.Random(20260101)
    for i in range(reports):
        write_report(folder / f"r{i:05d}.md", draw)
    paths = [str(folder / f"r{i:05d}.md") for i in range(reports)]
    command = [sys.executable, "-m", "claimgauge", "verify", *paths, "--workers", "2", "--out", str(folder / "out")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / "out" / "report.html"


def open_browser() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for switch in SWITCHES:
        options.add_argument(switch)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(str(shutil.which("chromedriver"))))


def measure(page: Path, empty: Path, repeats: int) -> None:
    """Prints the table, with a page that holds nothing as the floor."""
    opened: dict[str, list[list[float]]] = {empty.as_uri(): [], page.as_uri(): []}
    acted: dict[str, list[tuple[float, float]]] = {name: [] for name in ACTIONS}
    seen: dict[str, str] = {}
    for _ in range(repeats):
        browser = open_browser()
        try:
            browser.get(empty.as_uri())
            for url, times in opened.items():
                browser.get(url)
                times.append(browser.execute_async_script(OPENED))
            for name, act in ACTIONS.items():
                took, block, seen[name] = browser.execute_async_script(ACTED, act)
                acted[name].append((took, block))
        finally:
            browser.quit()
    floor, own = ([statistics.median(column) for column in zip(*times, strict=True)] for times in opened.values())
    print(f"{page.stat().st_size / 1e6:.1f} MB; medians of {repeats}, milliseconds\n")
    print("| action | until drawn | longest block | claims shown |\n|---|---|---|---|")
    print(f"| open an empty page | {floor[2]:.0f} | {floor[3]:.0f} | |")
    print(f"| open: document read | {own[0]:.0f} | | |\n| open: drawn | {own[2]:.0f} | {own[3]:.0f} | |")
    for name, times in acted.items():
        took, block = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"| {name} | {took:.0f} | {block:.0f} | {seen[name]} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = given.page or build(Path(folder), given.reports)
        empty = Path(folder) / "empty.html"
        empty.write_text("<!doctype html><title>nothing</title>", encoding="utf-8")
        measure(page.resolve(), empty, given.repeats)


if __name__ == "__main__":
    main()
