"""`python -m claimgauge`."""

from claimgauge.guard import main

main()
