"""Frozen encoders: vectors kept on disk, under a trained body and heads."""
