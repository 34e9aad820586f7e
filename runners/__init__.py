"""Experiments: plans, models, training and evaluation; they write rows of the results table."""
