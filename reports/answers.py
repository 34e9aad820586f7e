"""The answer of an analysis for a terminal, for programs (schema `claimgauge.answer/1`) and as CSV tables."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from math import isfinite
from textwrap import fill, wrap
from typing import TYPE_CHECKING, Any

from analysis.wording import counted
from reports.print_tables import write_table

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analysis.answer import Answer, Effect

SCHEMA = "claimgauge.answer/1"
EFFECTS_SHOWN, LEFT_OUT_SHOWN = 4, 6
"""Numbers of each that a terminal shows; the record holds all."""
WIDTH = 100
LINES = 12
"""Lines of an answer without its details."""
SYNTHETIC = "SYNTHETIC DATA: these scores were made up by a program; the answer says nothing about real models"


@dataclass(frozen=True, slots=True)
class Asking:
    """The call that led to an answer.

    Attributes:
        name: of the question, such as "distance".
        tool, version: of the program.
        seed: of the generator of chance.
        options: option → value, as given or by default.
        results: (path, SHA-256, rows) of each table; the built-in scores have the path "built in".
        plugin: distribution and version of the plugin that asked; "" for this project.
    """

    name: str
    tool: str
    version: str
    seed: int
    options: Mapping[str, object]
    results: tuple[tuple[str, str, int], ...]
    plugin: str = ""


def answer_record(answer: Answer, asking: Asking) -> dict[str, Any]:
    """The whole answer with its tables; a number that is none is null."""
    return {
        "schema": SCHEMA,
        "tool": {"name": asking.tool, "version": asking.version},
        "asked": {
            "analysis": asking.name,
            **({"plugin": asking.plugin} if asking.plugin else {}),
            "seed": asking.seed,
            "options": {name: plain(value) for name, value in asking.options.items()},
            "results": [{"path": path, "sha256": digest, "rows": rows} for path, digest, rows in asking.results],
        },
        "question": answer.question,
        "says": answer.says,
        "text": answer.text,
        "sure": answer.sure,
        "hinges": list(answer.hinges),
        "effects": [{name: plain(value) for name, value in asdict(effect).items()} for effect in answer.effects],
        "left_out": list(answer.left_out),
        "provenance": list(answer.provenance),
        "tables": {name: _table(frame) for name, frame in answer.tables.items()},
    }


def answer_json(answer: Answer, asking: Asking) -> str:
    """The record as text."""
    return json.dumps(answer_record(answer, asking), ensure_ascii=False, indent=2, allow_nan=False)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every record fits."""
    loaded: dict[str, Any] = json.loads((files("reports") / "schemas" / "answer-1.json").read_text(encoding="utf-8"))
    return loaded


def write_tables(answer: Answer, folder: Path) -> tuple[Path, ...]:
    """Writes every table that has rows as CSV and as LaTeX into a folder, each whole or not at all.

    Returns:
        The files, in the order of the tables.
    """
    written: list[Path] = []
    for name, frame in answer.tables.items():
        if not frame.empty:
            written += write_table(frame, folder / re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_"))
    return tuple(written)


def brief_lines(answer: Answer) -> list[tuple[str, str]]:
    """(label, text) of what was asked, found, how sure and what it hinges on, in at most `LINES` lines.

    The lines count the word of the answer, and the warning of synthetic scores. Each text keeps its
    first sentences that fit; `…` stands for the rest, which `answer_lines` has.
    """
    hinges, effects, out = len(answer.hinges) - 1, len(answer.effects), len(answer.left_out)
    more = [counted(n, noun) for n, noun in ((hinges, "further hinge"), (effects, "estimate")) if n > 0]
    details = ", ".join([*more, *([f"{out} left out"] if out else [])])
    source = f"{', '.join(answer.provenance)} scores" if answer.provenance else "no score"
    texts = {
        "asked": answer.question,
        "answer": answer.text,
        "how sure": answer.sure,
        "hinges on": "; ".join(answer.hinges[:1]),
    }
    texts = {label: text for label, text in texts.items() if text}
    texts["rests on"] = source + (f" (--details: {details})" if details else "")
    room = LINES - 1 - ("synthetic" in answer.provenance) - len(texts)
    lines = dict.fromkeys(texts, 1)
    for label in (*("asked", "answer", "answer", "how sure", "hinges on"), *texts, *texts, *texts):
        if room and label in texts and shortened(texts[label], lines[label]) != texts[label]:
            lines[label] += 1
            room -= 1
    return [(label, shortened(text, lines[label])) for label, text in texts.items()]


def shortened(text: str, lines: int) -> str:
    """The first sentences and clauses of a text that fit into so many lines, `…` where some do not."""
    pieces = re.split(r"(?<=[.;:])\s+", text)
    kept = ""
    for piece in pieces:
        longer = f"{kept} {piece}".strip()
        more = "" if longer == text else " …"
        if len(wrap(longer + more, WIDTH - 11)) > lines:
            break
        kept = longer
    if kept == text:
        return text
    if kept:
        return f"{kept} …"
    return wrap(text, (WIDTH - 11) * lines - 2 * lines)[0] + " …"


def answer_lines(answer: Answer) -> list[tuple[str, str]]:
    """(label, text) of the answer with its details; the label repeats where a list goes on."""
    lines = [("asked", answer.question), ("answer", answer.text), ("how sure", answer.sure)]
    lines += [("hinges on", text) for text in answer.hinges]
    told = [effect for effect in answer.effects if not effect.because]
    lines += [("estimate", effect_text(effect)) for effect in told[:EFFECTS_SHOWN]]
    if len(told) > EFFECTS_SHOWN:
        lines.append(("estimate", f"and {len(told) - EFFECTS_SHOWN} more (--json)"))
    lines += [("left out", text) for text in answer.left_out[:LEFT_OUT_SHOWN]]
    if len(answer.left_out) > LEFT_OUT_SHOWN:
        lines.append(("left out", f"and {len(answer.left_out) - LEFT_OUT_SHOWN} more (--json)"))
    lines.append(("rests on", f"{', '.join(answer.provenance)} scores" if answer.provenance else "no score"))
    return lines


def laid_out(lines: Sequence[tuple[str, str]]) -> str:
    """The lines with their labels in a column of their own."""
    rows = []
    before = ""
    for label, text in lines:
        head = "" if label == before else label
        rows.append(fill(text, WIDTH, initial_indent=f"{head:<10} ", subsequent_indent=" " * 11))
        before = label
    return "\n".join(rows)


def effect_text(effect: Effect) -> str:
    """An estimate with its interval, test, method and what it rests on, in one line."""
    span = f" [{_short(effect.low)}, {_short(effect.high)}]" if isfinite(effect.low) and isfinite(effect.high) else ""
    p_value = f", p = {effect.p_value:.2g}" if isfinite(effect.p_value) else ""
    no_test = f", no test: {effect.untested}" if effect.untested else ""
    return (
        f"{effect.name}: {_short(effect.estimate)}{span} {effect.unit}{p_value}{no_test} "
        f"({effect.method}; {effect.n} {effect.n_of})"
    )


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", "−") if isfinite(value) else "?"


def _table(frame: pd.DataFrame) -> dict[str, Any]:
    rows = [[plain(value) for value in row] for row in frame.itertuples(index=False)]
    return {"columns": [str(name) for name in frame.columns], "rows": rows}


def plain(value: Any) -> Any:
    """A value JSON can hold: numbers of numpy as Python's, NaN and missing as None, others as text."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(one) for one in value]
    return None if type(value).__name__ in {"NAType", "NaTType"} else str(value)
