"""A typed table as a domain: its own words are the names."""
