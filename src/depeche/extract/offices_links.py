"""Who holds a title: apposition, a name after it, coordination, copula, appointment, "en tant que"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from depeche.annotate.parsed import Token
from depeche.extract.offices_phrases import OfficePhrase, inner_phrases
from depeche.extract.offices_scene import Name, Scene

_OPENERS = frozenset({",", "(", "-", "–", "—", "--", ":"})
_CLOSERS = frozenset({",", ".", ")", ";", "!", "?", "-", "–", "—", "--", ":", '"', "»", "”"})
_QUOTES = frozenset({'"', "«", "»", "“", "”", "'"})
_UNREAL = frozenset({"Cnd", "Sub"})
_BY_TENSE = {"Imp": "former", "Past": "former", "Fut": "elect"}  # what the tense of "être" says of the office
PREDECESSOR_REACH = 16  # words between "le premier ministre …" and "depuis X"
MAX_HOLDERS = 8  # names after one plural title


@dataclass(frozen=True, slots=True)
class Link:
    """One person and one title, by one rule. `subject` is a token that stands for the person where no name was found."""

    phrase: OfficePhrase
    name: Name | None
    rule: str
    subject: int | None = None


def link_holders(scene: Scene, phrases: list[OfficePhrase]) -> list[Link]:
    """The titles with the persons that the words beside them name; titles whose holder stands elsewhere are left out."""
    return _Linker(scene, phrases).links()


class _Linker:
    """Tries the rules in order of their precision; a title that has found its holder lends it to its neighbours."""

    def __init__(self, scene: Scene, phrases: list[OfficePhrase]) -> None:
        self.scene, self.phrases = scene, phrases
        self.ends = {n.last: n for n in scene.ordered_names()}
        self.inner = {id(outer): inner for outer, inner in inner_phrases(phrases)}
        self.aided = {id(inner) for inner in self.inner.values()}
        self.found: dict[int, list[Link]] = {}

    def links(self) -> list[Link]:
        """All links, in the order of the titles."""
        for index, phrase in enumerate(self.phrases):
            self.found[index] = self._beside(phrase)
            for link in self.found[index]:
                if link.name is not None:
                    self.ends.setdefault(link.name.last, link.name)
                    self.scene.names.setdefault(link.name.first, link.name)
        for index in range(len(self.phrases)):
            if not self.found[index]:
                self.found[index] = self._shared(index)
        for index, phrase in enumerate(self.phrases):
            if not self.found[index]:
                self.found[index] = self._by_verb(phrase) or self._as(phrase)
            self.found[index] += self._predecessor(phrase)
        return [link for index in range(len(self.phrases)) for link in self.found[index]]

    def _beside(self, phrase: OfficePhrase) -> list[Link]:
        """The name right after the title, or the one it stands in apposition to."""
        right, comma = (None, False) if self._aided(phrase) else self._right(phrase)
        if phrase.plural:
            found = self._several(phrase, right, "plural") if right is not None else []
            return found if len(found) > 1 or not comma else []
        if right is not None and not comma:
            return [Link(phrase, right, "title-name")]
        left = self._left(phrase)
        if left is not None and right is not None and phrase.determined == "definite" and self._titled(left):
            return [Link(phrase, right, "title-comma-name")]  # "le Premier ministre X, le président du Togo, Y, et …"
        if left is not None:
            return [Link(phrase, left, "name-title")]
        if id(phrase) in self.aided:  # "le conseiller de la ministre, X": the comma's name is the conseiller's
            return []
        if right is not None and (phrase.determined == "definite" or (phrase.determined and self._personal(phrase))):
            return [Link(phrase, right, "title-comma-name")]
        return []

    def _titled(self, name: Name) -> bool:
        """Has a name its title before it already?"""
        return any(link.rule == "title-name" and link.name == name for links in self.found.values() for link in links)

    def _aided(self, phrase: OfficePhrase) -> bool:
        """Is this the minister in "secrétaire d'État auprès du ministre …", whose name is not what follows?"""
        if id(phrase) not in self.aided:
            return False
        return any(
            self.scene.cue_at("other_preposition", i) >= phrase.start - i
            for i in range(max(0, phrase.start - 3), phrase.start)
        )

    def _personal(self, phrase: OfficePhrase) -> bool:
        """May a comma and a name after "un …" be its holder? Not after "un président": there it opens the next clause."""
        return phrase.status == "former" or phrase.office.of_ != "state"

    def _right(self, phrase: OfficePhrase) -> tuple[Name | None, bool]:
        """The name after a title, and whether a comma stands between."""
        scene, words = self.scene, self.scene.words
        limit, at, comma = scene.limit(phrase.first), phrase.end, False
        inner = self.inner.get(id(phrase))
        if inner is not None and inner.end >= at:
            at = inner.end
            if not self._aided(inner):
                name, comma = self._after(at, limit)
                if name is None or comma:
                    return name, comma
                at = name.last
        return self._after(at, limit) if at < limit and words else (None, False)

    def _after(self, at: int, limit: int) -> tuple[Name | None, bool]:
        scene, words = self.scene, self.scene.words
        if at < limit and words[at] == "(":
            name = scene.name_at(at + 1) if at + 1 < limit else None
            if name is not None and name.last < limit and words[name.last] == ")" and name.last - name.first > 1:
                return name, False
            at = self._skip_brackets(at, limit)
        comma = at < limit and words[at] == ","
        at += comma
        at = self._skip_address(at, limit)
        if at >= limit:
            return None, comma
        name = scene.name_at(at)
        if name is None and words[at] in _QUOTES and at + 1 < limit and not comma:
            return None, comma
        if name is not None and comma and name.first not in scene.names and name.last - name.first < 2:
            return None, comma
        return name, comma

    def _skip_address(self, at: int, limit: int) -> int:
        """Move over "le général", "M.", "autoproclamé" before a name."""
        scene = self.scene
        start = at
        for _ in range(5):
            if at >= limit or at in scene.names:
                return at
            size = scene.cue_at("address", at) or scene.cue_at("linker", at) or scene.cue_at("acting", at)
            if size == 0 and scene.is_cue("definite", at) and at + 1 < limit:
                size = int(scene.cue_at("address", at + 1) > 0 or at + 1 in scene.names)
            if size == 0 and at > start and scene.parsed.tokens[at].upos == "ADJ" and not scene.capital(at):
                size = 1
            if size == 0:
                return at
            at += size
        return at

    def _skip_brackets(self, at: int, limit: int) -> int:
        """The token after a short bracket, or the bracket itself."""
        for close in range(at + 1, min(at + 8, limit)):
            if self.scene.words[close] == ")":
                return close + 1
        return at

    def _left(self, phrase: OfficePhrase) -> Name | None:
        """The name that a title follows in apposition; with an article, only where the apposition closes again."""
        scene, words = self.scene, self.scene.words
        floor, at = scene.first(phrase.first), phrase.start - 1
        while at > floor and scene.is_cue("linker", at) and words[at] not in _OPENERS:
            at -= 1
        if at > floor + 1 and scene.cue_at("linker", at - 1) == 2:
            at -= 2
        if at <= floor or words[at] not in _OPENERS:
            return None
        after = words[phrase.end] if phrase.end < scene.limit(phrase.first) else "."
        if words[at] != "(" and phrase.determined == "definite" and after not in _CLOSERS:
            return None
        return self._name_before(at, floor)

    def _name_before(self, at: int, floor: int) -> Name | None:
        """The name that ends before a token, over an age, a bracket or a second comma."""
        scene, words = self.scene, self.scene.words
        for _ in range(3):
            if at in self.ends:
                return self.ends[at]
            if at - 1 > floor and scene.is_cue("age", at - 1):
                at -= 2
            elif words[at - 1] == ")":
                opening = next((i for i in range(at - 2, max(floor, at - 12), -1) if words[i] == "("), None)
                if opening is None:
                    return None
                at = opening
            elif words[at - 1] == "," and at - 1 > floor:
                at -= 1
            else:
                return None
        return self.ends.get(at)

    def _several(self, phrase: OfficePhrase, name: Name, rule: str) -> list[Link]:
        """A plural title and all the names listed after it, each perhaps with a nationality of its own."""
        scene, words = self.scene, self.scene.words
        limit, found, own = scene.limit(phrase.first), [Link(phrase, name, rule)], phrase
        at = name.last
        while len(found) < MAX_HOLDERS and at < limit:
            at = self._skip_brackets(at, limit) if words[at] == "(" else at
            if at >= limit or not (words[at] == "," or scene.is_cue("conjunction", at)):
                break
            at += 1
            while at < limit and (scene.is_cue("conjunction", at) or scene.cue_at("linker", at)):
                at += 1
            if at < limit:
                hit = scene.place_at(at)
                if hit and hit[1].kind == "adjective":
                    own = replace(phrase, code=hit[1].code, shared=False)
                    found[0] = replace(found[0], phrase=replace(found[0].phrase, shared=False))
                    at += hit[0]
            at = self._skip_address(at, limit)
            following = scene.name_at(at) if at < limit else None
            if following is None:
                break
            found.append(Link(own, following, rule))
            at = following.last
        return found

    def _shared(self, index: int) -> list[Link]:
        """A title joined to one that has its holder: "président de X et ministre de Y"."""
        phrase = self.phrases[index]
        if index > 0 and self._joined(self.phrases[index - 1], phrase) and phrase.determined != "definite":
            before = self.found[index - 1]
            if before and before[0].rule in ("name-title", "shared", "verb") or (before and not phrase.determined):
                return [Link(phrase, link.name, "shared") for link in before if link.name]
        if index + 1 < len(self.phrases):
            following = self.phrases[index + 1]
            if self._joined(phrase, following) and not following.determined:
                return [Link(phrase, link.name, "shared") for link in self.found[index + 1] if link.name]
        return []

    def _joined(self, left: OfficePhrase, right: OfficePhrase) -> bool:
        """Do only commas and conjunctions stand between two titles?"""
        scene, gap = self.scene, range(left.end, right.start)
        if (
            not 1 <= len(gap) <= 4
            or scene.parsed.tokens[left.first].sentence != scene.parsed.tokens[right.first].sentence
        ):
            return False
        return all(scene.words[i] == "," or scene.is_cue("conjunction", i) or scene.is_cue("linker", i) for i in gap)

    def _by_verb(self, phrase: OfficePhrase) -> list[Link]:
        """ "X est ministre", "X a été nommé ministre", "a nommé X ministre": the parse tells the subject."""
        tokens, head = self.scene.parsed.tokens, phrase.head
        children = self.scene.parsed.children
        copula = next((c for c in children[head] if tokens[c].deprel == "cop"), None)
        if copula is not None:
            if self._negated(head) or tokens[copula].feat("Mood") in _UNREAL:
                return []
            subject = self._first(self._child(head, ("nsubj",)), self._antecedent(head))
            status = _BY_TENSE.get(tokens[copula].feat("Tense") or "")
            return self._subject(replace(phrase, status=phrase.status or status), subject)
        verb = tokens[head].head
        if verb < 0 or tokens[head].deprel.split(":")[0] not in ("xcomp", "obj", "obl", "appos", "ccomp"):
            return []
        lemma = self.scene.lemma(verb)
        if self._negated(verb) or tokens[verb].feat("Mood") in _UNREAL:
            return []
        if tokens[verb].feat("Tense") == "Fut":
            phrase = replace(phrase, status=phrase.status or "elect")
        if lemma in self.scene.tables.cues["copula"]:
            return self._subject(phrase, self._first(self._child(verb, ("nsubj",)), self._antecedent(verb)))
        if lemma in self.scene.tables.cues["appoint"]:
            subject = self._first(self._child(verb, ("nsubj:pass",)), self._child(verb, ("obj",), but=head))
            chosen = {
                tokens[c].deprel for c in children[verb]
            }  # "ils ont choisi un président": who chose holds nothing
            active = "aux:tense" in chosen and "aux:pass" not in chosen and tokens[head].deprel == "obj"
            if subject is None and tokens[verb].feat("VerbForm") == "Part" and not active:
                subject = self._first(self._child(verb, ("nsubj",)), self._antecedent(verb))
            found = self._subject(phrase, subject)
            elected = lemma in self.scene.tables.cues["elect_verb"]
            return [replace(link, rule="elected") for link in found] if elected else found
        return []

    @staticmethod
    def _first(*found: int | None) -> int | None:
        """The first token found; the token 0 is one."""
        return next((f for f in found if f is not None), None)

    def _negated(self, index: int) -> bool:
        tokens = self.scene.parsed.tokens
        return any(tokens[c].feat("Polarity") == "Neg" for c in self.scene.parsed.children[index])

    def _child(self, index: int, relations: tuple[str, ...], but: int = -1) -> int | None:
        tokens = self.scene.parsed.tokens
        return next((c for c in self.scene.parsed.children[index] if tokens[c].deprel in relations and c != but), None)

    def _antecedent(self, index: int) -> int | None:
        """What a participle or relative clause modifies: its noun, or the subject of the clause it opens."""
        token: Token = self.scene.parsed.tokens[index]
        relation = token.deprel.split(":")[0]
        if relation == "acl":
            return token.head
        if relation in ("advcl", "conj", "xcomp") and token.head >= 0:
            return self._first(self._child(token.head, ("nsubj", "nsubj:pass")), self._antecedent(token.head))
        return None

    def _subject(self, phrase: OfficePhrase, subject: int | None) -> list[Link]:
        """The link to a subject token: its name, or the token for coreference to resolve."""
        if subject is None:
            return []
        tokens = self.scene.parsed.tokens
        if tokens[subject].upos == "PRON" and tokens[subject].feat("PronType") == "Rel":
            subject = self._antecedent(tokens[subject].head)
            if subject is None:
                return []
        for name in self.scene.names.values():
            if name.first <= subject < name.last:
                return [Link(phrase, name, "verb")]
        for child in self.scene.parsed.children[subject]:
            bare = all(tokens[c].deprel != "case" for c in self.scene.parsed.children[child])
            if bare and tokens[child].deprel in ("appos", "flat:name", "nmod", "flat") and child in self.scene.names:
                return [Link(phrase, self.scene.names[child], "verb")]
        return [Link(phrase, None, "verb", subject)]

    def _predecessor(self, phrase: OfficePhrase) -> list[Link]:
        """ "le premier secrétaire à la Défense à se rendre à X depuis Donald Rumsfeld": an earlier holder of the office."""
        scene = self.scene
        if phrase.start >= phrase.first or not any(
            scene.cue_at("ordinal", i) for i in range(phrase.start, phrase.first)
        ):
            return []
        for index in range(phrase.end, min(scene.limit(phrase.first), phrase.end + PREDECESSOR_REACH)):
            if scene.cue_at("since", index) and index + 1 < scene.limit(phrase.first):
                name = scene.name_at(self._skip_address(index + 1, scene.limit(phrase.first)))
                return [Link(replace(phrase, status="former"), name, "predecessor")] if name else []
        return []

    def _as(self, phrase: OfficePhrase) -> list[Link]:
        """ "en tant que ministre": the nearest person before it in the sentence, else after it."""
        scene = self.scene
        floor = scene.first(phrase.first)
        if not any(
            scene.cue_at("as", i) == phrase.start - i for i in range(max(floor, phrase.start - 4), phrase.start)
        ):
            return []
        before = [n for n in scene.names.values() if floor <= n.first < phrase.start]
        if before:
            return [Link(phrase, max(before, key=lambda n: n.first), "as")]
        return []
