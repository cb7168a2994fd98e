"""CoNLL-U: texts that come with the parse that another parser made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from depeche.annotate.conllu import read_conllu
from depeche.errors import InputError
from depeche.ingest.decoding import decode
from depeche.ingest.drafts import Draft
from depeche.ingest.problems import Problem

ACCEPTED = "CoNLL-U: ten columns parted by tabs, an empty line after each sentence"


def read_parses(data: bytes, file: str, name: str) -> Iterator[Draft | Problem]:
    """One document for each `# newdoc` of the file (one in all where there is none), each with its parse."""
    decoded = decode(data)
    try:
        documents = read_conllu(decoded.text)
    except (InputError, ValueError) as error:
        yield Problem(file, str(error), ACCEPTED)
        return
    for number, (text, parsed) in enumerate(documents, 1):
        own = name if len(documents) == 1 else f"{PurePath(name).name}#{number}"
        yield Draft(text, file, own, "conllu", note=decoded.note, parsed=parsed)
