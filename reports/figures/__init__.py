"""One module per figure: each reads an outcome or a plain record, draws it, and computes no statistic."""
