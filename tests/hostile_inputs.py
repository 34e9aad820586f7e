"""Inputs that were made to break a reader, with what is promised of each: `READ`, or the words of its error."""

from __future__ import annotations

import json

READ = ""
"""The file is read, and the sound claim in it is decided."""
SOUND = "MNLI has 392,702 training examples."
LONG = "9" * 30
WORDS = 10_000


def report(*claims: str) -> bytes:
    lines = ["# A report", "", "## Claims", "", *(f"- {claim}" for claim in (*claims, SOUND)), ""]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def in_json(*claims: str, **head: object) -> bytes:
    entries = [{"claim": claim} for claim in (*claims, SOUND)]
    return json.dumps({**head, "claims": entries}).encode()


REPORTS: dict[str, tuple[bytes, str]] = {
    "digits30.md": (report(f"MNLI has {LONG} training examples."), READ),
    "count30.md": (report(f"MNLI {LONG}."), READ),
    "digits5000.md": (report(f"MNLI improves XNLI by {'9' * 5000} points."), READ),
    "exponent.md": (report("XNLI gains 1e400 points from MNLI.", "XNLI gains 9e60 points from MNLI."), READ),
    "confidence.json": (
        b'{"claims": [{"claim": "x y", "confidence": 1e400}, {"claim": "x z", "confidence": %s},'
        b' {"claim": "%s", "confidence": 0.5}]}' % (b"9" * 5000, SOUND.encode()),
        READ,
    ),
    "surrogate.json": (in_json("MNLI \ud800 helps XNLI."), READ),
    "surrogate.md": (report("MNLI \ud800 helps XNLI."), READ),
    "escapes.json": (in_json("MNLI \x1b[2J\x1b]0;t\x07 helps\x9b2J XNLI.", title="a\x1b[31m\u202eb\x07"), READ),
    "bidi.md": (report("MNLI has 392,703 \u202egnithyna\u202c training examples."), READ),
    "colspan.html": (
        f"<h2>Claims</h2><table><tr><td colspan=999999999>a<td rowspan=999999999>b</table><ul><li>{SOUND}".encode(),
        READ,
    ),
    "spans.html": (
        b"<table>" + b"<tr><td colspan=1000 rowspan=65534>claim</td></tr>" * 50 + b"</table>",
        "holds no claim|larger|cells",
    ),
    "section.html": (f"<h2>Claims</h2><![\0x <ul><li>{SOUND}</ul>".encode(), READ),
    "deep.json": (b"[" * 100_000 + b"]" * 100_000, "nested too deep"),
    "deep.html": (b"<div>" * 50_000 + SOUND.encode(), "deeper than"),
    "quotes.md": (b"> " * 20_000 + SOUND.encode() + b"\n\n" + report(), READ),
    "brackets.md": (report("(" * 5000 + "MNLI" + ")" * 5000 + " helps."), READ),
    "hyphens.md": (report("a-" * 20_000 + "b"), READ),
    "versions.md": (report("1." * 20_000 + " helps.", "1," * 20_000 + " helps."), READ),
    "stars.md": (report("*" * WORDS + "MNLI" + "*" * WORDS), READ),
    "combining.md": (report("a" + "\u0301" * WORDS), READ),
    "one_word.md": (report("x" * 100_000), READ),
    "joined.md": (report("MNLI improves XNLI and " * (WORDS // 4) + "it helps."), READ),
    "names.md": (report("MNLI " * WORDS), READ),
    "adjectives.md": (report("the model is very good and better than " * (WORDS // 8) + "all."), READ),
    "of.md": (report("of " * WORDS), READ),
    "spelled.md": (report("two hundred and " * (WORDS // 3) + "points"), READ),
    "cp1252.md": (report("Größe hilft.").decode().encode("cp1252"), READ),
    "cp1251.md": (report("Обучение на промежуточной задаче помогает переносу.").decode().encode("cp1251"), READ),
    "shift_jis.md": (report("中間タスクの訓練は転移に役立つ。").decode().encode("cp932"), READ),
    "utf16.md": (report().decode().encode("utf-16-le"), READ),
    "bar.csv": (b"|", "holds no claim"),
    "nothing.md": (b"", "is empty"),
    "zeros.md": (b"\0" * 1000, "is binary"),
    "noise.md": (bytes(range(256)) * 40, "is binary|cannot be decoded"),
    "image.md": (b"\x89PNG\r\n\x1a\n\0\0", "is a PNG image"),
    "bomb.docx": (b"PK\x03\x04" + b"\0" * 500, "ZIP archive|Word|damaged|cannot"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog", "PDF|pypdf"),
}

WIDE = "model,xnli,tydiqa\nA,{},81.5\nB,70.0,60.0\nC,60.0,50.0\n"
TABLES: dict[str, tuple[bytes, str]] = {
    "digits30.csv": (WIDE.format(LONG).encode(), READ),
    "digits400.csv": (WIDE.format("9" * 400).encode(), READ),
    "decimals30.csv": (WIDE.format("0." + LONG).encode(), READ),
    "exponent.csv": (WIDE.format("1e400").encode(), READ),
    "below.csv": (WIDE.format("-1e400").encode(), READ),
    "nan.csv": (WIDE.format("nan").encode(), READ),
    "inf.csv": (WIDE.format("inf").encode(), READ),
    "pair.csv": (WIDE.format(f"{LONG} / {LONG}").encode(), READ),
    "spread.csv": (WIDE.format(f"80.1 ± {LONG}").encode(), READ),
    "percent.csv": (WIDE.format(f"{LONG}%").encode(), READ),
    "formula.csv": (WIDE.format("=cmd|' /C calc'!A0").encode(), READ),
    "cp1252.csv": (WIDE.format("80.1 ± 0.2").encode("cp1252"), READ),
    "surrogate.json": (b'[{"model": "A\\ud800", "xnli": 80.1}, {"model": "B", "xnli": 70.0}]', READ),
    "exponent.json": (b'[{"model": "A", "xnli": 1e400}, {"model": "B", "xnli": 70.0}]', READ),
    "digits.json": (
        b'[{"model": "A", "xnli": %s}, {"model": "B", "xnli": 70.0}]' % (b"9" * 5000),
        READ,
    ),
    "no_cells.json": (b"[{}]", "no table with a number"),
    "section.html": (
        b"<table><tr><th>m</th><th>xnli</th></tr><tr><td>A</td><td>80.1</td></tr><![x-x</table><![endif-]><![ if x",
        READ,
    ),
    "no_cells.html": (b"<table><tr><tr></table>", "no table with a number"),
    "colspan.html": (
        b"<table><tr><th colspan=999999999>m<th>xnli<tr><td>A<td>1<tr><td>B<td rowspan=99999999>2</table>",
        READ,
    ),
    "multicolumn.tex": (
        rb"\begin{tabular}{ll} m & xnli \\ \multicolumn{999999999}{c}{x} & 2 \\ \multirow{9999999}{*}{A} & 3 \end{tabular}",
        READ,
    ),
    "long_cell.csv": (b"a" * 2_000_000 + b",b\n1,2\n", "no delimited text"),
    "wide.csv": (b"," * 200_000 + b"\n" + b",".join([b"1"] * 200_000) + b"\n", "at most 20000 columns"),
    "zeros.csv": (b"\0" * 1000, "is not text"),
    "deep.json": (b"[" * 100_000, "no JSON|nested"),
}
