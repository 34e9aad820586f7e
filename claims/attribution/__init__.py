"""Whether a cited source says what it is cited for: claim and sentence are read alike and their assertions compared.

A finding of its own, never a verdict: that a source states a claim does not bear it out.
"""
