"""Built-in evidence: scores and statements of publications, and own measurements."""
