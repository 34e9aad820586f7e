"""Data: from files, hub data sets or the laboratory world to `Dataset`s."""

from runners.data.loading import load, missing

__all__ = ["load", "missing"]
