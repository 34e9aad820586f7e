"""Rewordings that a language model proposes for a claim that was not read, and the gate they must pass.

A claim that the built-in reader does not read whole is put to a model as a question for plainer sentences. A
rewording gets a verdict only if it is read whole and, compared sign by sign, says neither less nor more than the
claim; any other rewording is shown and decides nothing.
"""
