"""The page of a report as it is served: with a way back, and beside each claim one to correct how it is read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

MAKER = '<p class="maker">claimgauge</p>'
BACK = '<p class="maker"><a href="/#report" aria-label="claimgauge: back to your reports">← claimgauge</a></p>'
REASON = re.compile(r"(<p class=reason>.*?)(</p>)", re.DOTALL)


def linked(page: Path) -> str:
    """A report's page with links to the server's own; the file stays as it is, to be taken along.

    Args:
        page: report.html, beside its verdicts.json.
    """
    verdicts = json.loads(page.with_name("verdicts.json").read_text(encoding="utf-8"))
    texts = iter([claim["text"] for report in verdicts["reports"] for claim in report["claims"]])
    head, sign, claims = page.read_text(encoding="utf-8").replace(MAKER, BACK, 1).partition("<ol class")
    return head + sign + REASON.sub(lambda found: _with_link(found, next(texts, "")), claims)


def _with_link(found: re.Match[str], text: str) -> str:
    if not text:
        return found.group()
    return f'{found[1]} <a class=quiet href="/#claim={quote(text, safe="")}">Check or correct</a>{found[2]}'
