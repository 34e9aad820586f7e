"""Perturbed evaluation data."""
