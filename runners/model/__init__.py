"""Encoders: loading, transformer, adapters, tokenizers and batches."""
