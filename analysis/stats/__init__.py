"""Statistics on plain arrays: arrays in, frozen results out; no table is known here."""
