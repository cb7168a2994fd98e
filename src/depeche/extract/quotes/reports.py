"""Find the verbs that attribute words to somebody, who that is, and how the verb stands to the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.quotes.phrases import (
    agent_of,
    is_clitic,
    is_nobody,
    is_relative,
    is_somebody,
    own_subject,
    phrase_after,
    phrase_before,
    phrase_of,
    subject_of,
)
from depeche.extract.quotes.sources import holder_after
from depeche.extract.quotes.tables import QuoteTables, VerbPattern, plain

_CUE_WORDS = frozenset({"AUX", "ADV", "PRON", "PART"})
_FIXED_GAP = 3
_NEAR = 4  # tokens between a verb and the head of an inverted subject: article, title, adjective
_MISTAKEN = frozenset({"NOUN", "ADJ", "PROPN", "X"})
_CLOSERS = frozenset('"»”')
_OPENERS = frozenset(",\"»”“'’)]–—:!?….")


class Report(NamedTuple):
    """A reporting verb in the text: the tokens of its cue, who speaks (head token), and how it stands.

    `inserted`: its subject follows it, so that the words it reports stand before or around it. `form`: finite, infinitive,
    gerund (present participle) or passive (past participle without its active auxiliary).
    """

    verb: int
    first: int
    last: int
    pattern: VerbPattern
    speaker: int | None
    inserted: bool
    form: str
    nobody: bool = False


def find_reports(parsed: Parsed, tables: QuoteTables, quoted: frozenset[int] = frozenset()) -> tuple[Report, ...]:
    """All reporting verbs outside the quoted tokens, in text order."""
    found = []
    for index, token in enumerate(parsed.tokens):
        if index in quoted:
            continue
        if token.upos not in ("VERB", "AUX") and not (
            token.upos in _MISTAKEN and _stands_as_cue(parsed, tables, index)
        ):
            continue
        patterns = tables.patterns(token.lemma, token.text)
        if not patterns:
            continue
        fit = _fit(parsed, tables, index, patterns)
        if fit is not None:
            found.append(_report(parsed, tables, quoted, index, *fit))
    return _with_participles(parsed, found)


def _with_participles(parsed: Parsed, reports: list[Report]) -> tuple[Report, ...]:
    """Participles after an inserted report have its speaker: « … », a-t-il estimé, ajoutant que …"""
    mended: list[Report] = []
    inserted: Report | None = None
    for report in reports:
        sentence = parsed.tokens[report.verb].sentence
        if inserted is not None and parsed.tokens[inserted.verb].sentence != sentence:
            inserted = None
        if report.form == "gerund" and inserted is not None:
            report = report._replace(speaker=inserted.speaker)
        elif report.inserted and report.speaker is not None:
            inserted = report
        mended.append(report)
    return tuple(mended)


def _stands_as_cue(parsed: Parsed, tables: QuoteTables, index: int) -> bool:
    """Whether a word that the tagger took for no verb stands where an inserted report does: « … », rapporte X; comme le rappelle X."""
    tokens = parsed.tokens
    if index + 1 >= len(tokens) or index < 2 or tokens[index].text[:1].isupper():
        return False
    before = tokens[index - 1]
    if before.upos in ("PRON", "DET") and plain(tokens[index - 2].text) in tables.words["manner"]:
        return True
    if plain(before.text) in tables.words["manner"]:
        return True
    after = tokens[index + 1]
    if before.text == "," and tokens[index - 2].text not in _CLOSERS:
        # …, note le journal. Only where the sentence ends with the subject
        end = parsed.sentences[tokens[index].sentence].last
        frames = [p.frames for p in tables.patterns(tokens[index].lemma, tokens[index].text)]
        return end - index < 8 and any("that" in f for f in frames) and _names_next(parsed, tables, index + 1)
    marked = before.text in _CLOSERS or before.text == ","
    return marked and (after.upos in ("DET", "PROPN", "ADP", "NOUN", "ADV") or is_clitic(after))


def _fit(
    parsed: Parsed, tables: QuoteTables, verb: int, patterns: tuple[VerbPattern, ...]
) -> tuple[VerbPattern, int] | None:
    """The first pattern that the verb and its surroundings fit, and where its words end."""
    reflexive = False
    sentence = parsed.sentences[parsed.tokens[verb].sentence]
    for index in range(verb - 1, max(sentence.first, verb - 5) - 1, -1):
        token = parsed.tokens[index]
        if token.upos not in _CUE_WORDS:
            break
        if plain(token.text) in tables.words["reflexive"] and not token.deprel.startswith("nsubj"):
            reflexive = True
            break
    for pattern in patterns:
        if pattern.pronominal and not reflexive:
            continue
        end = _fixed_end(parsed, verb, pattern.fixed, sentence.last)
        if end is not None:
            return pattern, end
    return None


def _fixed_end(parsed: Parsed, verb: int, fixed: tuple[str, ...], limit: int) -> int | None:
    """The end of the fixed words after a verb, or None where they are missing; adverbs may stand between."""
    at = verb + 1
    for word in fixed:
        stop = min(limit, at + _FIXED_GAP)
        while at < stop and plain(parsed.tokens[at].text) != word and plain(parsed.tokens[at].lemma) != word:
            at += 1
        if at >= stop:
            return None
        at += 1
    return at


def _report(
    parsed: Parsed, tables: QuoteTables, quoted: frozenset[int], verb: int, pattern: VerbPattern, end: int
) -> Report:
    tokens = parsed.tokens
    form = _form(parsed, tables, verb)
    first = _cue_start(parsed, tables, verb)
    if form == "gerund" and first and parsed.tokens[first - 1].text == "," and _names_next(parsed, tables, end):
        form = "finite"  # a finite form taken for a participle: a participle has no subject right after it
    last = end
    # "a-t-il" also comes in pieces: "a t-il", "précise t-elle"
    while last < min(len(tokens), end + 2) and any(is_clitic(t) for t in tokens[last : last + 1 + (last == end)]):
        last += 1
    if form == "passive" and not any(parsed.tokens[c].deprel.startswith("aux") for c in parsed.children[verb]):
        own = own_subject(parsed, tables, verb)
        named = _after_quoted(parsed, quoted, first) and _names_next(parsed, tables, end)
        form = "finite" if named or (own is not None and 0 <= own == first - 1) else form
    if form == "passive":
        return Report(verb, first, last, pattern, _agent(parsed, tables, quoted, verb), False, form)
    speaker = subject_of(parsed, tables, verb)
    nobody = speaker is None and _says_nobody(parsed, tables, verb)
    if form == "finite" and not nobody:
        says = "that" in pattern.frames and pattern.stance != "warn"
        cue = Cue(verb, first, last, _after_quoted(parsed, quoted, first), says, quoted)
        speaker, inserted, nobody = _finite_speaker(
            parsed, tables, cue, speaker if speaker not in quoted or _outside(parsed, quoted, speaker) else None
        )
        return Report(verb, first, last, pattern, speaker, inserted, form, nobody)
    return Report(verb, first, last, pattern, speaker, False, form, nobody)


class Cue(NamedTuple):
    """A verb, the token range of its cue, whether quoted words stand right before it, whether what it takes is never a person,
    and the tokens inside marks."""

    verb: int
    first: int
    last: int
    after_quoted: bool
    says: bool
    quoted: frozenset[int]


def _after_quoted(parsed: Parsed, quoted: frozenset[int], first: int) -> bool:
    """Whether a cue follows quoted words at once, but for marks and commas."""
    at = first - 1
    while at >= 0 and at not in quoted and parsed.tokens[at].upos == "PUNCT" and parsed.tokens[at].text != ":":
        at -= 1
    return at >= 0 and at in quoted and first - at <= 5


def _finite_speaker(
    parsed: Parsed, tables: QuoteTables, cue: Cue, speaker: int | None
) -> tuple[int | None, bool, bool]:
    """Who speaks by a finite verb, whether the verb is inserted into what it reports, and whether its subject is nobody."""
    tokens = parsed.tokens
    hung = next((i for i in range(cue.first, cue.last) if is_clitic(tokens[i])), None)
    if hung is not None:
        if is_nobody(tables, tokens[hung]):
            place = _where_said(parsed, tables, cue.last)
            return place, True, place is None
        beside = speaker is not None and speaker not in cue.quoted and _near_before(parsed, speaker, cue.first)
        return (speaker if beside else hung), True, False
    own = own_subject(parsed, tables, cue.verb)
    after = phrase_after(parsed, tables, cue.last)
    if after is not None and _is_insertion(parsed, tables, cue, own, after):
        return after, True, False
    if own is not None and 0 <= own < cue.first:
        return own, False, False
    if own is not None and own > cue.verb and not _after_that(parsed, tables, cue.first):
        return own, True, False
    if own is None and cue.first and (before := phrase_before(parsed, tables, cue.first)) is not None:
        return before, False, False
    return speaker, False, False


def _is_insertion(parsed: Parsed, tables: QuoteTables, cue: Cue, own: int | None, after: int) -> bool:
    """Whether the phrase after a verb is its subject, by where the verb stands: trees get inserted reports wrong."""
    before_subject = own is not None and 0 <= own < cue.first
    denied = any(t.feat("Polarity") == "Neg" for t in parsed.tokens[cue.first : cue.verb])
    if denied or _after_that(parsed, tables, cue.first):
        return False
    if cue.after_quoted and not (own is not None and own > cue.verb):
        return own is None or own in cue.quoted or is_somebody(parsed, tables, after)
    if plain(parsed.tokens[cue.first].text) in tables.words["manner"]:
        return True
    direct = after - cue.last <= _NEAR and cue.says and is_somebody(parsed, tables, after)
    if before_subject:
        return direct and cue.first > 1 and parsed.tokens[cue.first - 1].text == ","
    return direct or (own is None and _opens_insertion(parsed, cue.first))


def _where_said(parsed: Parsed, tables: QuoteTables, start: int) -> int | None:
    """The body behind an impersonal report: "indique-t-on au ministère", "lit-on sur le site du journal"."""
    tokens = parsed.tokens
    sentence = parsed.sentences[tokens[start - 1].sentence]
    for index in range(start, min(start + 5, sentence.last)):
        if tokens[index].upos == "ADP":
            holder = holder_after(parsed, index + 1, sentence.last)
            while (
                holder is not None
                and plain(tokens[holder].lemma) not in tables.holders
                and tokens[holder].upos != "PROPN"
            ):
                holder = next(
                    (c for c in parsed.children[holder] if c > holder and tokens[c].deprel.startswith("nmod")), None
                )
            return holder
        if tokens[index].upos not in ("ADV", "NOUN", "NUM", "VERB"):
            return None
    return None


def _after_that(parsed: Parsed, tables: QuoteTables, first: int) -> bool:
    """Whether a complementiser or relative stands right before a cue: its clause is no insertion."""
    before = parsed.tokens[first - 1] if first else None
    return before is not None and (
        before.upos == "SCONJ" or is_relative(before) or plain(before.lemma) in tables.words["that"]
    )


def _outside(parsed: Parsed, quoted: frozenset[int], head: int | None) -> bool:
    """Whether a noun inside marks has its article outside them: le « gilet jaune » espère …"""
    return head is not None and any(parsed.tokens[c].upos == "DET" and c not in quoted for c in parsed.children[head])


def _agent(parsed: Parsed, tables: QuoteTables, quoted: frozenset[int], verb: int) -> int | None:
    """Who does what a passive says: in the tree, or after the agent's preposition beyond quoted words ("qualifié de « X » par Y")."""
    found = agent_of(parsed, verb)
    if found is not None:
        return found
    tokens = parsed.tokens
    end = parsed.sentences[tokens[verb].sentence].last
    for index in range(verb + 1, min(end, verb + 25)):
        if index in quoted:
            continue
        if tokens[index].upos == "ADP" and plain(tokens[index].lemma) in tables.words["agent"]:
            return holder_after(parsed, index + 1, end)
        if tokens[index].upos in ("VERB", "AUX") or tokens[index].text in ",;":
            return None
    return None


def _names_next(parsed: Parsed, tables: QuoteTables, start: int) -> bool:
    """Whether somebody's name or title stands right after a verb."""
    after = phrase_after(parsed, tables, start)
    return after is not None and after - start <= 2 and is_somebody(parsed, tables, after)


def _near_before(parsed: Parsed, speaker: int, first: int) -> bool:
    """Whether a subject stands right before its verb, so that nothing is inverted."""
    return speaker < first and first - phrase_of(parsed, speaker).last <= 1


def _form(parsed: Parsed, tables: QuoteTables, verb: int) -> str:
    tokens = parsed.tokens
    token = tokens[verb]
    mood = token.feat("VerbForm")
    if mood == "Inf":
        return "infinitive"
    if mood != "Part":
        return "finite"
    auxiliaries = [tokens[c] for c in parsed.children[verb] if tokens[c].deprel.startswith("aux")]
    if any(a.deprel == "aux:pass" for a in auxiliaries):
        return "passive"
    if any(a.feat("VerbForm") == "Inf" for a in auxiliaries):
        return "infinitive"
    if any(a.feat("VerbForm") == "Part" and a.feat("Tense") == "Pres" for a in auxiliaries):
        return "gerund"
    if (
        auxiliaries
        or (token.deprel == "conj" and token.feat("Tense") == "Past")
        or _active_before(parsed, tables, verb)
    ):
        return "finite"
    if token.feat("Tense") != "Pres":
        return "passive"
    own = own_subject(parsed, tables, verb)
    return "gerund" if own is None or own < verb else "finite"


def _active_before(parsed: Parsed, tables: QuoteTables, verb: int) -> bool:
    """Whether the auxiliary of an active tense stands before a participle, wherever the tree hung it."""
    sentence = parsed.sentences[parsed.tokens[verb].sentence]
    for index in range(verb - 1, max(sentence.first, verb - 6) - 1, -1):
        token = parsed.tokens[index]
        if token.upos in ("AUX", "VERB"):
            return plain(token.lemma) in tables.words["auxiliary"]
        if token.upos not in ("ADV", "PRON", "ADP", "DET", "NOUN"):
            return False
    return False


def _says_nobody(parsed: Parsed, tables: QuoteTables, verb: int) -> bool:
    """Whether the verb's own subject is an impersonal pronoun."""
    for child in parsed.children[verb]:
        token = parsed.tokens[child]
        if token.deprel == "expl:subj" or (token.deprel.startswith("nsubj") and is_nobody(tables, token)):
            return True
    return False


def _cue_start(parsed: Parsed, tables: QuoteTables, verb: int) -> int:
    """The first token of a cue: auxiliaries, clitics and adverbs before the verb, and what opens an inserted report."""
    tokens = parsed.tokens
    first, start = verb, parsed.sentences[tokens[verb].sentence].first
    at = verb - 1
    while at >= max(start, verb - 8) and (tokens[at].upos in _CUE_WORDS or _euphonic(tokens, at)):
        token = tokens[at]
        if is_relative(token) or (token.deprel.startswith("nsubj") and not is_clitic(token)):
            break
        if token.upos != "ADV" or token.feat("Polarity") == "Neg":
            first = at
        at -= 1
    if at >= start and plain(tokens[at].text) in tables.words["manner"]:
        return at
    return first


def _euphonic(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is the lone letter between a verb and its pronoun ("a t-il")."""
    return len(tokens[index].text) == 1 and is_clitic(tokens[index + 1])


def _opens_insertion(parsed: Parsed, first: int) -> bool:
    """Whether a cue stands where an inserted report can: after a mark or a comma, or at the head of its sentence."""
    tokens = parsed.tokens
    if first == parsed.sentences[tokens[first].sentence].first:
        return True
    before = tokens[first - 1]
    return before.upos == "PUNCT" or before.text in _OPENERS
