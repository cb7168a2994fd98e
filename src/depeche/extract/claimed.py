"""Events in the light of the claims that stand on them: a claim's bound is no time of its event, and what never was is no deed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from depeche.records import Claim, Cue, Event, Factuality, Time

_NEGATIVE = frozenset({"never", "since"})


def settle_claimed(events: tuple[Event, ...], claims: tuple[Claim, ...]) -> tuple[Event, ...]:
    """The events, those of claims mended; their ids stay.

    "La première visite depuis 2006" was not in 2006: its event loses that time. "Aucun ministre n'est venu" denies its event.
    """
    by_event: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.event is not None:
            by_event.setdefault(claim.event, []).append(claim)
    return tuple(_settled(event, by_event.get(event.id, [])) for event in events)


def _settled(event: Event, claims: list[Claim]) -> Event:
    for claim in claims:
        if event.time is not None and _is_bound(event.time, claim):
            event = replace(event, time=None)
        if claim.kind in _NEGATIVE and event.factuality.status == "actual":
            cues = (*event.factuality.cues, Cue(claim.span, claim.rule))
            event = replace(event, factuality=Factuality("denied", cues))
    return event


def _is_bound(time: Time, claim: Claim) -> bool:
    """Are these the words of the claim's "since"?"""
    if claim.since is None or time.start is None:
        return False
    open_ended = time.kind == "interval" and time.end is None
    inside = claim.span.start <= time.span.start < claim.span.end
    return open_ended or (inside and _starts(time.start, claim.since))


def _starts(start: datetime, since: str) -> bool:
    return f"{start:%Y-%m-%d}".startswith(since)
