"""Data: from files, hub data sets or the laboratory world to `Dataset`s."""

from runners.data.loading import load, missing, sample

__all__ = ["load", "missing", "sample"]
