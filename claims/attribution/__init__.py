"""Attribution of claims to the sources they cite: claim and sentence are parsed alike, and their assertions compared.

A finding of its own, never a verdict: that a source states a claim does not bear it out.
"""
