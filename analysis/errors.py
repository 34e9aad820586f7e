"""Everything that can go wrong, drawn as one tree.

```
ClaimgaugeError            exit code 5  a fault of this program
├── UsageError             exit code 2  the call itself is wrong
├── InputError             exit code 3  a file is unreadable or contradicts itself
│   └── UnknownNameError   exit code 3  a name outside the vocabulary, with near names
└── MissingDataError       exit code 4  data or a model is not here
```

A message names the thing, the value received and the remedy. An `InputError` carries every
fault of a file at once, so that one reading of the message is enough to mend it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable

from analysis.files.escapes import escaped


class ClaimgaugeError(Exception):
    """Base of all errors this project raises on purpose."""

    exit_code = 5


class UsageError(ClaimgaugeError):
    """The call is wrong: an option's value, a combination of options."""

    exit_code = 2


class InputError(ClaimgaugeError):
    """A file cannot be read, or what it holds is inconsistent.

    Attributes:
        where: the file (or other origin) the faults were found in.
        faults: one sentence per fault, in file order.
    """

    exit_code = 3
    shown = 20

    def __init__(self, where: str, faults: str | Iterable[str]) -> None:
        self.where = where
        self.faults: tuple[str, ...] = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__(self._message())

    def __reduce__(self) -> tuple[type[InputError], tuple[str, tuple[str, ...]]]:
        return type(self), (self.where, self.faults)

    def _message(self) -> str:
        if len(self.faults) == 1:
            return f"{escaped(self.where)}: {self.faults[0]}"
        lines = [f"{escaped(self.where)}: {len(self.faults)} faults"]
        lines += [f"  - {fault}" for fault in self.faults[: self.shown]]
        if len(self.faults) > self.shown:
            lines.append(f"  … and {len(self.faults) - self.shown} more")
        return "\n".join(lines)


def unreachable(error: OSError) -> InputError:
    """The error of a path that the system refuses: no folder, no permission, no space."""
    if error.errno == errno.ENOSPC:
        return InputError(error.filename or "the disk", "has no space left; free some and run again")
    remedy = "name another path, or see to its permissions"
    return InputError(str(error.filename or "a file"), f"{error.strerror or error}; {remedy}")


class UnknownNameError(InputError):
    """A name that the vocabulary does not hold."""


class MissingDataError(ClaimgaugeError):
    """Data, a model or an optional package is not installed here."""

    exit_code = 4
