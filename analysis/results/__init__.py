"""The results table: its columns, rows and settings."""
