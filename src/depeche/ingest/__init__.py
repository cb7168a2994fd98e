"""Sources to Documents: files of text, HTML, JSONL and CoNLL-U, and standard input."""

from depeche.ingest.blocks import find_blocks, load_furniture
from depeche.ingest.cleaning import clean
from depeche.ingest.dates import parse_date
from depeche.ingest.drafts import KINDS
from depeche.ingest.problems import Problem
from depeche.ingest.sources import ParsedDocument, sources

__all__ = ["KINDS", "ParsedDocument", "Problem", "clean", "find_blocks", "load_furniture", "parse_date", "sources"]
