"""Claims that a ledger can check: "la première visite depuis 2006", "n'a jamais rencontré", "pour la troisième fois".

A claim stands on an event of the text: the deed that is said to be the first, the last, the only, the n-th or to have never been. Its words
come from the lexicon's `claims`; its bound ("depuis 2006") from the times of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from depeche.annotate.parsed import Parsed
from depeche.extract.claims_narrowing import find_narrowing
from depeche.extract.claims_text import BOUND_REACH, PHRASE, ClaimLexicon, ClaimTables, ClaimText, claim_tables
from depeche.extract.offices import Resolver
from depeche.extract.offices_tables import fold
from depeche.languages.schema.claims import ClaimCue
from depeche.records import Claim, Event, Span, Time, identity

INFINITIVE_REACH = 9  # words between "le premier …" and "à se rendre"
CLAUSE_REACH = 12  # words between "pour la première fois" or "jamais" and the deed, where the parse does not join them
UNKNOWN = (
    "XXXX"  # a bound that no date is known for ("depuis l'indépendance"), as ISO 8601-2 writes an unspecified year
)
_CORE = frozenset({"obj", "xcomp", "nsubj", "obl"})
_DENIED = frozenset({"obj", "xcomp"})  # "il n'a jamais eu de rencontre"; no "lors d'une rencontre, il n'a jamais …"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A claim before its event is looked at: tokens [first, last), the kind, its event and bound."""

    first: int
    last: int
    cue: ClaimCue
    event: Event | None
    since: str | None = None
    until: str | None = None
    subject: Span | None = None
    rule: str = ""


def find_claims(
    parsed: Parsed, lexicon: ClaimLexicon, events: tuple[Event, ...], times: tuple[Time, ...], actors: Resolver
) -> tuple[Claim, ...]:
    """The checkable claims of a text, in text order; each opens on its words.

    "La visite du ministre, la première depuis 2006" gives a claim `first` on the event of "visite" with `since` "2006".
    """
    return _Finder(parsed, claim_tables(lexicon), events, times, actors).claims()


class _Finder:
    """One text with what is looked up in it."""

    def __init__(
        self, parsed: Parsed, tables: ClaimTables, events: tuple[Event, ...], times: tuple[Time, ...], actors: Resolver
    ) -> None:
        self.parsed, self.tables, self.actors = parsed, tables, actors
        self.text = ClaimText(parsed, tables, times)
        self.event_at: dict[int, Event] = {}
        for event in events:
            for trigger in event.triggers:
                for index in self.text.tokens(trigger):
                    self.event_at.setdefault(index, event)

    def claims(self) -> tuple[Claim, ...]:
        """All claims of the text."""
        found: dict[str, Claim] = {}
        index, taken = 0, -1
        while index < len(self.text.words):
            roles = self.tables.openers.get(self.text.words[index])
            if roles and index >= taken:
                draft = self._start(index, roles)
                if draft is not None:
                    claim = self._record(draft)
                    found.setdefault(claim.id, claim)
                    taken = draft.last
            index += 1
        return tuple(sorted(found.values(), key=lambda c: c.span.start))

    def _start(self, index: int, roles: tuple[str, ...]) -> _Draft | None:
        """The claim that starts at a cue, by the first role that fits."""
        if self.text.cue("excluded", index):
            return self._excepted(index)
        for role in roles:
            hit = self.text.cue(role, index)
            if hit is None:
                continue
            draft = self._ordinal(index, *hit) if role == "ordinal" else self._adverbial(role, index, *hit)
            if draft is not None:
                return draft
        return None

    def _excepted(self, index: int) -> _Draft | None:
        """A title that holds an ordinal, counted after all: "le premier secrétaire à la Défense à se rendre"."""
        hit = self.text.cue("ordinal", index)
        if hit is None or index + hit[0] >= self.text.limit(index) or self.parsed.tokens[index].text[0].isupper():
            return None
        at = index + hit[0]
        draft = self._counted(self._opening(index), at, hit[1])
        return draft if draft is not None and draft.rule == "infinitive" else None

    def _ordinal(self, index: int, size: int, cue: ClaimCue) -> _Draft | None:
        """ "la première visite …", "la première depuis 2006", "le premier ministre à se rendre", "pour la première fois"."""
        tokens, limit = self.parsed.tokens, self.text.limit(index)
        at = index + size
        while at < limit and at < index + size + 2 and tokens[at].upos in ("ADJ", "ADV") and at not in self.event_at:
            if self.text.cue("since", at) or self.text.cue("scope", at):
                break
            at += 1
        first = self._opening(index)
        if at >= limit:
            return None
        if self.text.cue("occasion", at):
            return self._occasion(first, at, cue)
        if tokens[at].upos in ("NOUN", "PROPN", "X") or at in self.event_at:
            return self._counted(first, at, cue)
        return self._elliptical(first, index, index + size, cue)

    def _opening(self, index: int) -> int:
        """The determiner before a cue, and a preposition before that."""
        tokens, first, floor = self.parsed.tokens, index, self.text.floor(index)
        if first > floor and tokens[first - 1].upos == "DET":
            first -= 1
            if first > floor and tokens[first - 1].upos == "ADP" and self.text.cue("occasion", index + 1):
                first -= 1
        return first

    def _occasion(self, first: int, at: int, cue: ClaimCue) -> _Draft | None:
        """ "pour la première fois (depuis 2006)": the deed is the verb it goes with."""
        if cue.kind not in ("first", "nth", "last"):
            return None
        since, last = self.text.bound(at + 1, first)
        event = self._governing(at) or self._nearest(at) or self._nearest(max(last, at + 1) - 1)
        since = since or self.text.opening_bound(first)
        return _Draft(first, max(last, at + 1), cue, event, since=since, rule="occasion") if event else None

    def _counted(self, first: int, at: int, cue: ClaimCue) -> _Draft | None:
        """An ordinal with its noun: the noun is the deed, or names who did it ("le premier président à se rendre")."""
        since, last = self.text.bound(at + 1, first)
        deed = self._infinitive(at + 1)
        if deed is not None and cue.kind in ("first", "only", "last", "nth"):
            verb, cut = deed
            return _Draft(
                first, max(last, verb + 1, self._object_end(verb)), cue, self.event_at[verb], since=since,
                subject=self.text.span(at, cut), rule="infinitive",
            )  # fmt: skip
        event = self.event_at.get(at)
        if event is None:
            return None
        if cue.kind == "last":
            return self._dated(first, at, cue, event)
        if cue.kind == "only" and since is None and not self.text.scope(at + 1):
            return None
        if self.parsed.tokens[at].feat("Number") == "Plur" and since is None:
            return None
        return _Draft(
            first, max(last, at + 1), cue, event, since=since, subject=self._whose(at + 1, event), rule="counted"
        )

    def _whose(self, at: int, event: Event) -> Span | None:
        """The office in "la première visite (à Alger) d'un ministre (en Algérie)": whose deed is counted, whoever has done it."""
        place = self.text.tokens(event.place).start if event.place else -1
        while at < self.text.limit(at - 1) and self.parsed.tokens[at].upos in PHRASE:
            span, last = self._doer(at)
            if span is not None:
                first = bisect_left(self.parsed.starts, span.start)
                return self.text.span(first, place - 1) if first < place - 1 < last else span
            at += 1
        return None

    def _whose_before(self, event: Event, index: int) -> Span | None:
        """The office in "la visite (à Alger) du ministre, la première depuis 2006"."""
        nouns = (i for i in self._trigger_tokens(event) if i < index and self.parsed.tokens[i].upos == "NOUN")
        noun = next(nouns, None)
        return self._whose(noun + 1, event) if noun is not None else None

    def _elliptical(self, first: int, index: int, at: int, cue: ClaimCue) -> _Draft | None:
        """ "…, la première depuis 2006": the deed is the noun or verb before it."""
        subject, after = self._doer(at)
        if cue.kind == "last" or not (
            subject or self.text.cue("since", at) or self.text.window(at) or self.text.scope(at)
        ):
            return None
        since, last = self.text.bound(at, first)
        if since is None and not (subject or self.text.window(at) or self.text.scope(at)):
            return None
        event = self._before(first, index)
        if event is None:
            return None
        subject = subject or self._whose_before(event, index)
        end = max(last, at + self.text.window(at), at + self.text.scope(at), after)
        return _Draft(first, end, cue, event, since=since, subject=subject, rule="elliptical")

    def _doer(self, at: int) -> tuple[Span | None, int]:
        """ "une première pour un président américain": of whom it is the first, where the words name an office; and the token after."""
        hit = self.text.cue("doer", at)
        if hit is None:
            return None, at
        first = last = at + hit[0]
        while (
            last < self.text.limit(at) and self.parsed.tokens[last].upos in PHRASE and not self.text.cue("since", last)
        ):
            last += 1
        span = self.text.span(first, last) if last > first else None
        found = self.actors.resolve(span.start, span.end) if span else None
        actor = self.actors.by_id.get(found[1]) if found else None
        return (span, last) if actor is not None and actor.kind == "office" else (None, at)

    def _dated(self, first: int, at: int, cue: ClaimCue, event: Event) -> _Draft | None:
        """ "la dernière visite remonte à 2006"."""
        for index in range(at + 1, min(self.text.limit(at), at + BOUND_REACH)):
            hit = self.tables.roles["dates_back"].at([fold(self.parsed.tokens[index].lemma)], 0)
            if hit:
                until, last = self.text.time(index + 1, 6)
                if until:
                    return _Draft(first, last, cue, event, until=until, rule="dates_back")
        since, last = self.text.bound(at + 1, first)
        if self.text.scope(at + 1):
            return _Draft(first, at + 1 + self.text.scope(at + 1), cue, event, since=since, rule="counted")
        return None

    def _adverbial(self, role: str, index: int, size: int, cue: ClaimCue) -> _Draft | None:
        """ "jamais", "aucun", "plus … depuis", "sans précédent", "plus souvent que"."""
        if role == "comparison":
            return self._comparison(index, size, cue)
        event = self._own(index, size, _DENIED if role in ("never", "no_more") else _CORE)
        event = event or (self._governing(index) if role == "none" else None)
        if event is None:
            return None
        subject, after = self._doer(index + size) if role == "unprecedented" else (None, index + size)
        since, last = self.text.bound(index + size, index)
        since = since or self.text.opening_bound(index)
        if since is None and role in ("no_more", "none"):
            return None
        if role == "no_more" and not self._negative(index):
            return None
        start = min(
            index,
            *(i for i in self._trigger_tokens(event) if self.text.floor(index) <= i < self.text.limit(index)),
            index,
        )
        end = max(last, after)
        for i in self._trigger_tokens(event):
            if self.text.floor(index) <= i < self.text.limit(index):
                end = max(end, i + 1)
        return _Draft(min(start, index), end, cue, event, since=since, subject=subject, rule=role)

    def _negative(self, index: int) -> bool:
        """Is the adverb a negation ("n'avait plus"), not a degree ("plus grand")?"""
        token = self.parsed.tokens[index]
        head = token.head
        return token.feat("Polarity") == "Neg" or (
            head >= 0
            and any(self.parsed.tokens[c].feat("Polarity") == "Neg" for c in self.parsed.children[head] if c != index)
        )

    def _comparison(self, index: int, size: int, cue: ClaimCue) -> _Draft | None:
        """ "se rendent plus souvent à X qu'à Y"."""
        limit = min(self.text.limit(index), index + size + CLAUSE_REACH)
        standard = next((i for i in range(index + size, limit) if self.text.cue("standard", i)), None)
        event = self._governing(index) or self._nearest(index)
        if standard is None or event is None or standard + 1 >= limit:
            return None
        last = standard + 2
        while last < limit and self.parsed.tokens[last].upos in ("DET", "NOUN", "PROPN", "ADJ", "ADP"):
            last += 1
        return _Draft(index, last, cue, event, rule="comparison")

    def _trigger_tokens(self, event: Event) -> list[int]:
        return [i for trigger in event.triggers for i in self.text.tokens(trigger)]

    def _governing(self, index: int) -> Event | None:
        """The event whose word governs a token, through at most four steps of the tree, inside the sentence."""
        for step, above in enumerate(self.parsed.ancestors(index)):
            if above in self.event_at:
                return self.event_at[above]
            if step > 3:
                break
        return None

    def _own(self, index: int, size: int, relations: frozenset[str]) -> Event | None:
        """The event that a negation or adjective goes with: its governor, what that governs, or the subject it is said of."""
        tokens, children = self.parsed.tokens, self.parsed.children
        for at in range(index, min(index + size, self.text.limit(index))):
            above = tokens[at].head
            if index <= above < index + size:
                continue
            candidates = [
                above,
                *(c for c in (*children[above], *children[at]) if tokens[c].deprel.split(":")[0] in relations),
            ]
            for candidate in candidates if above >= 0 else children[at]:
                if candidate in self.event_at:
                    return self.event_at[candidate]
        return None

    def _nearest(self, index: int) -> Event | None:
        """The nearest event word within reach on this side of any mark."""
        tokens = self.parsed.tokens
        low, high = max(self.text.floor(index), index - CLAUSE_REACH), min(self.text.limit(index), index + CLAUSE_REACH)
        found: list[int] = []
        for steps in (range(index - 1, low - 1, -1), range(index + 1, high)):
            for at in steps:
                if tokens[at].upos == "PUNCT":
                    break
                if at in self.event_at:
                    found.append(at)
                    break
        return self.event_at[min(found, key=lambda i: abs(i - index))] if found else None

    def _before(self, index: int, cue: int) -> Event | None:
        """The event word before a token in its sentence that agrees with the cue in gender, else the nearest one."""
        tokens = self.parsed.tokens
        gender = tokens[cue].feat("Gender")
        before = [i for i in range(index - 1, self.text.floor(index) - 1, -1) if i in self.event_at]
        nouns = [i for i in before if tokens[i].upos == "NOUN" and tokens[i].feat("Gender") in (gender, None)]
        chosen = (nouns or before)[:1]
        return self.event_at[chosen[0]] if chosen else None

    def _infinitive(self, at: int) -> tuple[int, int] | None:
        """The infinitive of "à se rendre" after a noun, where it is an event: its token, and where the noun phrase ends."""
        tokens, limit = self.parsed.tokens, min(self.text.limit(at - 1), at + INFINITIVE_REACH)
        for index in range(at, limit):
            hit = self.text.cue("infinitive", index)
            if hit is None or tokens[index].upos != "ADP":  # "a" folds like "à"
                continue
            for verb in range(index + 1, min(index + 5, self.text.limit(at - 1))):
                if tokens[verb].upos in ("NOUN", "PROPN", "DET"):
                    break
                if verb in self.event_at and tokens[verb].feat("VerbForm") == "Inf":
                    return verb, index
        return None

    def _object_end(self, verb: int) -> int:
        """The end of what directly follows a verb as its complement: "se rendre en Algérie"."""
        at, limit = verb + 1, min(self.text.limit(verb), verb + 6)
        while (
            at < limit
            and self.parsed.tokens[at].upos in ("ADP", "DET", "PROPN", "NOUN")
            and not self.text.cue("since", at)
        ):
            at += 1
        return at

    def _unknown(self, draft: _Draft) -> str | None:
        """UNKNOWN where the sentence goes on with a bound that was not understood: the claim is not about all time.

        So do "depuis l'indépendance", "pour la première fois de son mandat" and "la première visite du genre".
        """
        if draft.until is not None:
            return None
        floor, limit = self.text.floor(draft.first), self.text.limit(draft.first)
        since = any(self.text.cue("since", i) for i in range(floor, limit))
        scopes = (hit for i in range(draft.first, limit) if (hit := self.text.cue("scope", i)) is not None)
        return UNKNOWN if since or any(cue.limited for _, cue in scopes) or self._limited(draft) else None

    def _limited(self, draft: _Draft) -> bool:
        """Does "la première fois" have a complement: "du tournoi", "en dix matchs"?"""
        if draft.rule != "occasion":
            return False
        occasions = (i for i in range(draft.first, draft.last) if self.text.cue("occasion", i))
        return any(
            self.parsed.tokens[child].deprel.startswith("nmod") and not self.text.cue("scope", child - 1)
            for at in occasions
            for child in self.parsed.children[at]
        )

    def _record(self, draft: _Draft) -> Claim:
        event, cue = draft.event, draft.cue
        since = draft.since or self._unknown(draft)
        span = self.text.span(draft.first, draft.last)
        actor = event.actors[0] if event and event.actors else None
        target = event.recipients[0] if event and event.recipients else None
        subject = draft.subject or (actor.name if actor else None)
        country = self._country(draft.subject) or (actor.country if actor else None)
        place = target.name if target else (event.place if event else None)
        kind = cue.kind or cue.role
        return Claim(
            id=identity("claim", kind, span.text, span.start, since, draft.until, event.id if event else None),
            span=span, kind=kind, event=event.id if event else None, type=event.type if event else None,
            mode=event.mode if event else None, subject=subject, subject_country=country, object=place,
            object_country=target.country if target else self._country(place), since=since, until=draft.until, n=cue.n,
            rule=f"claims.{draft.rule}:{cue.id}", narrowed=self._narrowing(draft),
        )  # fmt: skip

    def _narrowing(self, draft: _Draft) -> Span | None:
        if draft.event is None:
            return None
        return find_narrowing(self.text, self.actors, draft.event, range(draft.first, draft.last), draft.subject)

    def _country(self, span: Span | None) -> str | None:
        hit = self.actors.resolve(span.start, span.end) if span else None
        actor = self.actors.by_id.get(hit[1]) if hit else None
        return actor.country if actor else None
