"""Data: from files, hub data sets or the laboratory world to `Dataset`s."""

from runners.data.loading import at_hand, load, missing, sample

__all__ = ["at_hand", "load", "missing", "sample"]
