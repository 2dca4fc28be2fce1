"""Words that stand before a colon, or bold at the beginning of a line, without being anybody's name (Dutch and English)."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


HEADERS = _words(
    "datum, plaats, locatie, tijd, tijdstip, uur, duur, aanwezig, aanwezigen, afwezig, verontschuldigd, onderwerp, betreft,"
    "titel, bestand, bestandsnaam, opname, opnameduur, opgenomen, opgenomen op, transcript, transcriptie, uitgetypt,"
    "uitgetypt door, getranscribeerd door, project, onderzoek, code, nummer, gezin, versie, taal,"
    "date, place, location, time, duration, present, attendees, absent, subject, re, title, file, filename, recording,"
    "recorded, recorded on, transcribed by, transcription, study, number, version, language"
)
"""What the head of a transcript says about itself: names beside these belong to the head."""

NOT_NAMES = HEADERS | _words(
    "let op, opgelet, nota bene, nb, n.b, n.b., ps, p.s, p.s., noot, nota, opmerking, opmerkingen, voetnoot, eindnoot, tip,"
    "tips, belangrijk, waarschuwing, aandacht, voorbeeld, voorbeelden, bijvoorbeeld, bv, bijv, conclusie, conclusies, besluit,"
    "samenvatting, inleiding, voorwoord, nawoord, doel, doelen, doelstelling, methode, resultaat, resultaten, bron, bronnen,"
    "auteur, auteurs, deelnemers, sprekers, personen, figuur, tabel, grafiek, bijlage, bijlagen, hoofdstuk, deel, stap, punt,"
    "fase, sessie, thema, pagina, blz, tel, telefoon, gsm, e-mail, email, mail, website, adres, url, http, https, ftp,"
    "mailto, www, agenda, agendapunt, actie, acties, actiepunt, actiepunten, afspraken, to do, todo, verslag, contact, inhoud,"
    "inhoudstafel, trefwoorden, sleutelwoorden, legende, einde, begin, start, vervolg, situering, aanbeveling, aanbevelingen,"
    "probleem, oplossing, gevolg, oorzaak, reden, voordeel, voordelen, nadeel, nadelen, sterktes, zwaktes, kansen,"
    "bedreigingen, output, outcome, input, impact, item, items, vaststelling,"
    "vaststellingen, ja, nee, neen, dus, maar, en, of, want, toch, kortom, ook, nu, toen, eerst, daarna, ten eerste,"
    "ten tweede, ten derde, ten slotte, tot slot, met andere woorden, m.a.w, m.a.w., stilte, pauze, gelach, lachen, lacht,"
    "lachend, onverstaanbaar, muziek, applaus, zucht, zuchten, geluid, onderbreking, huilt, hoest, kucht, onduidelijk,"
    "note, notes, please note, attention, warning, important, remark, remarks, example, examples, for example, conclusion,"
    "conclusions, summary, introduction, preface, aim, aims, goal, goals, method, methods, result, results, source, sources,"
    "author, authors, participants, speakers, figure, table, chart, appendix, chapter, part, step, point, phase, session,"
    "theme, page, phone, address, action, actions, agenda item, contents, keywords, legend, end, continued, problem,"
    "solution, cause, reason, yes, no, so, but, and, or, also, now, then, first, finally, in other words, silence, pause,"
    "laughter, laughs, laughing, inaudible, unintelligible, music, applause, sighs, noise, interruption, crosstalk, cries"
)
"""Compared in lower case, without the number behind."""

OPENERS = _words(
    "ik, jij, je, hij, zij, ze, wij, we, gij, ge, jullie, u, het, dat, dit, deze, die, er, hier, daar, wat, hoe, waar,"
    "waarom, wie, wanneer, welke, als, en, of, maar, want, dus, toen, dan, nu, nog, ook, om, in, op, bij, voor, met, uit,"
    "aan, tot, over, na, naar, door, te, zo, soms, misschien, eigenlijk, ja, nee, allez, enfin, niet, geen, alle, sommige,"
    "i, you, he, she, it, they, this, that, these, those, there, here, what, how, where, why, when, which, if, and, or, but,"
    "because, so, then, now, for, with, from, about, in, on, at, by, to, as, not, no, all, some"
)
"""A label of several words that begins so is the beginning of a sentence."""

CLOSERS = _words(
    "zei, zegt, zegde, zeiden, zeggen, vroeg, vraagt, vroegen, dacht, denkt, dachten, antwoordt, antwoordde, riep, roept,"
    "schreef, schrijft, is, was, zijn, waren, wordt, werd, heeft, had, volgt, volgende, bijvoorbeeld, volgens,"
    "said, says, say, asked, asks, thought, thinks, replied, wrote, writes, are, were, has, following, follows"
)
"""A label that ends so introduces a quotation."""

TITLES = _words(
    "mevr, mw, mevrouw, juf, dhr, mr, mijnh, mnr, dr, drs, prof, ir, ing, lic, z, zr, st, jr, sr, br, mme, mrs, ms, resp, int"
)
"""Words that may be followed by a point inside a label."""

PARTICLES = _words(
    "van, de, der, den, het, ten, ter, te, in, 't, 's, d', du, la, le, di, da, el, al, bin, ben, von, zu, of, the, en, and, &"
)
"""Words inside a name that need no capital."""
