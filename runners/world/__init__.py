"""The laboratory: a synthetic world with a known truth that speaks in a tree of related languages."""

from runners.world.world import World

__all__ = ["World"]
