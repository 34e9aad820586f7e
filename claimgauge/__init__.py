"""claimgauge: what reports claim about model results, checked against what was measured."""

__version__ = "0.1.0"
