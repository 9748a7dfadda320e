"""What the public plugin site asks of a zip, asked here: structure, metadata, Bandit and detect-secrets.

The rules are those of the site's validator and scanner as read in July 2026, with all of them on: no rule is
left out, no file is excluded, and a comment in the source excuses nothing. Addresses are not visited.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from .metadata import CONTACT_KEYS, ROOT, read_metadata, unfilled_contacts
from .plugin_zip import LARGEST_BYTES

_REQUIRED_FILES = ("__init__.py", "metadata.txt", "LICENSE", "CHANGELOG.md")
_REQUIRED_KEYS = ("name", "description", "about", "version", "qgisMinimumVersion", "qgisMaximumVersion")
_TRANSLATED_KEYS = ("name[nl]", "description[nl]", "about[nl]", "tags[nl]")
_ADDRESSES = ("tracker", "repository", "homepage")
#: QGIS 4.0 dropped it for the range of versions; the site warns of it
_OUTDATED_KEYS = ("supportsQt6",)
_UNWANTED_FOLDERS = frozenset({"__pycache__", "__MACOSX", ".git", "tests"})
_UNWANTED_ENDINGS = frozenset(
    {".pyc", ".pyo", ".exe", ".dll", ".so", ".dylib", ".bat", ".cmd", ".sh", ".ps1", ".pyd", ".whl", ".zip"}
)
#: translations are the only compiled files: QGIS reads nothing else
_COMPILED = frozenset({".qm"})
#: marks of the files in which there is no secret: reading all of the zip takes half a minute
_CLEAN = ROOT / ".cache" / "no-secrets.txt"
_ALLOWING_COMMENTS = "detect_secrets.filters.allowlist.is_line_allowlisted"


def check_structure(path: Path) -> list[str]:
    """What is wrong with the files of the zip."""
    found = []
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        damaged = archive.testzip()
        found += [_entry_fault(entry, archive.read(entry)) for entry in entries]
    folders = {name.split("/")[0] for name in names}
    plugin = names[0].split("/")[0] if names else ""
    if len(folders) != 1 or not plugin.isidentifier():
        found.append(f"één map met een naam die Python kent verwacht, niet {', '.join(sorted(folders))}")
    if len(names) != len(set(names)):
        found.append("een bestand staat er tweemaal in")
    if damaged:
        found.append(f"{damaged} is beschadigd")
    if path.stat().st_size >= LARGEST_BYTES:
        found.append(f"groter dan {LARGEST_BYTES} bytes")
    found += [f"{name} ontbreekt" for name in _REQUIRED_FILES if f"{plugin}/{name}" not in names]
    return [fault for fault in found if fault]


def _entry_fault(entry: zipfile.ZipInfo, content: bytes) -> str:
    place = PurePosixPath(entry.filename)
    if ".." in place.parts or place.is_absolute() or "\\" in entry.filename:
        return f"{entry.filename}: een pad dat buiten de map wijst"
    if _UNWANTED_FOLDERS & set(place.parts) or any(part.startswith(".") for part in place.parts):
        return f"{entry.filename}: een verborgen of overbodig bestand"
    if place.suffix.lower() in _UNWANTED_ENDINGS or (b"\0" in content and place.suffix not in _COMPILED):
        return f"{entry.filename}: een binair of uitvoerbaar bestand"
    if (entry.external_attr >> 16) & 0o111:
        return f"{entry.filename}: als uitvoerbaar gemerkt"
    return ""


def check_metadata(plugin: Path) -> list[str]:
    """What is wrong with `metadata.txt` in an unpacked plugin, apart from what is still empty."""
    keys = read_metadata(plugin / "metadata.txt")
    found = [f"{key} ontbreekt" for key in (*_REQUIRED_KEYS, *_TRANSLATED_KEYS) if not keys.get(key)]
    found += [f"{key} ontbreekt" for key in CONTACT_KEYS if key not in keys]
    found += [f"{key} is verouderd" for key in _OUTDATED_KEYS if key in keys]
    version = keys.get("version", "")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        found.append(f"version is {version}, en moet uit drie getallen bestaan")
    if version != project:
        found.append(f"version is {version}, en in pyproject.toml {project}")
    found += [
        f"{key} is geen adres: {keys[key]}"
        for key in _ADDRESSES
        if keys.get(key) and not (urlsplit(keys[key]).scheme and urlsplit(keys[key]).netloc)
    ]
    if "/" in keys.get("author", ""):
        found.append("author mag geen schuine streep hebben")
    if not (plugin / keys.get("icon", "-")).is_file():
        found.append("het pictogram ontbreekt")
    return found


def check_with_bandit(folder: Path) -> list[str]:
    """What Bandit finds, with every rule on and no comment that excuses a line."""
    done = _run("bandit", "-r", folder, "-f", "json", "--quiet", "--ignore-nosec", room=folder)
    report = json.loads(done.stdout)
    return [f"niet gelezen: {error['filename']}: {error['reason']}" for error in report["errors"]] + [
        f"{Path(issue['filename']).relative_to(folder)}:{issue['line_number']}: "
        f"{issue['test_id']} {issue['issue_text']}"
        for issue in report["results"]
    ]


def check_secrets(folder: Path, clean: Path = _CLEAN) -> list[str]:
    """What detect-secrets finds, with every detector on and no excuses; no service is asked.

    It reads each file by itself: one in which this version found nothing, to the byte, is not read again.
    """
    options = ["--all-files", "--no-verify", "--disable-filter", _ALLOWING_COMMENTS]
    check = " ".join([version("detect-secrets"), *options])
    marks = {
        path.relative_to(folder).as_posix(): sha256(
            f"{check} {path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    known = set(clean.read_text(encoding="ascii").split()) if clean.exists() else set()
    unread = [name for name, mark in marks.items() if mark not in known]
    if not unread:
        return []
    done = _run("detect-secrets", "scan", *options, *unread, room=folder)
    results = json.loads(done.stdout)["results"]
    clean.parent.mkdir(exist_ok=True)
    found_clean = [mark for name, mark in marks.items() if name not in results]
    clean.write_text("\n".join(found_clean) + "\n", encoding="ascii")
    return [
        f"{name}:{secret['line_number']}: {secret['type']}"
        for name, secrets in results.items()
        for secret in secrets
    ]


def _run(tool: str, *arguments: object, room: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name(tool), *map(str, arguments)]
    done = subprocess.run(command, cwd=room, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise ValueError(f"{tool} zegt niets: {done.stderr.strip()}")
    return done


def check_zip(path: Path) -> dict[str, list[str]]:
    """All findings about a zip, by the check that made them."""
    findings = {"structuur": check_structure(path)}
    if findings["structuur"]:
        return findings
    with TemporaryDirectory() as room, zipfile.ZipFile(path) as archive:
        folder = Path(room)
        archive.extractall(folder)
        (plugin,) = folder.iterdir()
        findings["metadata"] = check_metadata(plugin)
        findings["Bandit"] = check_with_bandit(folder)
        findings["detect-secrets"] = check_secrets(folder)
    return findings


def main() -> int:
    """The command: check the zip of this version."""
    path = ROOT / "dist" / f"buitengebied_atlas-{read_metadata()['version']}.zip"
    findings = check_zip(path)
    for check, found in findings.items():
        print(f"{check}: {len(found) or 'geen'} bevinding{'' if len(found) == 1 else 'en'}")
        for finding in found:
            print(f"  {finding}")
    empty = unfilled_contacts()
    if empty:
        print(f"niet publiceerbaar: leeg zijn {', '.join(empty)}")
    return int(any(findings.values()))


if __name__ == "__main__":
    sys.exit(main())
