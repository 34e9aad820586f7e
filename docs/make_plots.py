"""Makes the pictures of docs/plots.md by running the commands that stand there, in their order.

python docs/make_plots.py
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMAND = re.compile(r"^claimgauge (?:verify|plot) .*$", re.MULTILINE)


def main() -> None:
    """Runs every command of the page that names a file in docs/images, and those they need."""
    for command in COMMAND.findall((HERE / "plots.md").read_text(encoding="utf-8")):
        if "runs.parquet" not in command:
            subprocess.run([sys.executable, "-m", *shlex.split(command)], cwd=HERE.parent, check=True)


if __name__ == "__main__":
    main()
