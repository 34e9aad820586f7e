"""Claims over anybody's result tables: rows and columns bring their own names."""
