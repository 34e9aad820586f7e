"""Papers as sources: a folder of them becomes one file of documents, sentences, tables and references.

`reading.read_paper` reads one file of any kind into a `model.Paper`; `store` keeps papers in SQLite,
`searching` finds sentences in it, `evidence` gives its whole tables as typed tables, and `self_audit`
holds a paper against itself. Nothing is fetched, and no similarity decides anything.
"""
