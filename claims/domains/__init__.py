"""What names stand for: one domain per source of evidence, each behind the same few questions."""
