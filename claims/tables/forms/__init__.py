"""What clauses say of a table: one file per form."""
