"""The ledger in Python: one object, its methods the questions."""
