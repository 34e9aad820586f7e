"""Rewordings of a sentence by a local language model."""
