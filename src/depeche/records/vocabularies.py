"""The closed vocabularies of the records.

Event types, modes and sectors are those of PLOVER 2.0 (Political Language Ontology for Verifiable Event Records, 2021).
"""

from __future__ import annotations

from typing import Final

EVENT_TYPES: Final = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
    "ASSAULT".split()
)

EVENT_MODES: Final[dict[str, frozenset[str]]] = {
    "AGREE": frozenset(),
    "CONSULT": frozenset({"visit", "third-party", "multilateral", "phone"}),
    "SUPPORT": frozenset(),
    "CONCEDE": frozenset(),
    "COOPERATE": frozenset(),
    "AID": frozenset(),
    "RETREAT": frozenset({"withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"}),
    "REQUEST": frozenset({"assist", "change", "yield", "meet"}),
    "ACCUSE": frozenset({"disapprove", "investigate", "allege"}),
    "REJECT": frozenset({"assist", "change", "yield", "meet"}),
    "THREATEN": frozenset({"restrict", "ban", "arrest", "relations", "expel", "territory", "violence"}),
    "PROTEST": frozenset({"demo", "riot", "strike", "hunger", "boycott", "obstruct"}),
    "SANCTION": frozenset({"convict", "expel", "withdraw", "discontinue"}),
    "MOBILIZE": frozenset({"troops", "weapons", "police", "militia"}),
    "COERCE": frozenset(
        {"seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"}
    ),
    "ASSAULT": frozenset(
        {
            "abduct", "beat", "torture", "execute", "sexual", "assassinate", "targeted", "destroy", "primitive", "firearms",
            "explosives", "suicide-attack", "heavy-weapons", "aerial", "drone", "crowd-control", "massacre", "cleansing",
            "unconventional",
        }
    ),
}  # fmt: skip

SECTORS: Final = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC IGO NGO".split()
)

#: Bodies above states, with the codes that stand where a country's would.
BODY_CODES: Final = frozenset("UNO EUE AFU NAT ARL ECW IGO NGO".split())

ACTOR_KINDS: Final = frozenset("person office organisation armed_group state crowd".split())
MENTION_KINDS: Final = frozenset("name nominal pronoun adjective".split())
BLOCK_KINDS: Final = frozenset("body headline byline caption furniture".split())
FACTUALITIES: Final = frozenset("actual planned possible denied habitual".split())
QUOTE_KINDS: Final = frozenset("direct mixed indirect".split())
HOLDER_KINDS: Final = frozenset("named institution unnamed media rumour".split())
TENURE_STATUSES: Final = frozenset("current former acting elect".split())
TENURE_BASES: Final = frozenset("stated linked resolved".split())
GRAINS: Final = frozenset(
    "second minute hour daypart day weekend week month season quarter year decade century".split()
)
TENSES: Final = frozenset("past present future".split())
TIME_KINDS: Final = frozenset("point interval duration recurring".split())
CLAIM_KINDS: Final = frozenset("first last only nth never since comparison".split())
