"""The ground floor: vocabulary, results table, published evidence, statistics."""
