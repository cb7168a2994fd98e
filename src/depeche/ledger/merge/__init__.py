"""Events, not reports: which event mentions tell of one happening, and what is known of it from all of them."""

from depeche.ledger.merge.likeness import Likeness, compare
from depeche.ledger.merge.update import update

__all__ = ["Likeness", "compare", "update"]
