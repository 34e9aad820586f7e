"""The registry as a domain: tasks, models, languages and metrics of the vocabulary are the names."""
