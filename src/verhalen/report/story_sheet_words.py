"""The sentences of the sheet that a family gets back, in plain words, per language. All but the Dutch are drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verhalen.model.consent import Purpose


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands on a sheet."""

    locale: str
    """Tag of the language for Word."""
    title: str
    told: str
    """With `{day}`."""
    told_some_day: str
    before: str
    now: str
    how: str
    why: str
    about: str
    feeling: str
    is_it_right: str
    right: str
    otherwise: str
    unsure: str
    what_otherwise: str
    may: str
    may_child: str
    me: str
    parent: str
    yes: str
    no: str
    earlier: str
    """Above what was answered before."""
    purposes: Mapping[Purpose, str]
    for_children: Mapping[Purpose, str]
    """The same in the words of a child; what is not here is not asked of a child."""
    always: str
    day: str
    thanks: str
    draft: str
    right_to_left: bool = False


SHEET_WORDS = {
    "nl": SheetWords(
        locale="nl-BE",
        title="Jouw verhaal",
        told="Dit heb je verteld op {day}.",
        told_some_day="Dit heb je verteld.",
        before="Vroeger",
        now="Nu",
        how="Hoe is dat gekomen?",
        why="Waarom is dat belangrijk?",
        about="Het gaat over",
        feeling="Zo voelde je je erbij",
        is_it_right="Klopt dit?",
        right="Dit klopt.",
        otherwise="Ik wil het anders.",
        unsure="Ik weet het niet.",
        what_otherwise="Wat wil je anders?",
        may="Mogen wij je verhaal gebruiken?",
        may_child="Mag dit? Vraag het ook aan mama of papa.",
        me="Ik",
        parent="Mama of papa",
        yes="ja",
        no="nee",
        earlier="Vorige keer",
        purposes={
            Purpose.TEAM: "Mogen de coaches er samen over praten?",
            Purpose.REPORT: "Mag het in een verslag staan, zonder je naam?",
            Purpose.MEDIA: "Mogen we je foto, tekening of stem laten zien of horen?",
            Purpose.FOLLOW_UP: "Mogen we je later nog eens vragen hoe het gaat?",
            Purpose.RESEARCH: "Mag een onderzoeker het lezen, zonder je naam?",
        },
        for_children={
            Purpose.TEAM: "Mogen de coaches erover praten?",
            Purpose.REPORT: "Mag het in een boekje, zonder je naam?",
        },
        always="Je mag altijd van gedacht veranderen. Zeg het gewoon aan je coach.",
        day="Datum",
        thanks="Dank je wel!",
        draft="Ontwerp: dit blad is nog niet nagelezen.",
    ),
    "en": SheetWords(
        locale="en-GB",
        title="Your story",
        told="You told this on {day}.",
        told_some_day="You told this.",
        before="Before",
        now="Now",
        how="How did that happen?",
        why="Why does it matter?",
        about="It is about",
        feeling="This is how you felt",
        is_it_right="Is this right?",
        right="This is right.",
        otherwise="I want it otherwise.",
        unsure="I do not know.",
        what_otherwise="What do you want to change?",
        may="May we use your story?",
        may_child="Is this OK? Ask mum or dad too.",
        me="Me",
        parent="Mum or dad",
        yes="yes",
        no="no",
        earlier="Last time",
        purposes={
            Purpose.TEAM: "May the coaches talk about it together?",
            Purpose.REPORT: "May it be in a report, without your name?",
            Purpose.MEDIA: "May we show your photo or drawing, or let people hear you?",
            Purpose.FOLLOW_UP: "May we ask you again later how you are?",
            Purpose.RESEARCH: "May a researcher read it, without your name?",
        },
        for_children={
            Purpose.TEAM: "May the coaches talk about it?",
            Purpose.REPORT: "May it be in a booklet, without your name?",
        },
        always="You may always change your mind. Just tell your coach.",
        day="Date",
        thanks="Thank you!",
        draft="Draft: nobody has checked this translation yet.",
    ),
    "fr": SheetWords(
        locale="fr-BE",
        title="Votre histoire",
        told="Vous avez raconté ceci le {day}.",
        told_some_day="Vous avez raconté ceci.",
        before="Avant",
        now="Maintenant",
        how="Comment est-ce arrivé ?",
        why="Pourquoi est-ce important ?",
        about="Cela parle de",
        feeling="Voici comment vous vous sentiez",
        is_it_right="Est-ce juste ?",
        right="C'est juste.",
        otherwise="Je veux changer quelque chose.",
        unsure="Je ne sais pas.",
        what_otherwise="Que voulez-vous changer ?",
        may="Pouvons-nous utiliser votre histoire ?",
        may_child="D'accord ? Demande aussi à maman ou papa.",
        me="Moi",
        parent="Maman ou papa",
        yes="oui",
        no="non",
        earlier="La dernière fois",
        purposes={
            Purpose.TEAM: "Les coachs peuvent-ils en parler entre eux ?",
            Purpose.REPORT: "Peut-elle être dans un rapport, sans votre nom ?",
            Purpose.MEDIA: "Pouvons-nous montrer votre photo ou dessin, ou faire entendre votre voix ?",
            Purpose.FOLLOW_UP: "Pouvons-nous vous demander plus tard comment ça va ?",
            Purpose.RESEARCH: "Un chercheur peut-il la lire, sans votre nom ?",
        },
        for_children={
            Purpose.TEAM: "Les coachs peuvent-ils en parler ?",
            Purpose.REPORT: "Peut-elle être dans un petit livre, sans ton nom ?",
        },
        always="Vous pouvez toujours changer d'avis. Dites-le simplement à votre coach.",
        day="Date",
        thanks="Merci !",
        draft="Projet : cette traduction n'a pas encore été relue.",
    ),
    "ar": SheetWords(
        locale="ar-SA",
        title="قصتك",
        told="هذا ما رويته يوم {day}.",
        told_some_day="هذا ما رويته.",
        before="من قبل",
        now="الآن",
        how="كيف حدث ذلك؟",
        why="لماذا هذا مهم؟",
        about="الموضوع",
        feeling="هكذا كان شعورك",
        is_it_right="هل هذا صحيح؟",
        right="هذا صحيح.",
        otherwise="أريد تغيير شيء.",
        unsure="لا أعرف.",
        what_otherwise="ماذا تريد أن تغيّر؟",
        may="هل يمكننا استخدام قصتك؟",
        may_child="هل توافق؟ اسأل ماما أو بابا أيضًا.",
        me="أنا",
        parent="ماما أو بابا",
        yes="نعم",
        no="لا",
        earlier="في المرة السابقة",
        purposes={
            Purpose.TEAM: "هل يمكن للمرافقين أن يتحدثوا عنها معًا؟",
            Purpose.REPORT: "هل يمكن أن تكون في تقرير، بدون اسمك؟",
            Purpose.MEDIA: "هل يمكننا عرض صورتك أو رسمك أو صوتك؟",
            Purpose.FOLLOW_UP: "هل يمكننا أن نسألك لاحقًا عن حالك؟",
            Purpose.RESEARCH: "هل يمكن لباحث أن يقرأها، بدون اسمك؟",
        },
        for_children={
            Purpose.TEAM: "هل يمكن للمرافقين أن يتحدثوا عنها؟",
            Purpose.REPORT: "هل يمكن أن تكون في كتيّب، بدون اسمك؟",
        },
        always="يمكنك دائمًا أن تغيّر رأيك. أخبر مرافقك فقط.",
        day="التاريخ",
        thanks="شكرًا!",
        draft="مسودّة: لم يراجع أحد هذه الترجمة بعد.",
        right_to_left=True,
    ),
}
"""By the two letters of the language."""
