"""A page on this machine to paste claims and reports into.

```
browser ── app (routes) ── session (files, workers, ledger) ──> worker processes, each with a Checker
              └── guarding (loopback, host, origin, size)
```
"""
