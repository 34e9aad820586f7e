"""Experiment plans: read, checked, estimated and laid out as a graph of nodes."""
