"""A paper against itself: what its tables and sentences state, computed again from its own numbers.

`auditing.audit_paper` gives the findings. A finding is an accusation, so each check first finds a
rule that the paper's other numbers bear out, or the names that fix which numbers are meant, and is
silent where it finds none.
"""
