"""Writes docs/gallery.md: every picture of these pages with the command above it that made it.

python docs/make_gallery.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEAD = """# Gallery

Every figure that claimgauge draws, with the commands that made it. They run in a clone; where one needs results by
others, the page named below the figure says whose. Colours can be told apart by the colour-blind, and synthetic scores
say so in their title. What the signs mean stands on that page, too.

*Written by `python docs/make_gallery.py` from the pages it names; `python docs/make_plots.py` draws those of
[Plots](plots.md).*

## The page of a report

```
python docs/make_picture.py
```

![Verdict counts, what the report's marks are worth, what to run next](images/report.png)

[Verdicts](verdicts.md)
"""
PIECE = re.compile(
    r"^```[a-z]*\n(?P<block>.*?)^```|^#+ (?P<heading>.+?)$|^!\[(?P<caption>[^\]]+)\]\((?P<path>[^)]*images/[^)]+)\)",
    re.MULTILINE | re.DOTALL,
)
FIRST = ("plots.md", "leaderboards.md")
FILE = re.compile(r"[\w-]+\.(?:csv|parquet)\b")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page.

    Attributes:
        name: of its file. caption: as the page has it. commands: those of the block above it that names the file.
        page: its path from docs, and the heading it stands under.
    """

    name: str
    caption: str
    commands: str
    page: str
    heading: str


def pictures() -> Iterator[Picture]:
    """All pictures of the pages, those of plots first; one without its command raises."""
    pages = [*FIRST, *sorted(p.relative_to(HERE).as_posix() for p in HERE.rglob("*.md"))]
    for page in dict.fromkeys(pages):
        if page != "gallery.md" and not page.startswith("notebooks/"):
            yield from _of_page(page)


def _of_page(page: str) -> Iterator[Picture]:
    blocks: list[str] = []
    heading = ""
    for found in PIECE.finditer((HERE / page).read_text(encoding="utf-8")):
        if found["heading"]:
            heading = found["heading"]
        elif found["block"] is not None:
            blocks.append(found["block"].rstrip())
        else:
            name = Path(found["path"]).name
            yield Picture(name, found["caption"], _commands(blocks, name, page), page, heading)


def _commands(blocks: list[str], name: str, page: str) -> str:
    """The last block that writes a picture, with those before it that write the files it reads."""
    last = max((n for n, block in enumerate(blocks) if f"images/{name}" in block), default=None)
    if last is None:
        raise SystemExit(f"{page}: no command above {name} writes it")
    before = [line for block in blocks[:last] for line in block.splitlines()]
    read = "|".join(map(re.escape, FILE.findall(blocks[last]))) or "$^"
    writes = re.compile(rf"(?:-o |\.py \S+ )(?:{read})\b")
    return "\n".join([*filter(writes.search, before), blocks[last]])


def gallery() -> str:
    """The page."""
    parts = [HEAD]
    for one in pictures():
        anchor = re.sub(r"[^a-z0-9 -]", "", one.heading.lower()).replace(" ", "-")
        parts.append(
            f"## {one.caption}\n\n```\n{one.commands}\n```\n\n![{one.caption}](images/{one.name})\n\n"
            f"[{one.heading}]({one.page}#{anchor})\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    (HERE / "gallery.md").write_text(gallery(), encoding="utf-8")
