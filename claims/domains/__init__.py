"""Domains that give names their meaning, one per source of evidence: the registry, and a document's table."""
