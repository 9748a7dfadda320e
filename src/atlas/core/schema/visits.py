"""What a farm visit, its findings and a signal may say: the code lists, in neutral wording.

A finding is something that was seen, not seen or not looked at. No code accuses, none counts as a score.
The categories come from the municipal review of the rural area (what was reported during visits), the panel
survey (what residents noticed) and the observation lists of police and municipalities.
"""

from __future__ import annotations

#: two different legal acts: a talk at the kitchen table, or supervision under the Awb
VISIT_KINDS = {
    "preventief": "Preventief gesprek op het erf",
    "toezicht": "Toezicht (Awb 5:11 tot en met 5:20)",
}
CONSENT = "instemming"
LEGAL_GROUNDS = {
    CONSENT: "Vrijwillig, met instemming van de bewoner of gebruiker",
    "toezicht_awb": "Bevoegdheid van een toezichthouder op grond van de genoemde regeling",
    "machtiging_awbi": "Machtiging tot binnentreden van een woning (Awbi)",
}
VISIT_OUTCOMES = {
    "niemand_aanwezig": "Niemand aanwezig",
    "geen_medewerking": "Geen medewerking",
    "toegang_verleend": "Toegang verleend",
    "van_buiten_bekeken": "Alleen van buiten bekeken",
}
#: outcomes at which the yard was seen; nobody at home, or no cooperation, is an attempt
SEEN_OUTCOMES = frozenset({"toegang_verleend", "van_buiten_bekeken"})
#: what residents and farmers tell about the surroundings
REPORT_CATEGORIES = {
    "ongebruikelijke_verkeersbewegingen": "Verkeer op ongebruikelijke tijden of plaatsen",
    "opvallende_voertuigbewegingen": "Voertuigen die opvielen",
    "personen_bij_locatie": "Onbekenden bij een locatie",
    "nachtelijke_activiteit": "Activiteit in de nacht bij een gebouw",
    "hekken_en_tralies_voor_ramen": "Weinig activiteit, veel hekken of tralies",
    "gedumpt_afval": "Gedumpt afval",
    "knallen": "Knallen gehoord",
    "bezoek_aan_de_deur": "Onbekende verkopers of inspecteurs aan de deur",
    "kapotte_straatverlichting": "Kapotte straatverlichting",
    "overig": "Overig",
}
#: and what a visitor may look at on the yard
FINDING_CATEGORIES = {
    **REPORT_CATEGORIES,
    "opvallende_geur": "Opvallende geur",
    "afgedekte_ramen": "Ramen afgedekt of dichtgezet",
    "extra_ventilatie": "Extra dakdoorvoeren of ventilatie",
    "aanhoudend_geluid": "Aanhoudend brommen of ventilatorgeluid",
    "condens_of_sneeuwvrij_dak": "Condens, of een dak zonder sneeuw",
    "vaten_of_jerrycans": "Vaten, jerrycans of IBC's",
    "voertuigen_tegen_gebouw": "Bestelwagens dicht tegen het gebouw",
    "cameras_of_hoog_hekwerk": "Camera's of hoog hekwerk, ongewoon voor deze plek",
    "gebruiker_onduidelijk": "Niet duidelijk wie het gebouw gebruikt",
    "verbouwing_leeg_gebouw": "Verbouwing in een leeg gebouw",
    "stroomonderbrekingen": "Onderbrekingen in de stroom",
    "verhuur_contant_of_onbekend": "Verhuur contant of aan een onbekende",
}
#: what a visit may be about: at a talk one hears what is told, and nothing is inspected
SPOKEN_OF_OR_LOOKED_AT = {"preventief": REPORT_CATEGORIES, "toezicht": FINDING_CATEGORIES}
OBSERVATIONS = {
    "waargenomen": "Waargenomen",
    "niet_waargenomen": "Niet waargenomen",
    "niet_bekeken": "Niet bekeken",
}
TRIAGE = {
    "nog_te_doen": "Nog te beoordelen",
    "geen_actie": "Geen actie nodig",
    "melding_doorgezet": "Als melding doorgezet (bijvoorbeeld straatverlichting)",
    "naar_weging": "Naar weging volgens het privacyprotocol",
}
CHECKED = {"ja": "Getoetst", "nee": "Nog niet getoetst", "niet_nodig": "Toetsing niet nodig"}
PARTNERS = {
    "politie": "Politie",
    "waterschap": "Waterschap",
    "waterschap_noorderzijlvest": "Waterschap Noorderzijlvest",
    "waterschap_hunze_en_aas": "Waterschap Hunze en Aa's",
    "waterschap_drents_overijsselse_delta": "Waterschap Drents Overijsselse Delta",
    "waterschap_vechtstromen": "Waterschap Vechtstromen",
    "natuurmonumenten": "Natuurmonumenten",
    "drentse_aanpak": "Drentse aanpak",
    "lto_noord": "LTO Noord",
    "staatsbosbeheer": "Staatsbosbeheer",
    "groninger_landschap": "Groninger Landschap",
    "pvo": "Platform Veilig Ondernemen",
    "omgevingsdienst": "Omgevingsdienst",
    "provincie": "Provincie",
    "andere_gemeente": "Andere gemeente",
    "riec": "RIEC Noord-Nederland (formele verstrekking)",
}
FOLLOW_UPS = {
    "geen": "Geen",
    "terugkoppeling": "Terugkoppeling aan de agrariër",
    "erfbezoek": "Nieuw erfbezoek",
    "schouw": "Schouw",
    "integrale_bestuurlijke_controle": "Integrale bestuurlijke controle",
    "hulpverlening": "Hulpverlening",
    "bewustwordingsbijeenkomst": "Bewustwordingsbijeenkomst",
    "bestuurlijk_traject": "Bestuurlijk traject (waarschuwing, last, Bibob)",
}
#: the reporter that is who visits
OWN_ORGANISATION = "gemeente"
REPORTERS = {
    "inwoner": "Inwoner",
    "agrarier": "Agrariër",
    "partner": "Netwerkpartner",
    "brancheorganisatie": "Brancheorganisatie",
    OWN_ORGANISATION: "Eigen organisatie",
    "anoniem": "Anoniem (bijvoorbeeld Meld Misdaad Anoniem)",
}
#: the model privacy protocol for sharing within a municipality (Landsadvocaat, JenV and VNG, 2020)
PHASES = {
    "intake": "1 Intake: hoort dit bij de gemeente?",
    "weging": "2 Weging: hoe concreet en recent?",
    "broncheck": "3 Broncheck: eerst treffer of geen treffer",
    "plan": "4 Plan van aanpak",
    "geen_verder_onderzoek": "Geen verder onderzoek",
    "overgedragen": "Overgedragen",
    "afgesloten": "Afgesloten",
}
NOT_WEIGHED, REJECTED, TO_SOURCE_CHECK = "nog_niet_gewogen", "geen", "naar_broncheck"
WEIGHINGS = {
    NOT_WEIGHED: "Nog niet gewogen",
    REJECTED: "Geen vervolg",
    "intern": "Intern opgepakt",
    "extern_riec": "Naar het RIEC (formele verstrekking)",
    TO_SOURCE_CHECK: "Naar de broncheck",
}
#: the five inputs of the picture of the rural area, each of which somebody is asked for, or not
PICTURE_INPUTS = {
    "leegstand_vastgoed": "Leegstand en vastgoed",
    "meldingen": "Meldingen",
    "incidenten": "Incidenten",
    "netwerkpartners": "Netwerkpartners",
    "inwoners_branche": "Inwoners en brancheorganisaties",
}
