"""Reports read, claims turned into assertions, assertions checked against evidence."""
