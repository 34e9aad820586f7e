"""Distances between languages: the shipped table, and tables of others.

Every distance runs from 0 (alike) to 1; a pair that is not in a table is missing, never 0 or −1.
Where the shipped figures come from, and under which licence, is said in `analysis/data/DISTANCES.md`.
"""

from analysis.distances.completing import completed
from analysis.distances.controls import Controls, load_controls
from analysis.distances.importing import load_distances
from analysis.distances.shipped import shipped_distances
from analysis.distances.table import KINDS, Distances

__all__ = ["KINDS", "Controls", "Distances", "completed", "load_controls", "load_distances", "shipped_distances"]
