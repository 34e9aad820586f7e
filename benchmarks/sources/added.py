"""Time until papers are sources: `python benchmarks/sources/added.py [DOCUMENTS] [PAGES] [SEARCHED]`.

Writes made-up papers in PDF to a temporary folder and adds them: the rate and the memory in steps, beside
the time of plain pypdf text extraction. Then searches a store of SEARCHED papers of 800 sentences.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import pypdf
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from claims.library.adding import add_files
from claims.library.model import Paper, Sentence
from claims.library.searching import search
from claims.library.store import opened

LINES, SIZE = 58, 9.5
NAMES = ["XLM-R", "mT5", *(f"Harbour{n}" for n in range(400))]
WORDS = [f"word{n}" for n in range(3000)]
QUERIES = (
    "XLM-R Harbour7 81.2", "mT5 gains points", "word12 word700 average", "77.7", "improves points over epochs",
    "improves points", "XLM-R improves points", "word12 improves points on",
)  # fmt: skip
STEPS, WRITTEN, PLAIN = 5, 10, 3
SENTENCES = 800


def sentence(chance: random.Random) -> str:
    """A made-up sentence."""
    one, other, where = chance.sample(NAMES, 3)
    told = " ".join(chance.sample(WORDS, 6))
    return f"{one} improves {chance.uniform(0, 99):.1f} points over {other} on {where}, {told}."


def write(path: Path, pages: int, chance: random.Random) -> None:
    """Writes a paper of so many pages full of lines."""
    with PdfPages(path) as file:
        for _ in range(pages):
            figure = Figure(figsize=(8.27, 11.69))
            for line in range(LINES):
                figure.text(0.06, 0.95 - line * 0.0155, sentence(chance), fontsize=SIZE)
            file.savefig(figure)


def adding(folder: Path, documents: int, pages: int, chance: random.Random) -> None:
    """Adds papers in PDF and prints what it took."""
    written = [folder / f"{n}.pdf" for n in range(min(documents, WRITTEN))]
    for path in written:
        write(path, pages, chance)
    files = [folder / f"paper{n:05d}.pdf" for n in range(documents)]
    for n, path in enumerate(files):
        path.write_bytes(written[n % len(written)].read_bytes() + f"\n%{n}".encode())
    start = time.perf_counter()
    for path in files[:PLAIN]:
        for page in pypdf.PdfReader(path).pages:
            page.extract_text()
    plain = (time.perf_counter() - start) / PLAIN
    begun = last = time.perf_counter()
    step = max(1, documents // STEPS)
    with opened(folder / "added.db", new=True) as store:
        for number, _ in enumerate(add_files(store, files), 1):
            if number % step == 0:
                now, memory = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"{number:6} documents: {(now - last) / step * 1000:5.0f} ms each, peak {memory:4.0f} MB")
                last = now
    each = (time.perf_counter() - begun) / documents
    print(f"a document of {pages} pages: {each * 1000:.0f} ms; pypdf's text alone {plain * 1000:.0f} ms")
    print(f"ratio {each / plain:.2f}")


def searching(folder: Path, documents: int, chance: random.Random) -> None:
    """Searches a store and prints what it took."""
    with opened(folder / "searched.db", new=True) as store:
        begun = last = time.perf_counter()
        for n in range(documents):
            sentences = tuple(Sentence(sentence(chance), "", 1 + i // 40, i) for i in range(SENTENCES))
            store.add(f"{n}.pdf", str(n), Paper("pdf", f"Paper {n}", {}, "", 20, (), sentences, (), ()))
            if (n + 1) % max(1, documents // STEPS) == 0:
                now = time.perf_counter()
                print(f"{n + 1:6} kept: {(now - last) / max(1, documents // STEPS) * 1000:5.1f} ms each")
                last = now
        print(f"kept {documents * SENTENCES:,} sentences in {time.perf_counter() - begun:.0f} s")
        for query in QUERIES:
            search(store, query, 10)
            start = time.perf_counter()
            found = search(store, query, 10)
            print(f"search {query!r}: {(time.perf_counter() - start) * 1000:.1f} ms, {len(found)} passages")


def main() -> None:
    """Writes, adds, searches, prints."""
    given = [int(text) for text in sys.argv[1:]]
    documents, pages, searched = [*given, *[50, 20, 1000][len(given) :]]
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        adding(Path(folder), documents, pages, chance)
        searching(Path(folder), searched, chance)


if __name__ == "__main__":
    main()
