"""The numbered SQL files that make the schema, applied in order by `depeche.ledger.store`."""
