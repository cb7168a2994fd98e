"""CoNLL-U: texts that come with the parse that another parser made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from depeche.annotate.conllu import read_conllu
from depeche.errors import InputError
from depeche.ingest.decoding import decode
from depeche.ingest.drafts import Draft
from depeche.ingest.problems import Problem

ACCEPTED = "CoNLL-U: ten columns parted by tabs, an empty line after each sentence"
_NEWDOC = re.compile(r"^#[ \t]*newdoc\b(?:[ \t]+id[ \t]*=[ \t]*(.*?))?[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"line (\d+): ")


def read_parses(data: bytes, file: str, name: str) -> Iterator[Draft | Problem]:
    """One document for each `# newdoc` of the file (one in all where there is none), each with its parse.

    A document that breaks the format yields a Problem with its line, and the next is read.
    """
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n")
    line, alone = 0, len(_NEWDOC.findall(text)) < 2
    for number, part in enumerate(_documents(text), 1):
        opening = _NEWDOC.search(part)
        own = (opening[1] if opening else None) or (name if alone else f"{name}#{number}")
        try:
            documents = read_conllu(part)
        except InputError as error:
            told = _LINE.match(str(error))
            yield Problem(
                file,
                str(error)[told.end() :] if told else str(error),
                ACCEPTED,
                line + int(told[1]) if told else line + 1,
            )
            documents = []
        for words, parsed in documents:
            yield Draft(words, file, own, "conllu", line=line + 1, note=decoded.note, parsed=parsed)
        line += part.count("\n")


def _documents(text: str) -> Iterator[str]:
    """The file cut before each `# newdoc`; what stands above the first, if it is words, is a document too."""
    cuts = [match.start() for match in _NEWDOC.finditer(text)]
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        part = text[start:end]
        if any(row and not row.startswith("#") for row in part.split("\n")):
            yield part
