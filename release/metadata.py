"""The plugin's metadata, and whether it can be published: who answers for it, and where its source is."""

from __future__ import annotations

import configparser
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
#: what the public site asks for and only the maintaining organisation can fill in
CONTACT_KEYS = ("author", "email", "tracker", "repository", "homepage")


def read_metadata(path: Path = ROOT / "metadata.txt") -> dict[str, str]:
    """The keys of a `metadata.txt`, read as QGIS reads it."""
    parser = configparser.ConfigParser()
    parser.optionxform = str
    with path.open(encoding="utf-8") as file:
        parser.read_file(file)
    return dict(parser["general"])


def unfilled_contacts(
    metadata_path: Path = ROOT / "metadata.txt", publiccode_path: Path = ROOT / "publiccode.yml"
) -> list[str]:
    """What is still empty and keeps the plugin from being published, as names a reader can find."""
    publiccode = yaml.safe_load(publiccode_path.read_text(encoding="utf-8"))
    empty = [] if publiccode["url"] else ["publiccode.yml: url"]
    contacts = publiccode["maintenance"].get("contacts") or [{}]
    empty += [
        f"publiccode.yml: contacts.{key}"
        for key in ("name", "email")
        if not all(contact.get(key) for contact in contacts)
    ]
    metadata = read_metadata(metadata_path)
    return empty + [f"metadata.txt: {key}" for key in CONTACT_KEYS if not metadata.get(key)]
