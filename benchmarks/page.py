"""How quickly the page of many claims opens, filters, searches and sorts in headless Chromium.

    python benchmarks/page.py            # 500 generated reports of ten claims each
    python benchmarks/page.py --page out/report.html

Needs selenium, chromium and chromedriver. A time runs from the input to the second frame drawn after
it, so that layout and painting count. Longest block: the longest task that kept the page from
answering while the action ran, as the browser tells it (tasks of 50 ms or more).
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
requestAnimationFrame(() => requestAnimationFrame(() => {
  const [page] = performance.getEntriesByType("navigation");
  done([page.domInteractive, page.loadEventEnd, performance.now()]);
}));
"""

ACTED = """
const [act, done] = [arguments[0], arguments[1]];
const blocks = [];
const watch = new PerformanceObserver((list) => blocks.push(...list.getEntries().map((entry) => entry.duration)));
watch.observe({ type: "longtask" });
const before = document.getElementById("result").textContent;
const begun = performance.now();
new Function(act)();
const look = () => {
  const waits = act.includes("#q") && performance.now() - begun < 5000;
  if (waits && document.getElementById("result").textContent === before) {
    return requestAnimationFrame(look);
  }
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const took = performance.now() - begun;
    setTimeout(() => done([took, Math.max(0, ...blocks), document.getElementById("result").textContent]), 100);
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
    "filter by a verdict": TILE.format("not-testable"),
    "take the filter away": TILE.format("not-testable"),
    "search a word for the first time (150 ms of it wait for further letters)": SEARCH.format("tydiqa"),
    "search another word (likewise)": SEARCH.format("largest"),
    "empty the search box (likewise)": SEARCH.format(""),
    "filter by mark": CHOOSE.format("mark", "yes"),
    "all marks": CHOOSE.format("mark", ""),
    "sort by confidence": CHOOSE.format("sort", "confidence"),
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


def measure(page: Path, repeats: int) -> None:
    """Prints the table."""
    opened: list[list[float]] = []
    acted: dict[str, list[tuple[float, float]]] = {name: [] for name in ACTIONS}
    seen: dict[str, str] = {}
    for _ in range(repeats):
        browser = open_browser()
        try:
            browser.get(page.as_uri())
            opened.append(browser.execute_async_script(OPENED))
            for name, act in ACTIONS.items():
                took, block, seen[name] = browser.execute_async_script(ACTED, act)
                acted[name].append((took, block))
        finally:
            browser.quit()
    ready, loaded, drawn = (statistics.median(times) for times in zip(*opened, strict=True))
    print(f"{page.stat().st_size / 1e6:.1f} MB; medians of {repeats}, milliseconds\n")
    print("| action | until drawn | longest block | claims shown |\n|---|---|---|---|")
    for what, time in (("document read", ready), ("loaded", loaded), ("drawn", drawn)):
        print(f"| open: {what} | {time:.0f} | | |")
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
        measure((given.page or build(Path(folder), given.reports)).resolve(), given.repeats)


if __name__ == "__main__":
    main()
