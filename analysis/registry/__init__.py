"""Tasks, languages, models and metrics: built in and the user's."""
