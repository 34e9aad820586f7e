"""Self-audit of a paper: the numbers of its tables and sentences, computed again from its own cells.

`auditing.audit_paper` gives the findings. A finding is an accusation, so each check first finds a
rule that the paper's other numbers bear out, or the names that fix which numbers are meant, and is
silent where it finds none.
"""
