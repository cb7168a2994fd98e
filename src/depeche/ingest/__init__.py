"""Sources to Documents: files of text, HTML, JSONL and CoNLL-U, and standard input."""

from depeche.ingest.blocks import find_blocks
from depeche.ingest.cleaning import clean
from depeche.ingest.dates import parse_date
from depeche.ingest.documents import Input, make_document
from depeche.ingest.drafts import KINDS
from depeche.ingest.furniture import load_furniture
from depeche.ingest.problems import Problem
from depeche.ingest.sources import open_sources

__all__ = [
    "KINDS",
    "Input",
    "Problem",
    "clean",
    "find_blocks",
    "load_furniture",
    "make_document",
    "open_sources",
    "parse_date",
]
