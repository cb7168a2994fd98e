"""The records, their closed vocabularies and codecs. Everything here is plain frozen data."""

from depeche.records.types import (
    Actor,
    Attribution,
    Block,
    Claim,
    Cue,
    Document,
    Event,
    Factuality,
    Mention,
    Participant,
    Quote,
    Reading,
    Span,
    Tenure,
    Time,
    identity,
)

__all__ = [
    "Actor", "Attribution", "Block", "Claim", "Cue", "Document", "Event", "Factuality", "Mention", "Participant", "Quote",
    "Reading", "Span", "Tenure", "Time", "identity",
]  # fmt: skip
