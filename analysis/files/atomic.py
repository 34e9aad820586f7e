"""A file is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PART = ".part"
LONG_AGO = 86_400
"""Seconds after which a temporary file is nobody's, where files cannot be locked."""

_swept: set[Path] = set()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yields a temporary path beside `path`, which takes its place when the block ends well.

    The folder of `path` is made where it is missing. If the block raises, the temporary file is
    removed and whatever stood at `path` stays. What a killed process left in the folder goes, too.
    A link stays, and what it leads to is replaced; a pipe or a device is written into when the block ends well.
    """
    if _is_stream(path):
        with tempfile.TemporaryDirectory(prefix="claimgauge-") as folder:
            yield (whole := Path(folder) / path.name)
            with whole.open("rb") as file, path.open("wb") as stream:
                shutil.copyfileobj(file, stream)
        return
    path = path.resolve() if path.is_symlink() else path
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None  # nobody gave the temporary name
    temporary = Path(name)
    try:
        locked(handle)
        try:
            yield temporary
            temporary.chmod(0o666 & ~_umask())
        finally:
            os.close(handle)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _is_stream(path: Path) -> bool:
    """Tells a pipe, a device or an open file of this process, such as /dev/stdout, from a file or a folder."""
    opened = path.parent in (Path("/dev/fd"), Path("/proc/self/fd")) or path.name in ("stdout", "stderr")
    return path.exists() and (not (path.is_file() or path.is_dir()) or (opened and path.is_relative_to("/dev")))


def sweep(folder: Path) -> None:
    """Removes the temporary files of processes that are no more; once per folder and process."""
    if folder in _swept:
        return
    _swept.add(folder)
    for left in folder.glob(f".*{PART}"):
        with suppress(OSError):
            handle = os.open(left, os.O_RDWR)
            try:
                nobodys = locked(handle) and (sys.platform != "win32" or _old(left))
            finally:
                os.close(handle)
            if nobodys:
                left.unlink()


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > LONG_AGO


def locked(handle: int) -> bool:
    """True if nobody else holds an open file; it is held until it is closed, or the process ends."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def write_text(path: Path, text: str) -> None:
    """Writes `text` as UTF-8 with plain line ends, atomically."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
