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
COMMAND = re.compile(r"^(?:claimgauge (?:verify|plot)|python docs/\S+) .*$", re.MULTILINE)


def main() -> None:
    """Runs every command of the page that makes a picture, or a file for one."""
    (HERE.parent / "out").mkdir(exist_ok=True)
    for command in COMMAND.findall((HERE / "plots.md").read_text(encoding="utf-8")):
        program, *arguments = shlex.split(command)
        module = ["-m", program] if program == "claimgauge" else []
        subprocess.run([sys.executable, *module, *arguments], cwd=HERE.parent, check=True)


if __name__ == "__main__":
    main()
