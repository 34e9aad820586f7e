"""Execution of a grid: engine, workers, store and records."""
