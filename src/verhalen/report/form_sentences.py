"""The sentences around the questions of a form for parents, in plain words, per language. All but the Dutch are drafts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentences:
    """What stands on every form."""

    locale: str
    """Tag of the language for Word."""
    title: str
    under_a_face: str
    one_cross: str
    """The same where there are numbers and no faces."""
    nothing_wrong: str
    family: str
    member: str
    day: str
    together: str
    """Behind the box that says that somebody helped."""
    sheet: str
    """With `{n}` and `{all}`."""
    thanks: str
    draft: str
    """Said where nobody who speaks the language has read the form yet."""
    right_to_left: bool = False


SENTENCES = {
    "nl": Sentences(
        locale="nl-BE",
        title="Hoe gaat het?",
        under_a_face="Zet bij elke vraag een kruisje onder één gezichtje.",
        one_cross="Zet bij elke vraag één kruisje.",
        nothing_wrong="Er zijn geen foute antwoorden. Wil je iets niet zeggen? Sla het over.",
        family="Code van het gezin",
        member="Wie vult dit in? (mama, papa, ...)",
        day="Datum",
        together="Ik heb dit samen met iemand ingevuld.",
        sheet="Blad {n} van {all}",
        thanks="Dank je wel!",
        draft="Ontwerp: dit blad is nog niet nagelezen.",
    ),
    "en": Sentences(
        locale="en-GB",
        title="How are things?",
        under_a_face="For each question, put one cross under one face.",
        one_cross="For each question, put one cross.",
        nothing_wrong="There are no wrong answers. You do not want to say something? Skip it.",
        family="Code of the family",
        member="Who fills this in? (mum, dad, ...)",
        day="Date",
        together="I filled this in together with somebody.",
        sheet="Sheet {n} of {all}",
        thanks="Thank you!",
        draft="Draft: nobody has checked this translation yet.",
    ),
    "fr": Sentences(
        locale="fr-BE",
        title="Comment ça va ?",
        under_a_face="Pour chaque question, mettez une croix sous un seul visage.",
        one_cross="Pour chaque question, mettez une seule croix.",
        nothing_wrong="Il n'y a pas de mauvaise réponse. Vous préférez ne pas répondre ? Passez.",
        family="Code de la famille",
        member="Qui remplit cette feuille ? (maman, papa, ...)",
        day="Date",
        together="J'ai rempli cette feuille avec quelqu'un.",
        sheet="Feuille {n} sur {all}",
        thanks="Merci !",
        draft="Projet : cette traduction n'a pas encore été relue.",
    ),
    "ar": Sentences(
        locale="ar-SA",
        title="كيف الحال؟",
        under_a_face="ضعوا علامة واحدة تحت وجه واحد لكل سؤال.",
        one_cross="ضعوا علامة واحدة لكل سؤال.",
        nothing_wrong="لا توجد إجابات خاطئة. لا تريدون الإجابة عن سؤال؟ اتركوه.",
        family="رمز العائلة",
        member="من يملأ هذه الورقة؟ (الأم، الأب، ...)",
        day="التاريخ",
        together="ملأتُ هذه الورقة مع شخص آخر.",
        sheet="ورقة {n} من {all}",
        thanks="شكرًا!",
        draft="مسودّة: لم يراجع أحد هذه الترجمة بعد.",
        right_to_left=True,
    ),
}
"""By the two letters of the language."""
