"""A sealed page: who has the passphrase opens it, an altered one nobody; the shell tells nothing."""

import base64
import gzip
import hashlib
import random
import re
import struct
from html import escape

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from atlas.core.words.errors import AtlasError
from atlas.sealing import envelope, is_sealed, new_passphrase, open_sealed, passphrases, seal_page
from atlas.sealing.passphrases import plain, typed_passphrase, words

POLICY = "default-src 'none'; img-src data:; script-src 'sha256-AAAA'; style-src 'sha256-BBBB'"
PAGE = (
    f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    "<title>Team Assen</title><p>Veldweg 14 FICTIEF"
)
PHRASE = "water huis boom fiets kaas orgel"


@pytest.fixture(scope="module")
def sealed():
    return seal_page(PAGE, [PHRASE])


def bytes_of(page):
    return base64.b64decode(re.search(rb'id="sealed">([^<]*)<', page)[1])


def read_by_another(sealed, phrase):
    """Written from the description of the bytes, with another interface of the library than ours uses."""
    assert sealed[:8] == b"BGAZEGEL"
    version, rounds, slots, length = struct.unpack(">BIBI", sealed[8:18])
    assert (version, rounds) == (1, 600_000)
    first = sealed[:14]
    rest = sealed[18:]
    header = sealed[: 18 + 76 * slots + 12]
    content = sealed[len(header) :]
    assert len(content) == length

    def unlocked(key, nonce, text, told):
        reader = Cipher(algorithms.AES(key), modes.GCM(nonce, text[-16:])).decryptor()
        reader.authenticate_additional_data(told)
        return reader.update(text[:-16]) + reader.finalize()

    salt, nonce, closed = rest[:16], rest[16:28], rest[28:76]
    mine = hashlib.pbkdf2_hmac("sha256", phrase.encode(), salt, rounds)
    key = unlocked(mine, nonce, closed, first)
    return gzip.decompress(unlocked(key, header[-12:], content, header)).decode()


def test_an_independent_reader_opens_it(sealed):
    assert read_by_another(bytes_of(sealed), PHRASE.replace(" ", "-")) == PAGE


@pytest.mark.parametrize(
    "typed",
    [
        PHRASE,
        PHRASE.upper(),
        PHRASE.replace(" ", "-"),
        f"  {PHRASE} ",
        "Water, huis; boom fiets kaas – orgel.",
    ],
)
def test_capitals_hyphens_and_spaces_do_not_matter(sealed, typed):
    assert open_sealed(sealed, typed).decode() == PAGE


def test_each_recipient_has_a_phrase_and_another_phrase_opens_nothing():
    phrases = [new_passphrase() for _ in range(3)]
    page = seal_page(PAGE, phrases)
    assert all(open_sealed(page, phrase).decode() == PAGE for phrase in phrases)
    for wrong in (new_passphrase(), "", phrases[0][:-1], " ".join(reversed(phrases[0].split()))):
        with pytest.raises(AtlasError, match="past niet"):
            open_sealed(page, wrong)


@pytest.mark.parametrize("count", [0, envelope.MOST_RECIPIENTS + 1])
def test_nobody_and_too_many_recipients_are_refused(count):
    with pytest.raises(AtlasError, match="aantal ontvangers"):
        seal_page(PAGE, [PHRASE] * count)


@pytest.fixture
def derived_once(monkeypatch):
    """600,000 rounds for what was derived already, one for a salt that was altered."""
    real, known = envelope.derived, {}

    def derived(phrase, salt):
        if not known:
            known[salt] = real(phrase, salt)
        return known.get(salt) or hashlib.sha256(salt).digest()

    monkeypatch.setattr(envelope, "derived", derived)


def test_no_byte_can_be_altered(sealed, derived_once):
    content = bytes_of(sealed)
    assert envelope.opened(content, PHRASE).decode() == PAGE
    for place in range(len(content)):
        for bit in (1, 0x80, 0xFF):
            altered = bytearray(content)
            altered[place] ^= bit
            with pytest.raises(AtlasError):
                envelope.opened(bytes(altered), PHRASE)


def test_no_edit_is_opened(sealed, derived_once):
    content, chance = bytes_of(sealed), random.Random(1)
    assert envelope.opened(content, PHRASE).decode() == PAGE
    for _ in range(10_000):
        start, end = sorted(chance.choices(range(len(content) + 1), k=2))
        piece = chance.randbytes(chance.choice((0, 1, 4, end - start)))
        altered = content[:start] + piece + content[end:]
        if altered != content:
            with pytest.raises(AtlasError):
                envelope.opened(altered, PHRASE)


@pytest.mark.parametrize("rounds", [1, 1000, 599_999, 600_001])
def test_other_rounds_are_refused_before_anything_is_derived(sealed, rounds, monkeypatch):
    monkeypatch.setattr(envelope, "derived", lambda *_: pytest.fail("derived"))
    content = bytes_of(sealed)
    with pytest.raises(AtlasError, match="niet verzegeld zoals het hoort"):
        envelope.opened(content[:9] + struct.pack(">I", rounds) + content[13:], PHRASE)


def test_half_a_file_and_no_sealed_file_get_a_sentence(sealed):
    for part in (0.3, 0.6, 0.9, 0.99):
        cut = sealed[: int(len(sealed) * part)]
        with pytest.raises(AtlasError, match=r"niet heel|geen verzegeld"):
            open_sealed(cut, PHRASE)
    with pytest.raises(AtlasError, match="geen verzegeld"):
        open_sealed(PAGE.encode(), PHRASE)
    with pytest.raises(AtlasError, match="niet van de atlas"):
        seal_page("<p>zonder beleid", [PHRASE])


def test_the_shell_tells_nothing_but_lets_in_the_scripts_of_the_page(sealed):
    assert is_sealed(sealed)
    assert not is_sealed(PAGE.encode())
    shell = sealed[: sealed.index(b'id="sealed"')].decode()
    assert not re.search(
        r"FICTIEF|Assen|Veldweg|team|atlas|partner|gemeente|ondermijning|objecten", shell, re.IGNORECASE
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', shell)[1]
    for tag in ("script", "style"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", shell, re.DOTALL)[1]
        own = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert own in policy
    assert "sha256-AAAA" in policy
    assert "sha256-BBBB" in policy
    assert "unsafe" not in policy
    assert seal_page(PAGE, [PHRASE]) != sealed


def test_the_list_has_six_to_the_fifth_plain_words():
    assert len(set(words())) == len(words()) == 6**5
    assert all(re.fullmatch(r"[a-z]{4,7}", word) for word in words())
    assert list(words()) == sorted(words())


def test_a_phrase_is_six_words_by_chance():
    drawn = [new_passphrase() for _ in range(200)]
    assert len(set(drawn)) == 200
    for phrase in drawn:
        assert set(phrase.split()) <= set(words())
        assert len(phrase.split()) == passphrases.WORDS == 6
        assert plain(phrase) == phrase.replace(" ", "-")


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "Welkom01!",
        "water huis boom fiets kaas",
        "water water water water water water",
        "a b c d e f",
        "welkom in ons mooie huis vandaag 2026",
    ],
)
def test_a_typed_phrase_under_that_strength_is_refused_and_not_repeated(weak):
    with pytest.raises(AtlasError, match="te zwak") as told:
        typed_passphrase(weak)
    assert not weak or weak not in str(told.value)


def test_a_drawn_phrase_may_be_typed_again():
    drawn = new_passphrase()
    while len(set(drawn.split())) < 6:
        drawn = new_passphrase()
    assert typed_passphrase(drawn.upper().replace(" ", "-")) == drawn
