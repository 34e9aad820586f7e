"""A configuration file for a test: what stands there and not on the command line."""

from __future__ import annotations

import json
from pathlib import Path


def configured(folder: Path, command: str = "verify", **options: object) -> tuple[str, str]:
    """`--config FILE`, the file written into a folder with these options of a command."""
    path = folder / "claimgauge.toml"
    lines = [f"{name.replace('_', '-')} = {json.dumps(value, default=str)}" for name, value in options.items()]
    path.write_text("\n".join([f"[{command}]", *lines, ""]), encoding="utf-8")
    return "--config", str(path)
