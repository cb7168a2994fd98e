"""Titles as they stand in a text: "le nouveau ministre malien des Affaires étrangères", with status and whose office it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from depeche.extract.offices_scene import Name, Scene
from depeche.extract.offices_tables import Place, Title
from depeche.languages.schema.offices import Office
from depeche.records.vocabularies import BODY_CODES

MAX_COMPLEMENT = 16  # words after the title word; "directeur du Service fédéral pour la coopération militaire et technique russe" has 10
_LEFT = frozenset({"ADJ", "NUM", "ADV"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """A title in its noun phrase.

    Tokens [start, end) hold the whole phrase, determiner and nationality included; [first, last) the words of the office;
    `head` is its noun. `code` is the country or body that the phrase itself names, `group` the organisation (as tokens).
    `determined` is "definite", "indefinite" or "" without a determiner. `bare`: it needs a complement and has none. `patron`: the
    person whose aide it is ("conseiller de X"). `prefix` counts the characters of the first word before the title ("ex-").
    `shared`: a plural title is one for all its holders, not one each ("les présidents français X et ivoirien Y").
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    office: Office
    plural: bool
    determined: str
    status: str | None
    code: str | None
    group: tuple[int, int] | None
    bare: bool
    patron: Name | None = None
    prefix: int = 0
    shared: bool = True


def find_phrases(scene: Scene) -> list[OfficePhrase]:
    """All titles of a text, in order; one inside the complement of another stands after it."""
    found: list[OfficePhrase] = []
    titles, words = scene.tables.titles, scene.words
    index, count = 0, len(words)
    while index < count:
        hit = _title_at(scene, index) if words[index] in titles or "-" in words[index] else None
        if hit is None:
            index += 1
            continue
        size, title, former = hit
        if _outreached(scene, index, size):
            index += 1
            continue
        if title.office is not None:
            found.append(_Reader(scene, index, size, title.office, title.plural, former).read())
        index += size
    return found


def _outreached(scene: Scene, index: int, size: int) -> bool:
    """Does a longer title start inside this one ("premier secrétaire à la Défense": secrétaire à la Défense)?"""
    for inner in range(index + 1, index + size):
        hit = scene.tables.titles.at(scene.words, inner)
        if hit and hit[1].office is not None and inner + hit[0] > index + size:
            return True
    return False


def _title_at(scene: Scene, index: int) -> tuple[int, Title, int] | None:
    """The title word or words at a token, and the length of a prefix that says that it is past ("ex-")."""
    words, tokens = scene.words, scene.parsed.tokens
    hit = scene.tables.titles.at(words, index)
    former = 0
    if hit is None:
        prefix = next((p for p in scene.tables.prefixes if words[index].startswith(p)), None)
        if prefix is None:
            return None
        rest = [words[index][len(prefix) :], *words[index + 1 : index + 8]]
        hit, former = scene.tables.titles.at(rest, 0), len(prefix)
        if hit is None:
            return None
    if not former:
        hit = _before_country(scene, index, hit[0]) or hit
    size, title = hit
    if (
        scene.capital(index)
        and scene.labels[index] == "PER"
        and index > 0
        and scene.entity_of[index - 1] == scene.entity_of[index]
    ):
        return None  # a family name: "Bruno Le Maire"
    if not any(_nominal(scene, i) for i in range(index, min(index + size, len(tokens)))):
        return None
    return size, title, former


def _before_country(scene: Scene, index: int, size: int) -> tuple[int, Title] | None:
    """The shorter title where the last words begin a country's name: "président" + "de la République démocratique du Congo"."""
    for inner in range(index + 1, index + size):
        place = scene.place_at(inner)
        if place and place[1].kind == "country" and inner + place[0] > index + size:
            return scene.tables.titles.at(scene.words[index:inner], 0)
    return None


def _nominal(scene: Scene, index: int) -> bool:
    """Is the token a noun, or a word taken for a verb that stands where a noun does ("nommé consul")?"""
    token = scene.parsed.tokens[index]
    if token.upos in ("NOUN", "PROPN"):
        return True
    return (
        token.upos == "VERB"
        and token.deprel in ("xcomp", "obj", "nmod", "obl:arg", "appos", "nsubj")
        and not token.feats.count("Tense")
    )


class _Reader:
    """Reads one phrase around a title; keeps the cursor and what was found on the way."""

    def __init__(self, scene: Scene, index: int, size: int, office: Office, plural: bool, former: int) -> None:
        self.scene, self.office, self.plural = scene, office, plural
        self.first = index
        self.last = self.at = min(index + size, scene.limit(index))
        self.status = "former" if former else None
        self.prefix = former
        self.code: str | None = None
        self.group: tuple[int, int] | None = None
        self.patron: Name | None = None
        self.complete = office.complement != "required"
        self.bare = self.last
        self.limit = min(scene.limit(index), self.at + MAX_COMPLEMENT)

    def read(self) -> OfficePhrase:
        """The phrase with its complement, status and determiner."""
        scene = self.scene
        for i in range(self.first, self.last):
            self._own_place(i)
            if scene.cue_at("acting", i):
                self.status = "acting"
        if self.office.complement != "none":
            while self.at < self.limit and self._step():
                pass
        self._trim()
        self._specify(self.bare)
        start, determined = self._left()
        head = next(
            (i for i in range(self.first, self.last) if scene.parsed.tokens[i].upos in ("NOUN", "PROPN")), self.first
        )
        named = self.complete or self.last > self.bare or self.code is not None or self.group is not None
        return OfficePhrase(
            start, self.at, self.first, self.last, head, self.office, self.plural, determined, self.status, self.code, self.group,
            not named, self.patron, self.prefix,
        )  # fmt: skip

    def _trim(self) -> None:
        """Take the country off the end of a title, where an entity brought it in: "du Conseil de sécurité des États-Unis"."""
        scene = self.scene
        for at in range(self.last - 1, self.bare + 1, -1):
            place = scene.place_at(at)
            if place and place[1].kind == "country" and at + place[0] == self.last:
                before = at - 1 if scene.is_cue("article", at - 1) else at
                if scene.cue_at("genitive", before - 1) == 1:
                    self.last, self.code = before - 1, self.code or place[1].code
                return

    def _specify(self, bare: int) -> None:
        """The office of the words without a nationality between them: "ministre américain de la Défense"."""
        scene = self.scene
        if self.last <= bare:
            return
        skip = scene.place_at(bare)
        if skip and skip[1].kind == "adjective":
            words = [*scene.words[self.first : bare], *scene.words[bare + skip[0] : self.last]]
            hit = scene.tables.titles.at(words, 0)
            if hit and hit[1].office is not None and hit[0] > bare - self.first:
                self.office = hit[1].office

    def _own_place(self, index: int) -> None:
        """A body or country inside the title itself: "chef du Pentagone"; "ministre des Affaires européennes" is a state's."""
        hit = self.scene.place_at(index)
        above = self.office.of_ == "state" and hit is not None and hit[1].code in BODY_CODES
        if hit and hit[1].code and self.code is None and not above:
            self.code = hit[1].code

    def _left(self) -> tuple[int, str]:
        """Walk left over adjectives and the like to the determiner; "ancien" on the way says former."""
        scene, at = self.scene, self.first
        floor = max(scene.first(self.first), self.first - 6)
        while at > floor:
            if scene.is_cue("former", at - 1):
                self.status = "former"
            elif scene.is_cue("future", at - 1):
                self.status = self.status or "elect"
            elif scene.is_cue("bygone", at - 1):
                self.status = self.status or "former"
                break
            elif scene.is_cue("definite", at - 1) or scene.is_cue("determiner", at - 1):
                definite = scene.is_cue("definite", at - 1)
                return at - 1, "definite" if definite else "indefinite"
            elif (
                scene.parsed.tokens[at - 1].upos not in _LEFT or scene.is_cue("linker", at - 1) or at - 1 in scene.names
            ):
                break
            at -= 1
        return at, ""

    def _step(self) -> bool:
        """Take one more part of the phrase after the title; False at its end."""
        scene, at = self.scene, self.at
        place = scene.place_at(at)
        if place and place[1].kind == "adjective":
            self.code = self.code or place[1].code
            self.complete = True
            self.at += place[0]
            return True
        if place and place[1].kind in ("group", "body") and scene.labels[at] != "PER":
            return self._place(at, *place)
        if scene.labels[at] == "LOC" and scene.is_cue("organ", at - 1):  # "la région Île-de-France"
            return self._locality(at)
        if self._beside_office(at):
            return True
        if self._portfolio(at):
            return True
        if scene.cue_at("genitive", at):
            return self._complement(at + scene.cue_at("genitive", at))
        size = scene.cue_at("other_preposition", at)
        early = self.last > self.bare or not scene.is_cue("late_preposition", at)
        sure = scene.cue_at("sure_preposition", at) > 0
        if scene.parsed.tokens[at].feat("VerbForm") == "Fin":  # "a" folds like "à"
            return False
        if size and early and (sure or self._attached(at, size) or self._named_after(at + size)):
            return self._complement(at + size, kept=True)
        if scene.is_cue("conjunction", at) and self._continues(at):
            return self._complement(at + 1 + scene.cue_at("genitive", at + 1))
        return self._adjective(at) or self._acronym(at)

    def _beside_office(self, at: int) -> bool:
        """Words that say how the office is held or who holds it: the cursor moves over them."""
        scene = self.scene
        for role in ("aside", "acting", "former_after", "elect"):
            size = scene.cue_at(role, at)
            if not size or (role == "elect" and self._told(at + size)):
                continue
            self.at += size
            if role != "aside":
                self.status = "former" if role == "former_after" else role
            if role == "acting":
                self.last = self.at
            return True
        return False

    def _told(self, at: int) -> bool:
        """Does a participle go on ("élu en 2017", "élue par les députés"), so that it tells how the office was won?"""
        if at < self.limit and self.scene.cue_at("genitive", at):  # "président élu des États-Unis"
            return False
        return at < self.limit and self.scene.parsed.tokens[at].upos in ("ADP", "DET", "NUM")

    def _locality(self, at: int) -> bool:
        """The name of a region or district right after the noun for it."""
        scene, end = self.scene, at
        while end < self.limit and scene.entity_of[end] == scene.entity_of[at]:
            end += 1
        self.at = self.last = end
        return True

    def _adjective(self, at: int) -> bool:
        """An adjective right after the title: "directeur adjoint", "conseiller diplomatique"."""
        scene = self.scene
        if scene.parsed.tokens[at].upos != "ADJ" or scene.capital(at) or self.office.complement == "none":
            return False
        self.at = self.last = at + 1
        return True

    def _acronym(self, at: int) -> bool:
        """The short name in brackets that follows a long one: "commandement (…) en Afrique (Africom)"."""
        scene = self.scene
        if scene.words[at] != "(" or at + 2 >= self.limit or scene.words[at + 2] != ")" or not scene.capital(at + 1):
            return False
        if self.group is not None and self.group[1] == at:
            self.group = (self.group[0], at + 3)
        elif self.last == at and at > self.first + 1:
            self.last = at + 3
        else:
            return False
        self.at = at + 3
        return True

    def _attached(self, at: int, size: int) -> bool:
        """Does the parse hang what follows a preposition inside this phrase?"""
        tokens = self.scene.parsed.tokens
        if at + size >= self.limit:
            return False
        head = tokens[at].head
        seen = 0
        while head > at and tokens[head].head > at and seen < 4:
            head, seen = tokens[head].head, seen + 1
        return head >= 0 and (self.first <= head < at or (head > at and self.first <= tokens[head].head < at))

    def _named_after(self, at: int) -> bool:
        """Does a name in apposition close the phrase after a preposition, so that all before it is the title?"""
        scene = self.scene
        while at < self.limit and scene.is_cue("article", at):
            at += 1
        end = self._run(at) if at < self.limit else at
        return at < end < self.limit - 1 and scene.words[end] == "," and scene.name_at(end + 1, strict=True) is not None

    def _continues(self, at: int) -> bool:
        """Does a conjunction join a second complement ("et des Finances") rather than a second title or clause?"""
        scene = self.scene
        if at + 2 >= self.limit or self.last != at:
            return False
        size = scene.cue_at("genitive", at + 1)
        if size:
            nxt = at + 1 + size
            return nxt < self.limit and scene.labels[nxt] != "PER" and scene.words[nxt] not in scene.tables.titles
        return False

    def _portfolio(self, at: int) -> bool:
        """A known portfolio after a nationality: "ministre américain" + "de la Défense"."""
        scene = self.scene
        if (
            self.last != self.bare
            or at == self.bare
            or not (scene.cue_at("genitive", at) or scene.cue_at("other_preposition", at))
        ):
            return False
        size = self.bare - self.first
        hit = scene.tables.titles.at([*scene.words[self.first : self.bare], *scene.words[at : at + 8]], 0)
        if hit is None or hit[0] <= size or hit[1].office is None:
            return False
        self.at = self.last = min(at + hit[0] - size, self.limit)
        self.complete = True
        return True

    def _complement(self, at: int, kept: bool = False) -> bool:
        """Read the noun phrase after a preposition; the cursor moves behind it. False where none stands there.

        `kept`: even a country is part of the title ("émissaire pour la Libye"), which after "de" it is not.
        """
        scene = self.scene
        while at < self.limit and scene.parsed.tokens[at].upos == "DET":
            if not scene.is_cue("article", at):
                return self._outside(at)
            at += 1
        if at < self.limit and scene.words[at].isdigit() and len(scene.words[at]) == 4:  # "député de 1979 à 1984"
            return False
        place = scene.place_at(at) if at < self.limit else None
        name = (
            scene.name_at(at, strict=True) if at < self.limit and not (place and place[1].kind == "country") else None
        )
        if name is not None and self.patron is None:
            self.patron, self.complete = name, True
            self.at = self.last = name.last
            return True
        if at >= self.limit or name is not None:
            return False
        if place and not self._goes_on(at + place[0], place[1]):
            return self._place(at, *place, kept=kept)
        end = self._run(at)
        if end == at or (self.office.role == "minister" and not scene.capital(at)):
            return False
        name = scene.name_at(end, strict=True) if end < self.limit and scene.is_cue("person", end - 1) else None
        if name is not None:
            self.patron, end = name, name.last
            self.last = end
        else:
            self._classify(at, end, self.group is None and not (kept and self.code))
        self.at = end
        self.complete = True
        return True

    def _goes_on(self, end: int, place: Place) -> bool:
        """Is a body's name only the beginning of another's ("Conseil de sécurité nationale")?"""
        scene = self.scene
        if (
            place.kind != "body"
            or end >= self.limit
            or scene.parsed.tokens[end].upos != "ADJ"
            or scene.cue_at("acting", end)
        ):
            return False
        following = scene.place_at(end)
        return not (following and following[1].kind == "adjective")

    def _outside(self, at: int) -> bool:
        """A complement that tells which one, and is no part of the title: "le chef de cette mission", "de son parti"."""
        self.at = max(self._run(at + 1), at + 1)
        return False

    def _place(self, at: int, size: int, place: Place, kept: bool = False) -> bool:
        """A country, city, body or group after the preposition."""
        scene, end, kind, code = self.scene, at + size, place.kind, place.code
        while end < self.limit and scene.entity_of[end] >= 0 and scene.entity_of[end] == scene.entity_of[end - 1] != -1:
            if scene.labels[end] == "PER":
                break
            end += 1
        if kind == "country" and end > at + size and scene.labels[at] == "ORG" and scene.capital(at + size):
            kind, code = "group", None  # "présidente de France Générosités"
        self.complete, self.at = True, end
        if self.group is not None and self.group[1] < at:
            self.group = (self.group[0], end)
            return True
        if kind == "group" and self.office.of_ not in ("state", "city"):
            self.group = self.group or (at, end)
            return True
        self.code = self.code or code
        if kind != "country" or kept:
            self.last = end
        return True

    def _run(self, at: int) -> int:
        """The end of a run of nouns and adjectives from a token; entities are taken whole, a person's name ends it."""
        scene, tokens = self.scene, self.scene.parsed.tokens
        end = at
        while end < self.limit:
            name = scene.name_at(end, strict=True)
            if name is not None and self._may_name(at, end):
                end = min(name.last, self.limit)
                break
            if name is not None or scene.words[end] in (",", ";", ".", ":", "(", ")"):
                break
            if scene.entity_of[end] >= 0 and scene.labels[end] != "PER" and (end == at or self._may_name(at, end)):
                number = scene.entity_of[end]
                while end < self.limit and scene.entity_of[end] == number:
                    end += 1
                continue
            if end > at and scene.capital(end) and not scene.capital(end - 1) and not self._may_name(at, end):
                break
            if end > at and scene.capital(end) and scene.capital(end - 1) and self._apart(end):
                break
            if tokens[end].upos not in _NOMINAL and not self._joins(at, end):
                break
            if scene.cue_at("acting", end) or scene.cue_at("former_after", end):
                break
            place = scene.place_at(end)
            if place and place[1].kind == "adjective":
                self.code = self.code or place[1].code
            end += 1
        return end

    def _apart(self, end: int) -> bool:
        """Do two capitalised words side by side belong to different names ("Défense Florence")?"""
        before, token = self.scene.parsed.tokens[end - 1], self.scene.parsed.tokens[end]
        return token.deprel.split(":")[0] in ("appos", "nmod") and before.head != end

    def _may_name(self, at: int, end: int) -> bool:
        """May a capitalised word follow here without a preposition ("le groupe Wagner", "Fédération internationale Y")?"""
        scene, before = self.scene, end - 1
        while before > at and scene.parsed.tokens[before].upos == "ADJ":
            before -= 1
        return end > at and scene.is_cue("named", before)

    def _joins(self, at: int, end: int) -> bool:
        """May a conjunction stand inside the run ("militaire et technique")?"""
        scene, tokens = self.scene, self.scene.parsed.tokens
        if end == at or end + 1 >= self.limit or not scene.is_cue("conjunction", end):
            return False
        after = tokens[end + 1]
        alike = tokens[end - 1].upos == after.upos or (after.deprel == "conj" and at <= after.head < end)
        person = scene.words[end + 1] in scene.tables.titles or scene.is_cue("person", end + 1)
        return after.upos in ("ADJ", "NOUN") and alike and not person

    def _classify(self, at: int, end: int, open_: bool) -> None:
        """Is the complement a group with a name of its own (only where none is known yet), or part of the title?"""
        scene = self.scene
        private = self.office.of_ in ("any", "party", "group", "body") and open_ and self.last == self.at
        if private and not scene.is_cue("organ", at) and self._named_group(at, end):
            self.group = (at, end)
        elif self.group is not None and self.group[1] <= at:
            self.group = (self.group[0], end)
        else:
            self.last = end

    def _named_group(self, at: int, end: int) -> bool:
        scene = self.scene
        title = scene.tables.titles.at(scene.words, at)
        if title is not None and title[1].office is not None:
            return False
        if scene.capital(at):
            return scene.labels[at] != "LOC" or self.office.sector == "BUS"  # companies are often taken for places
        if not scene.is_cue("named", at):
            return False
        of = scene.cue_at("genitive", end) if end < self.limit else 0
        return any(scene.capital(i) for i in range(at + 1, end)) or bool(
            of and end + of < self.limit and scene.capital(end + of)
        )


def inner_phrases(phrases: list[OfficePhrase]) -> Iterator[tuple[OfficePhrase, OfficePhrase]]:
    """Pairs (outer, inner) where a title stands in the complement of another: "porte-parole du ministre"."""
    for outer, inner in zip(phrases, phrases[1:], strict=False):
        if inner.first < outer.end:
            yield outer, inner
