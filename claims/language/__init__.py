"""Sentences → clause forests: tokens, lexicon, grammar, every parse that spans the sentence."""
