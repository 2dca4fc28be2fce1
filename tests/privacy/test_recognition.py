"""Would somebody recognise the family: what words tell, and how many active families share that."""

import pytest

from verhalen.i18n import speaking
from verhalen.model.family import Family, Person
from verhalen.privacy.recognition import Crowd, Trait, TraitKind, traits, why_recognised


def kinds(text: str) -> set[str]:
    return {trait.kind.value for trait in traits(text, ["Lindebeke", "Oudermeer"])}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ik ben een alleenstaande moeder met vijf kinderen.", {"single", "children"}),
        ("Alleen met mijn kinderen, dat was zwaar.", {"single"}),
        ("In Oudermeer kent iedereen ons.", {"town"}),
        ("De Oudermeerse markt is ver.", set()),
        ("Ze spreken Arabisch en ik versta niks.", {"origin"}),
        ("Hij heeft autisme en zijn zus is overleden.", {"diagnosis", "event"}),
        ("Nu slapen we, allemaal.", set()),
        ("Twee dagen later was de kachel gemaakt.", set()),
        ("Ik ga elke dag naar de Turkse winkel.", {"origin"}),
    ],
)
def test_what_words_tell(text: str, told: set[str]) -> None:
    assert kinds(text) == told


def test_a_number_of_children_is_the_same_in_words_and_digits() -> None:
    assert traits("vijf kinderen") == traits("5 kleine kinderen") == {Trait(TraitKind.CHILDREN, "5")}


def family(number: int, *, form: str = "koppel", children: int = 2, language: str = "Nederlands") -> Family:
    said = (("gezinsvorm", form), ("thuistaal", language), ("kinderen", str(children)))
    return Family(f"G{number:03}", "Oudermeer" if number % 2 else "Lindebeke", attributes=said, id=number)


def test_only_families_that_share_everything_count() -> None:
    # Six single parents, three of them with two children; the teller is one of those three.
    crowd = Crowd(
        [family(n, form="eenouder" if n <= 6 else "koppel", children=2 if n <= 3 else 4) for n in range(1, 13)], {}
    )
    assert crowd.sharing(traits("alleenstaand"), "G001") == 6
    assert crowd.sharing(traits("alleenstaand, met twee kinderen"), "G001") == 3
    # In one of two municipalities: G001 and G003.
    assert crowd.sharing(traits("alleenstaand, twee kinderen, in Oudermeer", ["Oudermeer"]), "G001") == 2
    # The teller counts, whatever the lists say.
    assert crowd.sharing(traits("met negen kinderen"), "G012") == 1
    assert crowd.sharing(traits("met negen kinderen"), "G999") == 1


def test_what_no_list_knows_counts_where_others_told_it_too() -> None:
    told = {f"G{n:03}": traits("hij heeft autisme") for n in (1, 2, 3)}
    crowd = Crowd([family(n) for n in range(1, 9)], told)
    assert crowd.sharing(traits("ze zegt dat het autisme is"), "G001") == 3
    assert crowd.sharing(traits("in de gevangenis"), "G001") == 1
    arabic = Crowd([family(n, language="Arabisch, Nederlands" if n < 5 else "Pools") for n in range(1, 9)], {})
    assert arabic.sharing(traits("wij praten thuis arabisch"), "G001") == 4


def test_persons_count_where_no_list_says_it() -> None:
    people = tuple(Person(f"G001.{role}{n}", role) for role, n in (("ouder", 1), ("kind", 1), ("kind", 2)))
    crowd = Crowd([Family("G001", persons=people), Family("G002"), Family("G003")], {})
    assert crowd.sharing(traits("alleenstaand met twee kinderen"), "G002") == 2


def test_the_reason_names_kinds_and_no_words() -> None:
    with speaking("en"):
        said = why_recognised(traits("alleenstaand, met negen kinderen en leukemie"), 1)
    assert said == (
        "it tells a single parent, the number of children, an illness or diagnosis, and only one of the families of now has that"
    )
