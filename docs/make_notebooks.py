"""Runs the notebooks of examples/notebooks, keeps what they show, and writes them as pages of docs/notebooks.

pip install -e ".[notebooks]" && python docs/make_notebooks.py
"""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
NOTEBOOKS = HERE.parent / "examples" / "notebooks"
SECONDS = 300
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook with what its cells show; a cell that fails raises."""
    notebook = nbformat.read(path, as_version=4)
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=SECONDS, resources=folder, record_timing=False).execute()
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def page(notebook: nbformat.NotebookNode, name: str) -> tuple[str, dict[str, bytes]]:
    """A notebook as Markdown, and its pictures by file name."""
    parts, pictures = [], {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        for shown in (output.data for output in cell.outputs if "data" in output):
            if "image/png" in shown:
                picture = f"notebook_{name}_{len(pictures) + 1}.png"
                pictures[picture] = base64.b64decode(shown["image/png"])
                parts.append(f"![What the cell above draws](../images/{picture})")
            elif "text/html" in shown:
                html = STYLE.sub("", shown["text/html"])
                parts.append("\n".join(line.strip() for line in html.splitlines() if line.strip()))
            else:
                parts.append(f"```\n{shown['text/plain']}\n```")
    made = f"*`examples/notebooks/{name}.ipynb`, run by `python docs/make_notebooks.py`.*"
    return "\n\n".join([parts[0], made, *parts[1:]]) + "\n", pictures


def main() -> None:
    """Runs all notebooks, or those named."""
    (HERE / "notebooks").mkdir(exist_ok=True)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        if sys.argv[1:] and path.stem not in sys.argv[1:]:
            continue
        notebook = executed(path)
        nbformat.write(notebook, path)
        text, pictures = page(notebook, path.stem)
        (HERE / "notebooks" / f"{path.stem}.md").write_text(text, encoding="utf-8")
        for name, data in pictures.items():
            (HERE / "images" / name).write_bytes(data)


if __name__ == "__main__":
    main()
