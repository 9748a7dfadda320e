"""No persons in the dossier: recognising a column that names one, and a citizen service number in a text.

The atlas is about places. A name that stands in free text can't be recognised by a program; a column that is
called after a person, and the one number that identifies one, can.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: one of these words in the name of a column, and the column is about a person
_PERSONAL = frozenset(
    {
        "achternaam", "anummer", "bankrekening", "bsn", "burgerservicenummer", "contactpersoon",
        "email", "geboortedatum", "geboortejaar", "geboorteplaats", "geslacht", "geslachtsnaam", "iban",
        "kenteken", "leeftijd", "mail", "mobiel", "nationaliteit", "paspoort", "persoonsnaam",
        "rekeningnummer", "rijbewijs", "roepnaam", "sofinummer", "telefoon", "telefoonnummer",
        "tussenvoegsel", "voorletter", "voorletters", "voornaam", "voornamen", "voorvoegsel",
    }
)  # fmt: skip
#: these are about a person when they stand alone, or with a word like "naam" or "nummer" beside them
_ROLES = frozenset(
    {
        "aanvrager", "agrarier", "bewoner", "bewoners", "boer", "boerin", "contact", "eigenaar", "eigenaars",
        "eigenaren", "familie", "gebruiker", "gebruikers", "huurder", "huurders", "melder", "melders",
        "ondernemer", "pachter", "persoon", "personen", "verdachte", "verdachten", "verhuurder",
    }
)  # fmt: skip
_NAMES = frozenset({"name", "naam", "namen"})
_BESIDE_A_ROLE = _NAMES | {"de", "hoofd", "id", "nr", "nummer", "van", "volledige"}
#: nine digits that stand alone, or written as 123.456.782 or 1234.56.782; understood by Python and QGIS
NINE_DIGITS = (
    "(?<![0-9.])(?:[0-9]{9}|[0-9]{3}[.][0-9]{3}[.][0-9]{3}|[0-9]{4}[.][0-9]{2}[.][0-9]{3})(?![.]?[0-9])"
)
#: 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h - i is a multiple of 11 (Logisch Ontwerp BSN)
ELEVEN_TEST_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_NINE_DIGITS = re.compile(NINE_DIGITS)


@lru_cache(maxsize=1024)  # asked for every record, about the same few columns
def names_a_person(column: str) -> bool:
    """Whether the name of a column says that it holds a person: "Achternaam", "naam_bewoner", "BSN", "naam".

    "woz_gebruiker" and "brp_persoon" are names of registers; "straatnaam" and "melder_soort" name no person.
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column)  # naamBewoner
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.split(r"[^a-z0-9]+", plain) if word]
    if not words:
        return False
    if not _PERSONAL.isdisjoint([*words, "".join(words)]):
        return True
    rest = [word for word in words if word not in _BESIDE_A_ROLE]
    return all(word in _ROLES for word in rest) if rest else not _NAMES.isdisjoint(words)


def holds_citizen_number(text: str) -> bool:
    """Whether a text holds nine digits that pass the eleven test of a citizen service number (BSN)."""
    return any(_passes_eleven_test(found.group().replace(".", "")) for found in _NINE_DIGITS.finditer(text))


def _passes_eleven_test(digits: str) -> bool:
    total = sum(w * int(digit) for w, digit in zip(ELEVEN_TEST_WEIGHTS, digits, strict=True))
    return total % 11 == 0 and digits != "0" * 9
