"""Quotes, and on whose word a text tells what it tells."""

from depeche.extract.quotes.read import Scope, Speech, attribution_of, find_quotes, read_speech
from depeche.extract.quotes.speakers import Resolve

__all__ = ["Resolve", "Scope", "Speech", "attribution_of", "find_quotes", "read_speech"]
