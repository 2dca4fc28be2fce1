"""Each recogniser: what it takes, and what looks like it but is left alone."""

import pytest

from verhalen.language.names import find_names
from verhalen.model.masking import NameKind

P, L, A, S, D = NameKind.PERSON, NameKind.PLACE, NameKind.ADDRESS, NameKind.SCHOOL, NameKind.SERVICE


def found(text: str) -> list[tuple[NameKind, str]]:
    return [(each.kind, text[each.span.start : each.span.stop]) for each in find_names(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Toen belde Ilse De Meyer.", ["Ilse De Meyer"]),
        ("Gisteren kwam mevrouw Van den Broeck langs.", ["Van den Broeck"]),
        ("Dhr. J. Vermeulen en mevr. A.M. De Wit-Claes.", ["J. Vermeulen", "A.M. De Wit-Claes"]),
        ("Ons Kaat en onze Jef.", ["Kaat", "Jef"]),
        ("Ik sprak met Hafsa El Amrani en Adem Yıldız.", ["Hafsa El Amrani", "Adem Yıldız"]),
        ("Haar man is Khaled al-Masri.", ["Khaled al-Masri"]),
        ("**Els:** dag. _Jana_ lacht.", ["Els", "Jana"]),
        ("Kobes papa en Anna's fiets.", ["Kobe", "Anna"]),
        ("Ik zei tegen Kimmeke dat het goed was.", ["Kimmeke"]),
        ("Die jongen, Xhevdetin, was te laat.", ["Xhevdetin"]),
        ("Mijn broer heet Frans. Hij leert Frans.", ["Frans"]),
        ("Bij Roos zag ik een roos. Een mol is geen Jan-met-de-pet.", ["Roos"]),
        ("De Clercq belde. De school ook.", ["De Clercq"]),
        ("ja ik heet sandra en juf marleen was lief", ["sandra", "marleen"]),
        ("dan kwam mijn zoon jens en mijn dochter amber zei niks", ["jens", "amber"]),
        ("en meneer de clercq die belde", ["de clercq"]),
        ("mijn naam is ik zeg het niet en juf heeft gelijk", []),
        ("Met Kerstmis kregen de Marokkaanse mama's een PlayStation van Kind en Gezin.", []),
        ("Dan is het goed. Wil je nog? Mark my words. Door de storm viel de bloem.", []),
        ("Huisbezoek was goed. Betaalbaarheid is een probleem. Coördinatoren is een woord.", []),
        ("Interviewer: En toen? INT1: Ja. R2: Neen. Ouder 2: Ook. Gezin G012.", []),
    ],
)
def test_persons(text: str, names: list[str]) -> None:
    assert [name for kind, name in found(text) if kind is P] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ze woont in Mol, hij in As.", ["Mol", "As"]),
        ("In Mol zit een mol. Als het kan, in Halle.", ["Mol", "Halle"]),
        ("Naar zee, naar De Panne of Knokke-Heist.", ["De Panne", "Knokke-Heist"]),
        ("Een gezin uit de wijk Otterbeek.", ["Otterbeek"]),
        ("wij wonen in leuven en vroeger in aarschot", ["leuven", "aarschot"]),
        ("Zij komt uit Vlaanderen, België of Marokko.", []),
        ("Sinterklaas at een peer en ham in de hal.", []),
        ("Joke Van Dessel en mevrouw Van Mechelen.", []),
    ],
)
def test_places(text: str, names: list[str]) -> None:
    assert [name for kind, name in found(text) if kind is L] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Adres: Kerkstraat 12 bus 3, 9000 Gent.", ["Kerkstraat 12 bus 3, 9000 Gent"]),
        ("Aan de Lange Lozanastraat 88.", ["Lange Lozanastraat 88"]),
        ("Ze woont op het Koningin Astridplein 5.", ["Koningin Astridplein 5"]),
        ("Boven een café op de Grote Markt.", ["Grote Markt"]),
        ("Dat was in 3600 Genk.", ["3600 Genk"]),
        ("hij woont in de kapellestraat daar", ["kapellestraat"]),
        ("Op straat, in de hoofdstraat, onderweg naar het speelplein.", []),
        ("Het Rekenhof, 2006. De regering, 2019.", []),
    ],
)
def test_addresses(text: str, names: list[str]) -> None:
    assert [name for kind, name in found(text) if kind is A] == names


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Hij zit op het Sint-Jozefscollege.", S, ["Sint-Jozefscollege"]),
        ("In basisschool De Regenboog en VBS De Klimop.", S, ["basisschool De Regenboog", "VBS De Klimop"]),
        ("Het GO! atheneum Hasselt belde.", S, ["GO! atheneum Hasselt"]),
        ("De school belde, ook de basisschool en het atheneum.", S, []),
        ("Op school zei Mieke niets. De school Mieke.", S, []),
        ("Via OCMW Gent en CAW Antwerpen.", D, ["OCMW Gent", "CAW Antwerpen"]),
        ("In het Huis van het Kind Heist.", D, ["Huis van het Kind Heist"]),
        ("Hij lag in het AZ Sint-Jan, dan in Jessa Ziekenhuis.", D, ["AZ Sint-Jan", "Jessa Ziekenhuis"]),
        ("Ze hielp bij De Sleutel.", D, ["De Sleutel"]),
        ("Het OCMW, het CLB, de VDAB en het ziekenhuis.", D, []),
    ],
)
def test_schools_and_services(text: str, kind: NameKind, names: list[str]) -> None:
    assert [name for each, name in found(text) if each is kind] == names


@pytest.mark.parametrize(
    "number",
    [
        "0486 23 17 95",
        "0478/12.34.56",
        "+32470123456",
        "+32 (0)487 33 90 12",
        "0032 475 90 12 38",
        "02/123.45.67",
        "016 12 34 56",
        "(03) 123 45 67",
        "06-12345678",
        "+31 6 12345678",
        "+40 721 234 567",
    ],
)
def test_telephones(number: str) -> None:
    assert found(f"Bel {number}. 3 keer.") == [(NameKind.PHONE, number)]


@pytest.mark.parametrize(
    "text", ["Sinds 2012 2013 2014.", "Om 10.30 uur.", "Dossier 2023-0045.", "1500 euro, 12 keer", "01.02.2023 12"]
)
def test_other_numbers_are_no_telephones(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["85.07.30-033.28", "850730 033 28", "85 07 30 / 033-28", "85073003328"])
def test_a_register_number_with_any_spacing(text: str) -> None:
    assert found(f"nummer {text} dus") == [(NameKind.REGISTER, text)]


def test_a_register_number_with_a_wrong_checksum_is_a_guess() -> None:
    [finding] = find_names("nummer 85.07.30-033.29 dus")
    assert (finding.kind, finding.sure) == (NameKind.REGISTER, False)


@pytest.mark.parametrize(
    "text",
    ["BE68 5390 0754 7034", "BE68539007547034", "be68 5390-0754-7034", "NL91 ABNA 0417 1643 00", "539-0075470-34"],
)
def test_accounts_by_checksum(text: str) -> None:
    assert found(f"op {text} storten") == [(NameKind.ACCOUNT, text)]


def test_words_with_a_year_are_no_account() -> None:
    assert found("In 2023 kiezen we ervoor om de br") == []


@pytest.mark.parametrize(
    ("text", "kind", "name", "sure"),
    [
        ("mail els.maes+x@voorbeeld.be!", NameKind.MAIL, "els.maes+x@voorbeeld.be", True),
        ("mail els punt maes at gmail punt com", NameKind.MAIL, "els punt maes at gmail punt com", False),
        ("zie www.voorbeeld.be/els.", NameKind.OTHER, "www.voorbeeld.be/els", True),
        ("zie @els_maes daar", NameKind.OTHER, "@els_maes", False),
        ("plaat 1-ABC-234 dus", NameKind.OTHER, "1-ABC-234", True),
        ("hij is geboren op 14 maart 1987", NameKind.BIRTH, "14 maart 1987", True),
        ("geb. 02/11/1984", NameKind.BIRTH, "02/11/1984", True),
        ("op 6/7/2012 is zij jarig", NameKind.BIRTH, "6/7/2012", True),
        ("Uw geboortedatum?\nPapa: 7 augustus 1971.", NameKind.BIRTH, "7 augustus 1971", False),
    ],
)
def test_mail_net_plates_and_births(text: str, kind: NameKind, name: str, sure: bool) -> None:
    [finding] = find_names(text)
    assert (finding.kind, text[finding.span.start : finding.span.stop], finding.sure) == (kind, name, sure)


@pytest.mark.parametrize(
    "text", ["Het gesprek was op 12 juni 2019.", "Hij is geboren in 1985.", "Geboren op 45/13/1990."]
)
def test_other_dates_stay(text: str) -> None:
    assert found(text) == []


def test_what_was_masked_is_not_found_again() -> None:
    assert found("[ouder G012] belde met [persoon 3] uit [stad]. [kind 2]s school in [gemeente 4].") == []
