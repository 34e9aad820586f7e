"""Translation engines: the protocol, and programs that map lines to lines.

A text that holds line breaks is given to a program line by line and put together again, so that a
program never sees more than lines.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from analysis.errors import InputError, MissingDataError


@dataclass(frozen=True, slots=True)
class Identity:
    """Identity of an engine, as the header of the data names it.

    Attributes:
        engine: hub, apertium or command. model: name, pair or command line.
        revision: commit or hash of the model; "" where it has none. software: with version.
    """

    engine: str
    model: str
    revision: str = ""
    software: str = ""


class Engine(Protocol):
    """Texts of one language to texts of another."""

    @property
    def identity(self) -> Identity:
        """Its identity."""
        ...

    def __call__(self, texts: Sequence[str]) -> list[str | None]:
        """A translation of each text, None where the engine has none (too long for its model)."""
        ...


@dataclass(frozen=True, slots=True)
class Command:
    """Any program that reads lines and writes as many, each the translation of its line.

    Attributes:
        line: the command; {source} and {target} stand for the codes.
        source, target: codes of the languages, as the program wants them.
        revision: of the program or its model, as the user states it.
    """

    line: str
    source: str
    target: str
    revision: str = ""

    @property
    def identity(self) -> Identity:
        """The command as it was run."""
        return Identity("command", shlex.join(self._words()), self.revision)

    def __call__(self, texts: Sequence[str]) -> list[str | None]:
        """One process for all lines.

        Raises:
            MissingDataError: there is no such program, or it fails.
            InputError: it writes more or fewer lines than it reads.
        """
        return by_lines(texts, self._lines)

    def _words(self) -> list[str]:
        codes = {"{source}": self.source, "{target}": self.target}
        words = shlex.split(self.line)
        for mark, code in codes.items():
            words = [word.replace(mark, code) for word in words]
        return words

    def _lines(self, lines: Sequence[str]) -> list[str]:
        given = run(self._words(), "\n".join(lines) + "\n", self.line)
        found = given.removesuffix("\n").split("\n")
        if len(found) != len(lines):
            raise InputError(self.line, f"wrote {len(found):,} lines for {len(lines):,}; it must write one for each")
        return [line.removesuffix("\r") for line in found]


@dataclass(frozen=True, slots=True)
class Apertium:
    """Apertium, a free rule-based translator, as the local program `apertium`.

    Attributes:
        source, target: codes of the languages as its pairs have them (ISO 639-3).
    """

    source: str
    target: str

    @property
    def pair(self) -> str:
        """The direction as Apertium writes it."""
        return f"{self.source}-{self.target}"

    @property
    def identity(self) -> Identity:
        """Direction, and the version of the program; it does not tell that of the pair's data."""
        self.check()
        return Identity("apertium", self.pair, "", run(["apertium", "-V"], "", "apertium").strip())

    def check(self) -> None:
        """Raises a MissingDataError that names the package where program or pair is not here."""
        if shutil.which("apertium") is None:
            package = f"apertium apertium-{self.pair}"
            raise MissingDataError(f"the program apertium is not here (Debian: apt install {package})")
        pairs = run(["apertium", "-l"], "", "apertium").split()
        if self.pair not in pairs:
            packages = " or ".join(
                f"apertium-{a}-{b}" for a, b in ((self.source, self.target), (self.target, self.source))
            )
            raise MissingDataError(
                f"Apertium has no direction {self.pair} here (it has {', '.join(pairs) or 'none'}); "
                f"install {packages} where it exists, or name the direction with --pair"
            )

    def __call__(self, texts: Sequence[str]) -> list[str | None]:
        """One process for all lines.

        Raises:
            MissingDataError: program or pair is not here.
            InputError: it joins or splits lines.
        """
        self.check()
        return by_lines(texts, self._lines)

    def _lines(self, lines: Sequence[str]) -> list[str]:
        # A blank line ends a sentence for Apertium. A single line break does not, nor does its line
        # format: both move words across it ("The White", "House is big" → "La Casa", "Blanca es grande").
        given = run(["apertium", "-u", self.pair], "".join(f"{line}\n\n" for line in lines), f"apertium {self.pair}")
        found = given.split("\n\n")[:-1]
        if len(found) != len(lines):
            raise InputError(f"apertium {self.pair}", f"wrote {len(found):,} texts for {len(lines):,}")
        return [line.strip() for line in found]


def by_lines(texts: Sequence[str], translate: Callable[[Sequence[str]], list[str]]) -> list[str | None]:
    """Texts through a translator of lines; blank lines stay as they are."""
    split = [[" ".join(line.split()) for line in text.splitlines()] for text in texts]
    wanted = list(dict.fromkeys(line for lines in split for line in lines if line))
    known = dict(zip(wanted, translate(wanted), strict=True)) if wanted else {}
    return ["\n".join(known[line] if line else "" for line in lines) for lines in split]


def run(words: Sequence[str], given: str, name: str) -> str:
    """Standard output of a program.

    Raises:
        MissingDataError: there is no such program, or it fails.
    """
    try:
        done = subprocess.run(words, input=given.encode(), capture_output=True, check=False)  # noqa: S603 — the user's own program
    except OSError as error:
        raise MissingDataError(f"{name!r} cannot be run: {error.strerror or error}") from None
    if done.returncode:
        reason = (done.stderr.decode(errors="replace").strip().splitlines() or ["no message"])[-1]
        raise MissingDataError(f"{name!r} failed with exit code {done.returncode}: {reason}")
    try:
        return done.stdout.decode()
    except UnicodeDecodeError as error:
        raise InputError(name, f"wrote something that is not UTF-8 ({error.reason} at byte {error.start})") from None
