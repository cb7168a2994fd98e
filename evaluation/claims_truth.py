"""The truth about travels of US presidents and secretaries of state, worked out from the XML alone: no code of the program is used here."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DAY = timedelta(days=1)

#: The countries that the claims are about, by the list's own ids: code, "in", "to the" and so on as French has it. Left out are states
#: that came from others or were parted (Russia, Germany, Yugoslavia, China …): of those the list itself does not settle which is meant.
COUNTRIES = {
    "afghanistan": ("AFG", "en Afghanistan"), "albania": ("ALB", "en Albanie"), "algeria": ("DZA", "en Algérie"),
    "angola": ("AGO", "en Angola"), "argentina": ("ARG", "en Argentine"), "australia": ("AUS", "en Australie"),
    "austria": ("AUT", "en Autriche"), "bahrain": ("BHR", "à Bahreïn"), "bangladesh": ("BGD", "au Bangladesh"),
    "barbados": ("BRB", "à la Barbade"), "belgium": ("BEL", "en Belgique"), "bolivia": ("BOL", "en Bolivie"),
    "botswana": ("BWA", "au Botswana"), "brazil": ("BRA", "au Brésil"), "brunei": ("BRN", "au Brunei"),
    "bulgaria": ("BGR", "en Bulgarie"), "burma": ("MMR", "en Birmanie"), "cambodia": ("KHM", "au Cambodge"),
    "canada": ("CAN", "au Canada"), "chile": ("CHL", "au Chili"), "colombia": ("COL", "en Colombie"),
    "costa-rica": ("CRI", "au Costa Rica"), "cuba": ("CUB", "à Cuba"), "cyprus": ("CYP", "à Chypre"),
    "djibouti": ("DJI", "à Djibouti"), "dominican-republic": ("DOM", "en République dominicaine"),
    "ecuador": ("ECU", "en Équateur"), "egypt": ("EGY", "en Égypte"), "el-salvador": ("SLV", "au Salvador"),
    "ethiopia": ("ETH", "en Éthiopie"), "finland": ("FIN", "en Finlande"), "france": ("FRA", "en France"),
    "gabon": ("GAB", "au Gabon"), "ghana": ("GHA", "au Ghana"), "greece": ("GRC", "en Grèce"),
    "guatemala": ("GTM", "au Guatemala"), "guyana": ("GUY", "au Guyana"), "haiti": ("HTI", "en Haïti"),
    "honduras": ("HND", "au Honduras"), "hungary": ("HUN", "en Hongrie"), "iceland": ("ISL", "en Islande"),
    "india": ("IND", "en Inde"), "indonesia": ("IDN", "en Indonésie"), "iran": ("IRN", "en Iran"), "iraq": ("IRQ", "en Irak"),
    "ireland": ("IRL", "en Irlande"), "israel": ("ISR", "en Israël"), "italy": ("ITA", "en Italie"),
    "jamaica": ("JAM", "à la Jamaïque"), "japan": ("JPN", "au Japon"), "jordan": ("JOR", "en Jordanie"),
    "kenya": ("KEN", "au Kenya"), "korea-south": ("KOR", "en Corée du Sud"), "kuwait": ("KWT", "au Koweït"),
    "laos": ("LAO", "au Laos"), "lebanon": ("LBN", "au Liban"), "liberia": ("LBR", "au Liberia"), "libya": ("LBY", "en Libye"),
    "luxembourg": ("LUX", "au Luxembourg"), "malaysia": ("MYS", "en Malaisie"), "mali": ("MLI", "au Mali"),
    "malta": ("MLT", "à Malte"), "mexico": ("MEX", "au Mexique"), "mongolia": ("MNG", "en Mongolie"),
    "morocco": ("MAR", "au Maroc"), "nepal": ("NPL", "au Népal"), "netherlands": ("NLD", "aux Pays-Bas"),
    "new-zealand": ("NZL", "en Nouvelle-Zélande"), "nicaragua": ("NIC", "au Nicaragua"), "nigeria": ("NGA", "au Nigeria"),
    "norway": ("NOR", "en Norvège"), "oman": ("OMN", "à Oman"), "pakistan": ("PAK", "au Pakistan"), "panama": ("PAN", "au Panama"),
    "paraguay": ("PRY", "au Paraguay"), "peru": ("PER", "au Pérou"), "philippines": ("PHL", "aux Philippines"),
    "poland": ("POL", "en Pologne"), "portugal": ("PRT", "au Portugal"), "qatar": ("QAT", "au Qatar"),
    "romania": ("ROU", "en Roumanie"), "rwanda": ("RWA", "au Rwanda"), "saudi-arabia": ("SAU", "en Arabie saoudite"),
    "senegal": ("SEN", "au Sénégal"), "singapore": ("SGP", "à Singapour"), "somalia": ("SOM", "en Somalie"),
    "south-africa": ("ZAF", "en Afrique du Sud"), "spain": ("ESP", "en Espagne"), "suriname": ("SUR", "au Suriname"),
    "sweden": ("SWE", "en Suède"), "switzerland": ("CHE", "en Suisse"), "syria": ("SYR", "en Syrie"), "tanzania": ("TZA", "en Tanzanie"),
    "thailand": ("THA", "en Thaïlande"), "togo": ("TGO", "au Togo"), "tunisia": ("TUN", "en Tunisie"), "turkey": ("TUR", "en Turquie"),
    "turkiye": ("TUR", "en Turquie"), "uganda": ("UGA", "en Ouganda"), "united-arab-emirates": ("ARE", "aux Émirats arabes unis"),
    "uruguay": ("URY", "en Uruguay"), "venezuela": ("VEN", "au Venezuela"), "zambia": ("ZMB", "en Zambie"),
    "zimbabwe": ("ZWE", "au Zimbabwe"),
}  # fmt: skip


@dataclass(frozen=True)
class Stay:
    """Rows of one traveller in one country that touch: `first` and `last` are days, both included; `elect`: before taking office."""

    role: str
    name: str
    country: str
    first: date
    last: date
    elect: bool


@dataclass(frozen=True)
class Claim:
    """A claim about the stay `of`: the first (or, `denial`, none) since the days [since_first, since_end); `persons`: of other people;
    `narrowed`: of a kind that the list does not tell apart."""

    of: Stay
    since_first: date
    since_end: date
    persons: bool = False
    denial: bool = False
    narrowed: bool = False


def read_stays(folder: Path) -> dict[tuple[str, str], list[Stay]]:
    """The stays of all lists under a folder, by role and country, in order."""
    rows: dict[tuple[str, str, str], list[Stay]] = defaultdict(list)
    for path in sorted(folder.rglob("*.xml")):
        for trip in ElementTree.parse(path).getroot().iter("trip"):
            country = trip.find("country")
            known = COUNTRIES.get(country.get("id", "") if country is not None else "")
            if known is not None:
                stay = _stay(trip, known[0])
                rows[stay.role, stay.country, stay.name].append(stay)
    stays: dict[tuple[str, str], list[Stay]] = defaultdict(list)
    for (role, code, _), own in rows.items():
        stays[role, code] += _joined(sorted(own, key=lambda s: s.first))
    return {key: sorted(group, key=lambda s: (s.first, s.name)) for key, group in stays.items()}


def _stay(trip: ElementTree.Element, country: str) -> Stay:
    first, last = (date.fromisoformat((trip.findtext(tag) or "").strip()) for tag in ("start-date", "end-date"))
    remarks = trip.findtext("remarks") or ""
    name = re.sub(r"\([^)]*\)|\s+", " ", trip.findtext("name") or "")
    name = " ".join(name.split())
    return Stay((trip.findtext("role") or "").strip(), name, country, first, last, "as President-elect" in remarks)


def _joined(rows: list[Stay]) -> list[Stay]:
    """Rows that overlap, or of which one begins on the day after the other, as one."""
    stays: list[Stay] = []
    for row in rows:
        if stays and row.first <= stays[-1].last + DAY:
            before = stays.pop()
            row = Stay(
                row.role, row.name, row.country, before.first, max(before.last, row.last), before.elect and row.elect
            )
        stays.append(row)
    return stays


def truth(claim: Claim, stays: list[Stay], hole: tuple[date, date] | None = None) -> str:
    """What is to be said of a claim, given all stays of its role in its country and, maybe, days [first, end) that no list covers."""
    between = [s for s in stays if s != claim.of and claim.since_end <= s.first < claim.of.first]
    if claim.persons:
        between = [s for s in between if s.name != claim.of.name]
    seen = [s for s in between if hole is None or not hole[0] <= s.first < hole[1]]
    if any(not s.elect for s in seen) and not claim.narrowed:
        return "contradicted"
    if seen or hole is not None:  # one before he took office or maybe of another kind, or days that nothing covers
        return "undecidable"
    return "supported"
