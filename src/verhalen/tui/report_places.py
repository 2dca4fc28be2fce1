"""The places that a report may hold, in the words of who chooses one."""

from __future__ import annotations

from verhalen.i18n import mark, t

WHAT: dict[str, str] = {
    "aantal gezinnen": mark("number of families with support in the period"),
    "aantal kinderen": mark("number of children in these families"),
    "aantal verhalen": mark("number of stories that may be told"),
    "aantal fragmenten": mark("number of fragments that may be told"),
    "aantal gevolgd": mark("number of families of whom we know how it went on"),
    "periode": mark("the period, in words"),
    "instrument": mark("the name of the instrument"),
    "beter": mark("how many families went better in a group of life domains"),
    "slechter": mark("how many families went worse in a group of life domains"),
    "tabel bereik": mark("tables: whom we reach"),
    "wie niet": mark("table: of whom we cannot say whether something changed"),
    "tabel verandering": mark("table: better, same and worse per group"),
    "grafiek verandering": mark("chart of the same"),
    "tabel overgang": mark("table: from where to where, for one item"),
    "grafiek overgang": mark("chart of the same, for one item"),
    "tabel kansarmoede": mark("table: the approximation of the poverty index"),
    "grafiek kansarmoede": mark("chart of the poverty index"),
    "samen": mark("numbers and words side by side, with your verdict"),
    "dekking": mark("whose stories are heard"),
    "signalen": mark("barriers that no family lifts alone"),
    "citaat": mark("a quote with consent"),
    "verhaal": mark("a whole story with consent"),
    "grenzen": mark("what these numbers cannot show"),
    "methode": mark("how was counted"),
    "telwerk": mark("what the counting itself cost"),
    "verandering": mark("how it went in a group of life domains, as a finished sentence"),
    "tussentijd": mark("how long lies between the two moments"),
    "gemeenten": mark("the municipalities of the report"),
    "voorop": mark("one story or quote for page one"),
    "grens": mark("the one limit for page one"),
    "verhalen": mark("a few stories, never only the bright ones"),
    "tabel verhalen": mark("table: how many stories of each kind"),
    "rondes": mark("what rounds chose, and why"),
    "teruggekoppeld": mark("how often something went back to who told"),
    "tabel maand": mark("table: the figures of a month"),
    "te doen": mark("what waits: snapshots and consent"),
    "tabel materiaal": mark("table: the texts of the project"),
    "tabel toestemming": mark("table: what people agreed to"),
    "codeboom": mark("table: the code tree"),
    "controlelijst": mark("a checklist for researchers, as a table"),
    "punt": mark("one point of such a checklist"),
    "inhoud": mark("a table of contents"),
    "kruistabel": mark("table: how often codes stand in which group, as by municipality"),
    "citaten": mark("a few quotes with consent"),
    "samen thema's": mark("table: codes beside how it went with the families"),
    "samen per gezin": mark("tables: every voice beside every score, only for inside"),
    "woorden tegen cijfers": mark("table: families whose words and scores go apart, only for inside"),
    "vragen en items": mark("table: questions that are scored beside what was told"),
    "werkende factoren": mark("table: what helps or hinders, and who names it"),
}
"""Name of a placeholder -> what it gives, marked."""


def words_for(name: str) -> str:
    """What to write for a place, with the names of the choices that it cannot do without."""
    from verhalen.report.fill import NEEDED

    return f"{{{{ {' '.join((name, *(f'{each}=' for each in NEEDED.get(name, ()))))} }}}}"


def apart(name: str, before: str, after: str) -> tuple[str, str]:
    """The empty lines that a table, chart or quote needs within a line: before it and behind it."""
    from verhalen.report.fill import stands_alone

    if not stands_alone(name):
        return "", ""
    return "\n\n" if before.strip() else "", "\n\n" if after.strip() else ""


def places() -> list[tuple[str, str]]:
    """Name and finished line of each."""
    from verhalen.report.fill import KNOWN

    return [(name, f"{name} – {t(WHAT[name])}" if name in WHAT else name) for name in sorted(KNOWN)]
