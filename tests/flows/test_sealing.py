"""Which pages of a dossier are sealed, for whom, and what stays behind of a passphrase: nothing."""

import re

import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.areas.divisions import areas
from atlas.core.figures.payload import Edition
from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.flows.auditing import audit_files
from atlas.flows.building import build_atlas
from atlas.flows.configuration import Configuration
from atlas.flows.demo_dossier import make_demo_with_dossier
from atlas.flows.team import TeamRequest
from atlas.sealing import is_sealed, new_passphrase, open_sealed
from dossier_samples import filled, vacant

ASSEN = "GM0106"
ALL = tuple(area.code for area in areas("gemeente"))


@pytest.fixture
def real(tmp_path):
    """A dossier with one record that is not marked as made up."""
    return filled(tmp_path / "dossier", {"leegstand_object": [vacant(1)]})


@pytest.fixture
def made_up(tmp_path):
    invented = {"leegstand_object": [vacant(1, bron="FICTIEF inventarisatie")]}
    return filled(tmp_path / "dossier", invented, fictitious=True)


def build(dossier, out, **chosen):
    request = TeamRequest(dossier.folder, (ASSEN,), purpose="proef", user="proef", **chosen)
    return build_atlas(Configuration(edition=Edition(audience="team")), out, sheets=False, team=request)


def page_of(built):
    return next(path for path in built.files if path.suffix == ".html")


def test_a_page_with_real_records_is_sealed_by_itself(real, tmp_path):
    built = build(real, tmp_path / "uit", recipients=("Politie Drenthe", "Omgevingsdienst"))
    page = page_of(built)
    assert re.fullmatch(r"beveiligd-bestand-[0-9a-f]{6}\.html", page.name)
    assert is_sealed(page.read_bytes())
    assert [name for name, _ in built.passphrases] == ["Politie Drenthe", "Omgevingsdienst"]
    for _, phrase in built.passphrases:
        opened = open_sealed(page.read_bytes(), phrase).decode()
        assert 'id="atlas-objects"' in opened
        assert "NIET VERZEGELD" not in opened
    line = read_register(open_dossier(real.folder))[-1]
    assert line["bestand"] == page.name
    assert line["ontvanger"] == "Politie Drenthe, Omgevingsdienst"
    assert line["onderdrukking"] == "Verzegeld voor 2 ontvangers."


def test_no_passphrase_is_left_anywhere(real, tmp_path, caplog):
    caplog.set_level("DEBUG")
    built = build(real, tmp_path / "uit")
    ((_, phrase),) = built.passphrases
    assert phrase not in repr(built)
    assert phrase not in caplog.text
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            assert phrase.encode() not in content
            assert phrase.replace(" ", "-").encode() not in content


def test_an_open_page_with_real_records_needs_a_reason(real, tmp_path):
    built = build(real, tmp_path / "uit", unsealed="overleg op een afgesloten scherm")
    page = page_of(built)
    assert page.name == "atlas-team.html"
    assert "NIET VERZEGELD" in page.read_text(encoding="utf-8")
    assert not built.passphrases
    line = read_register(open_dossier(real.folder))[-1]
    assert line["onderdrukking"] == "Niet verzegeld: overleg op een afgesloten scherm"
    with pytest.raises(AtlasError, match="Zeg waarom"):
        build(real, tmp_path / "uit2", unsealed="  ")
    with pytest.raises(AtlasError, match="allebei"):
        build(real, tmp_path / "uit2", unsealed="reden", seal=True)


def test_made_up_records_are_sealed_when_asked(made_up, tmp_path):
    assert page_of(build(made_up, tmp_path / "open")).name == "atlas-team-FICTIEF.html"
    built = build(made_up, tmp_path / "dicht", seal=True)
    assert is_sealed(page_of(built).read_bytes())
    assert "FICTIEF" not in page_of(built).name


def test_who_names_a_recipient_gets_a_sealed_page_also_of_made_up_records(made_up, tmp_path):
    built = build(made_up, tmp_path / "uit", recipients=("Gemeente Assen",))
    assert is_sealed(page_of(built).read_bytes())
    ((name, phrase),) = built.passphrases
    assert name == "Gemeente Assen"
    assert open_sealed(page_of(built).read_bytes(), phrase)
    shown = build(made_up, tmp_path / "open", recipients=("Gemeente Assen",), unsealed="op een scherm")
    assert page_of(shown).name == "atlas-team-FICTIEF.html"


@pytest.mark.parametrize(
    "told", [("--recipient", "Gemeente Assen"), ("--municipality", "Assen"), ("--seal",), ("--squares",)]
)
def test_what_is_about_a_dossier_is_refused_without_one(tmp_path, told):
    done = run("--trial", "--out", tmp_path / "uit", *told)
    assert done.exit_code == 1
    assert told[0] in done.output
    assert "--dossier" in done.output
    assert not (tmp_path / "uit").exists()


def test_a_phrase_of_before_may_be_typed_and_a_weak_one_not(real, tmp_path):
    phrase = new_passphrase()
    built = build(real, tmp_path / "uit", passphrases=(phrase,))
    assert not built.passphrases
    assert open_sealed(page_of(built).read_bytes(), phrase)
    with pytest.raises(AtlasError, match="te zwak"):
        build(real, tmp_path / "uit2", passphrases=("Welkom01!",))
    with pytest.raises(AtlasError, match="Zoveel ontvangers"):
        build(real, tmp_path / "uit3", recipients=tuple("ABCDEFGHI"))


@pytest.mark.parametrize("told", [("",), ("Assen", " "), ("Gemeente Assen", "Politie", "gemeente  assen")])
def test_a_recipient_has_a_name_of_its_own(made_up, tmp_path, told):
    """An organisation named twice had two phrases and nobody knew which; one without a name stood nowhere."""
    with pytest.raises(AtlasError, match="heeft geen naam, of staat er twee keer"):
        build(made_up, tmp_path / "uit", recipients=told)
    assert not (tmp_path / "uit").exists()
    assert not read_register(open_dossier(made_up.folder))


def test_two_recipients_have_no_phrase_together(made_up, tmp_path):
    phrase = new_passphrase()
    with pytest.raises(AtlasError, match="dezelfde wachtzin"):
        build(
            made_up, tmp_path / "uit", recipients=("Assen", "Politie"), passphrases=(phrase, phrase.upper())
        )


def run(*arguments, **options):
    return CliRunner().invoke(app, ["build", *map(str, arguments)], **options)


def test_the_command_shows_a_phrase_once_and_asks_for_one_without_showing(real, tmp_path):
    options = (
        "--dossier", real.folder, "--audience", "team", "--municipality", "Assen", "--purpose", "proef",
        "--user", "proef", "--no-sheets", "--trial",
    )  # fmt: skip
    shown = run(*options, "--out", tmp_path / "uit", "--recipient", "Politie Drenthe")
    assert shown.exit_code == 0, shown.output
    (phrase,) = re.findall(r"Politie Drenthe: ([a-z ]+)$", shown.stdout, re.MULTILINE)
    page = next((tmp_path / "uit").glob("*.html"))
    assert open_sealed(page.read_bytes(), phrase)
    again = run(*options, "--out", tmp_path / "uit2", "--type-passphrase", input=f"{phrase}\n")
    assert again.exit_code == 0, again.output
    assert phrase not in again.output
    assert open_sealed(next((tmp_path / "uit2").glob("*.html")).read_bytes(), phrase)
    weak = run(*options, "--out", tmp_path / "uit3", "--type-passphrase", input="Welkom01!\n")
    assert weak.exit_code == 1
    assert "te zwak" in weak.output
    assert "Welkom01!" not in weak.output


def test_an_audit_says_that_it_cannot_look_into_a_sealed_file(real, tmp_path):
    page = page_of(build(real, tmp_path / "uit"))
    with pytest.raises(AtlasError, match="verzegeld"):
        audit_files([page])


def test_partners_get_a_sealed_page_that_was_read_through_first(tmp_path):
    make_demo_with_dossier(tmp_path / "demo", seed=3, scale=0.1)
    request = TeamRequest(tmp_path / "demo" / "dossier-FICTIEF", ALL, purpose="proef", user="proef")
    built = build_atlas(
        Configuration(edition=Edition(audience="partners")), tmp_path / "uit", sheets=False, team=request
    )
    page = page_of(built)
    assert page.name.startswith("beveiligd-bestand-")
    ((_, phrase),) = built.passphrases
    (tmp_path / "open.html").write_bytes(open_sealed(page.read_bytes(), phrase))
    assert not audit_files([tmp_path / "open.html"], request.dossier).findings
    assert "Verzegeld voor 1 ontvanger." in str(
        read_register(open_dossier(request.dossier))[0]["onderdrukking"]
    )
