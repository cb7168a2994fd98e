"""Who acts: the actors of a text, all their mentions, and whom each mention stands for."""

from __future__ import annotations

from datetime import date

from depeche.annotate.parsed import Parsed
from depeche.extract.actors.build import Builder
from depeche.extract.actors.chains import Linker
from depeche.extract.actors.index import ActorIndex
from depeche.extract.actors.names import country_of, find_names, offices_held
from depeche.extract.actors.nominals import NominalFinder
from depeche.extract.actors.tables import ActorLexicon, compile_tables

__all__ = ["ActorIndex", "find_actors"]


def find_actors(parsed: Parsed, lexicon: ActorLexicon, published: date | None = None) -> ActorIndex:
    """The actors of a parse with their mentions, indexed by token; `published` tells which incumbents count.

    "Le ministre américain de la Défense, Mark Esper, … Le chef du Pentagone" gives one actor, "Mark Esper", USA.
    """
    tables = compile_tables(lexicon)
    names = find_names(parsed, tables)
    people = {n: code for n in names if n.person and (code := country_of(offices_held(n, tables), published))}
    finder = NominalFinder(parsed, tables, names, people)
    linker = Linker(parsed, tables, names, finder.find())
    linker.link(published)
    return Builder(parsed, tables, linker, finder, published).build()
