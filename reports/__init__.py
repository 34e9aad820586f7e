"""What was found, shown: the page, and the formats beside it."""
