"""The ledger: what was read in many documents, in one DuckDB file. All SQL of the project lives in this package."""
