"""What the layers of a dossier are called: the one list, from which `core.schema` describes each."""

OBJECTS, EVIDENCE = "leegstand_object", "leegstand_bewijs"
YARDS, SIGNALS = "agrarisch_bedrijf", "signaal"
CAMPAIGNS, ROUNDS, STOPS = "campagne", "ronde", "ronde_stop"
VISITS, FINDINGS = "erfbezoek", "bevinding"
CONFLICTS = "conflict"
REGISTER = "uitgifte"
LAYER_NAMES = (
    OBJECTS, EVIDENCE, YARDS, SIGNALS, CAMPAIGNS, ROUNDS, STOPS, VISITS, FINDINGS, CONFLICTS, REGISTER,
)  # fmt: skip
