"""Research questions: one folder each, `fit` and `report`."""
