"""Results tables as files for others: CSV, Parquet, Every Eval Ever, LaTeX, Markdown."""

from analysis.exporters.writing import ENDINGS, write_table

__all__ = ["ENDINGS", "write_table"]
