"""What a form for a story asks, on paper and in Word: the questions by the column of the table that they fill."""

from __future__ import annotations

from verhalen.i18n import mark

BETTER, HARDER = "positief", "negatief"
"""Names of the two questions about change; the words to each stand in `tekst` and `tekst_moeilijker`."""
HARDER_TEXT, OTHER_REASON, OTHER_LANGUAGE = "tekst_moeilijker", "reden_anders", "taal_anders"
YES, NOTHING, NOT_ASKED = "ja", "niets", "niet_gevraagd"
OUTCOME, OTHERWISE, SHEET_DAY = "nagelezen", "anders", "datum"
"""On the sheet for a family: the boxes for what it says of the text, the room for what it wants otherwise, the day."""
QUESTIONS = {
    "gezin": mark("Family"),
    "datum_verteld": mark("Told on"),
    "opgetekend_door": mark("Written down by"),
    "stem_rol": mark("Who told it?"),
    "stem_lid": mark("Who of the family? (moeder, vader, kind1, ...)"),
    BETTER: mark("Did something get better?"),
    HARDER: mark("Did something get harder?"),
    "niet_gevraagd_reden": mark("Why was it not asked?"),
    "tekst": mark("What got better? Or what stayed the same? Tell it, in their own words."),
    HARDER_TEXT: mark("What got harder? Tell it, in their own words."),
    "toestemming": mark("May it be used for this?"),
    "vroeger": mark("How was it before?"),
    "nu": mark("How is it now?"),
    "hoe_gekomen": mark("How did it come about?"),
    "aandeel": mark("Who or what had a share in it? More than one is fine."),
    "waarom_belangrijk": mark("Why does it matter to them?"),
    "domeinen": mark("What is it about? More than one is fine."),
    "iets_anders": mark("Something else: what?"),
    "emoticon": mark("How does the teller feel about it?"),
    "moment": mark("When in the support?"),
    "taal": mark("In which language was it told?"),
    "vorm": mark("How was it told?"),
    "eigen_woorden": mark("In their own words and language, if you have them"),
    "vertaald_door": mark("Who translated? A role, not a name"),
    "titel": mark("A title of a few words"),
    "veranderingen": mark("Which changes came to mind first? At most five, one to a line."),
    "teruggelezen": mark("Was it read back to the teller?"),
    "datum_toestemming": mark("Asked on"),
}
"""Marked, by column."""
