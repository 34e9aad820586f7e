"""Output: the page, and other formats."""
