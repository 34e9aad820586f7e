"""Files in and out: encodings, delimited text, whole writes."""
