"""Words that tell that a name comes next, or that somebody's name went before."""

from __future__ import annotations

from verhalen.language.naming.lists import word_set
from verhalen.language.naming.talk import Talk

TITLES = word_set(
    "mevrouw mevr mw meneer mijnheer mijnh dhr mnr heer madame madam mevrouwtje juf juffrouw jufke meester "
    "dokter dr prof professor "
    "zuster pater pastoor deken imam tante tantje nonkel nonk oom kozijn boer directeur directrice notaris "
    "rechter advocaat meter peter tata"
)
"""Hardly ever anything but a name behind these."""
KIN = word_set(
    "zoon zoontje dochter dochtertje broer broertje zus zusje zuster man vrouw vriend vriendin vriendje "
    "vriendinnetje lief ex partner "
    "buurvrouw buurman buurjongen buurmeisje collega coach gezinscoach begeleider begeleidster opvoeder "
    "opvoedster papa mama mams moeke vake "
    "oma opa bomma bompa meme pepe moemoe vava nicht nichtje neef neefje kleinzoon kleindochter kleinkind "
    "stiefvader stiefmoeder "
    "schoonmoeder schoonvader schoonzus schoonbroer plusmama pluspapa kameraad maat maatje baby kindje jongen "
    "meisje leerkracht "
    "psycholoog psychologe logopediste kinesiste kinesist vroedvrouw verpleegster tolk teamleider coordinator "
    "onze ons mijnen mijne haren zijnen "
    "kleine kleinste oudste jongste tweeling maatschappelijk assistente consulent consulente "
    "vertrouwensleerkracht zorgjuf kleuterjuf hond kat"
)
"""Often a name behind these, often not."""
NAMING = word_set("heet heette heten heetten hiet hiette genaamd genoemd noemt noemde noemen noemden")
_NAME_WORDS = word_set("naam voornaam achternaam familienaam roepnaam bijnaam meisjesnaam")
PARTICLES = word_set(
    "van de der den ten ter het 't t el al ben bint bin di da dos du le la von vander vanden vande d' el- ait ou"
)
"""Inside a name, written with a capital or without."""
CUES = TITLES | KIN | NAMING | word_set("is ik hij zij ze die zekere ene")
"""All words right behind which a name can stand."""
SAYING = word_set(
    "zegt zei zegde vroeg vraagt belt belde antwoordt antwoordde lacht lachte huilde huilt weent weende denkt "
    "dacht vindt vond woont woonde "
    "heet heette vertelt vertelde riep roept schreef speelt speelde slaapt sliep wou wilde begrijpt snapt "
    "stottert verjaart trouwde"
)
"""Only somebody does these."""
DOING = SAYING | word_set(
    "is was heeft had komt kwam gaat ging werkt werkte zit zat doet deed kan kon wil moet moest mag mocht zal "
    "zou wordt werd krijgt kreeg weet "
    "wist ziet zag geeft gaf helpt hielp bracht brengt schrijft leest las eet at drinkt dronk loopt liep "
    "blijft bleef kent kende zorgt zorgde "
    "houdt hield leert leerde stond staat ligt lag probeert probeerde begon begint durft durfde voelt voelde "
    "zoekt zocht maakt maakte "
    "kijkt keek luistert luisterde praat praatte spreekt sprak stuurt stuurde nam neemt haalt haalde legde "
    "legt liet laat sloeg ook zelf en"
)
_ARTICLES = word_set("de het een den nen 'n ne mijn zijn haar ons onze hun uw jouw die dat deze dit geen")
LANGUAGE = word_set("in het spreekt sprak spreken praat praten leert leren beetje geen goed les van naar uit op een")


def has_title(talk: Talk, at: int) -> bool:
    """Whether a title or "heet", "mijn naam is" stands right before the word at `at`."""
    before = talk.key(at - 1)
    if before in _NAME_WORDS and talk.gap(at).strip() in (":", ""):
        return True
    if not talk.joins(at):
        return False
    if before in TITLES or before in NAMING:
        return True
    if before == "is" and talk.key(at - 2) in _NAME_WORDS:
        return True
    if before in ("ik", "hij", "zij", "ze", "die") and talk.key(at - 2) in ("heet", "heette"):
        return True
    return before in ("zekere", "ene") and talk.key(at - 2) in ("een", "ne", "nen", "door", "van", "die", "met", "ene")


def has_kin(talk: Talk, at: int) -> bool:
    """Whether a word for a relative or a helper stands right before."""
    return talk.joins(at) and talk.key(at - 1) in KIN


def does_something(talk: Talk, at: int) -> bool:
    """Whether a verb of one person follows the word at `at`."""
    return talk.joins(at + 1) and talk.key(at + 1) in DOING


def says_something(talk: Talk, at: int) -> bool:
    """Whether a verb follows that only somebody can do."""
    return talk.joins(at + 1) and talk.key(at + 1) in SAYING
