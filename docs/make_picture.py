"""Makes docs/images/report.png, the README's picture: the top of the page for the example report.

python docs/make_picture.py      # needs chromium
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Checks the example report and photographs the page."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("no chromium found")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        subprocess.run(
            [sys.executable, "-m", "claimgauge", "verify", "examples/report.md", "--out", str(out)],
            cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        (HERE / "images").mkdir(exist_ok=True)
        subprocess.run(
            [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             f"--user-data-dir={folder}/profile", "--window-size=1100,1180",
             f"--screenshot={HERE / 'images' / 'report.png'}", (out / "report.html").as_uri()],
            check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip


if __name__ == "__main__":
    main()
