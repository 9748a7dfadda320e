"""What in a free text is asked about before it is taken: each row of the tables is a case. All made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.tables.personal_text import ADDRESSED, EMAIL, PLATE, TELEPHONE, personal_signs

#: sidecode of the RDW -> a plate of it
PLATES = {
    1: "AB-12-34", 2: "12-34-AB", 3: "12-AB-34", 4: "ZX-12-GH", 5: "ZX-GH-12", 6: "12-ZX-GH", 7: "12-ZXG-3",
    8: "1-ZXG-23", 9: "ZX-123-G", 10: "Z-123-XG", 11: "ZXG-12-H", 12: "Z-12-XGH", 13: "1-ZX-234",
    14: "123-ZX-4",
}  # fmt: skip
ONE_WORD = [code for code in PLATES if code not in (1, 2, 5, 6)]

SIGNS = {
    TELEPHONE: [
        "0612345678", "06-12345678", "06 12345678", "06 12 34 56 78", "06-12 34 56 78", "06.12345678",
        "06 1234 5678", "(06) 12345678", "bel 06-12345678.", "06-12345678/06-87654321", "tel:0612345678",
        "0592-123456", "0592 123456", "0592 - 12 34 56", "(0592) 123456", "050-1234567", "050 123 45 67",
        "050/1234567", "+31612345678", "+31 6 12345678", "+31 (0)6 12 34 56 78",
        "0031612345678", "0031-592-123456", "+31-50-1234567", "+49 4961 123456", "+4949611234567",
    ],
    EMAIL: [
        "jan@voorbeeld.nl", "mail naar jan.de.boer+erf@mail.voorbeeld.nl aub", "JAN@VOORBEELD.NL",
        "jan (at) voorbeeld.nl", "jan[at]voorbeeld.nl", "<jan@voorbeeld.co.uk>",
    ],
    PLATE: [
        *PLATES.values(), *(plate.lower() for plate in PLATES.values()),
        *(plate.replace("-", " ") for plate in PLATES.values()),
        *(PLATES[code].replace("-", "") for code in ONE_WORD),
        *(f"kenteken {plate.replace('-', '')}" for plate in PLATES.values()),
        "kenteken: zx12gh", "Kentekennummer is AB1234", "MX-12-GH", "OA-12-GH",
        "witte bus (ZX-123-G) bij de stal",
    ],
    ADDRESSED: [
        "dhr. Boer", "dhr Boer", "Dhr.Boer", "DHR. BOER", "mevr. Boer", "mevr Boer", "mevrouw Boer",
        "mw. Boer",
        "Mw Boer", "de heer Boer", "De Heer Boer", "hr. Boer", "meneer woont er nog", "fam. Boer",
        "familie Boer", "dhr./mevr. Boer", "gesproken met dhr.",
    ],
}  # fmt: skip

#: what looks a little like it, and is none of these
NO_SIGNS = [
    # BAG ids, with or without blanks, and other long numbers
    "0106100000000011", "0106010000000012", "pand 1699100000000011", "0106 1000 0000 0011", "KvK 12345678",
    "vestiging 000012345678", "0106-10-0000-000011",
    # postcodes and house numbers
    "9401AB", "9401 AB", "9401 AB Assen", "Veenweg 12, 9401AB Nergenshuizen", "Veenweg 12-14",
    "Veenweg 12A",
    "Veenweg 12 A", "Veenweg 12-2", "Veenweg 12 bis", "12-14-16", "Veenweg 112-HS", "nr. 12 en 14",
    # dates and times
    "06-12-2024", "06-12-2024 10:30", "06-12-2024 10.30 uur", "01-02-24 10.15", "2024-06-12",
    "2024-06-12T10:30",
    "12-mei-24", "1-mei-24", "1-mrt-24", "12-mrt-2024", "6 dec 2024", "01.02.2024 12", "week 12-24",
    "20240612",
    # roads
    "N373", "A28", "N33 bij km 12", "N 373 KM 12", "langs de N-373", "afslag 33 van de A7", "N373 km 12,4",
    # codes and coordinates
    "GM0106", "WK010600", "BU01060001", "PV20", "230101,560000", "x 230101.25 y 560000.5", "230101 560000",
    "52.991234, 6.561234", "052.9912345", "6.56123456", "lat 52.99 lon 6.56", "52°59'N 6°33'E",
    "0.123456789",
    # and what people write
    "Twee schuren, 3 km van de kern", "3 km 500 m", "12 ha 34 are", "2 MW wind", "hal 3", "STAL12",
    "12 stallen",
    "de heerlijkheid", "Heerenveen", "HR gaf geen treffer", "de familie is verhuisd", "@", "12@34",
    "ca. 100 m2",
    "6 koeien op 12 ha", "1234567890123", "telefoon staat uit", "kenteken onbekend", "",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SIGNS.items() for text in texts])
def test_a_sign_of_a_person_is_seen_alone_and_in_a_sentence(kind, text):
    assert personal_signs(text) == (kind,)
    assert personal_signs(f"Erf leeg; {text} - zie foto.") == (kind,)
    assert personal_signs(f"({text})\nEn verder niets.") == (kind,)


@pytest.mark.parametrize("text", NO_SIGNS)
def test_what_only_looks_like_it_is_not_asked_about(text):
    assert personal_signs(text) == ()
    assert personal_signs(f"Gezien: {text} bij het erf.") == ()


def test_every_kind_is_named_once():
    assert personal_signs("dhr. Boer, 06-12345678 en 0592-123456, jan@voorbeeld.nl, ZX-123-G") == (
        TELEPHONE, EMAIL, PLATE, ADDRESSED,
    )  # fmt: skip


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text):
    assert set(personal_signs(text)) <= {TELEPHONE, EMAIL, PLATE, ADDRESSED}


@given(st.from_regex(r"\A[0-9]{4}(10|01|02|03)[0-9]{10}\Z"))
def test_no_bag_id_is_a_sign(bag_id):
    assert personal_signs(f"pand {bag_id}, leeg") == ()


@given(st.dates(), st.sampled_from(["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y"]))
def test_no_date_is_a_sign(day, form):
    assert personal_signs(f"bezocht op {day.strftime(form)} 14.30 uur") == ()


@given(st.from_regex(r"\A[1-9][0-9]{3} ?[A-Z]{2}\Z"))
def test_no_postcode_is_a_sign(postcode):
    assert personal_signs(f"Veenweg 12, {postcode} Nergenshuizen") == ()
