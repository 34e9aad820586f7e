"""The gallery shows every figure with the command that made it, as the pages of the docs have it."""

from __future__ import annotations

import runpy
from pathlib import Path

from command import ROOT

from claimgauge.commands.plot import command

PAGE = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")


def test_the_gallery_is_made_from_the_pages() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_gallery.py"))["gallery"]()
    assert made == PAGE, "run `python docs/make_gallery.py`"


def test_every_figure_that_can_be_drawn_and_every_picture_that_is_kept_is_in_the_gallery() -> None:
    assert {name for name in command.commands if f"claimgauge plot {name} " not in PAGE} == set()
    pictures = {path.name for path in Path(ROOT / "docs" / "images").iterdir() if not path.name.startswith("notebook_")}
    assert {name for name in pictures if f"(images/{name})" not in PAGE} == set()
