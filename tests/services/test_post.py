"""Notices leave by e-mail through a real server: to whoever wants them, once, in her language."""

import contextlib
import os
import shutil
import ssl
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from post_office import free_port, open_office

from data.engine import open_engine
from data.store import Act, Store
from portfolio.contact import Contact, Rhythm
from portfolio.errors import Invalid, Refusal
from portfolio.notice import Mail, NoticeKind
from portfolio.person import Person, Role
from services import notices, post
from views import mail

PEOPLE = (
    Person("anne", "Anne Élie", frozenset({Role.LEAD})),
    Person("bob", "Bob", frozenset({Role.LEAD}), "en"),
    Person("gone", "Partie", frozenset({Role.LEAD}), is_active=False),
)
ACT = Act("zoe", Role.FACILITATOR, "test")
ROOT = Path(__file__).parent.parent.parent
MORNING = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)  # 8 h in Montréal
WRITE = mail.writer("https://arbitrage.exemple.org/")


class Clock:
    def __init__(self):
        self.now = MORNING

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def house(migrated_file, tmp_path, clock):
    file = shutil.copy(migrated_file, tmp_path / "house.db")
    with contextlib.closing(Store(open_engine(f"sqlite:///{file}"), clock)) as house:
        with house.writing(ACT) as work:
            for person in PEOPLE:
                work.save(None, person)
                work.save(None, Contact(person.code, f"{person.code}@exemple.org"))
        yield house


@pytest.fixture
def office():
    with open_office() as opened:
        yield opened


def tell(house, *to, about="P1", title="Éclairage « été »", n=2):
    with house.writing(ACT) as work:
        notices.tell(work, NoticeKind.SENT_BACK, to, "2027", about, title=title, n=n)


def change(house, contact):
    with house.writing(ACT) as work:
        held = work.one(Contact, contact.person)
        work.save(None, Contact(contact.person, contact.email, contact.rhythm, held.version))


def mails(house):
    with house.reading() as work:
        return {p.code: [n.mail for n in notices.mine(house, p)] for p in work.people()
                if p.is_active}


def parts(letter):
    return (letter.get_body(("plain",)).get_content(), letter.get_body(("html",)).get_content())


def test_a_letter_arrives_whole_with_its_accents_and_its_link(house, office):
    taken, server = office
    tell(house, "anne")

    assert post.deliver(house, server, WRITE) == post.Delivery(sent=1)

    (letter,) = taken.letters
    assert (letter["To"], letter["From"]) == ("anne@exemple.org", "arbitrage@exemple.org")
    assert letter["Subject"] == (
        "Arbitrage – P1 · Éclairage « été » vous est retournée avec 2 questions")
    text, page = parts(letter)
    assert "Bonjour Anne Élie," in text
    link = "https://arbitrage.exemple.org/propositions?project=P1&cycle=2027"
    assert link in text
    assert link.replace("&", "&amp;") in page
    assert 'lang="fr"' in page


def test_each_is_written_to_in_her_own_language(house, office):
    taken, server = office
    tell(house, "anne", "bob")

    post.deliver(house, server, WRITE)

    (letter,) = taken.to("bob@exemple.org")
    assert letter["Subject"].endswith("was sent back to you with 2 questions")
    assert "Hello Bob," in parts(letter)[0]


def test_nothing_is_sent_twice(house, office):
    taken, server = office
    tell(house, "anne")
    post.deliver(house, server, WRITE)

    assert post.deliver(house, server, WRITE) == post.Delivery()
    assert len(taken.letters) == 1


def test_several_notices_make_one_letter(house, office):
    taken, server = office
    tell(house, "anne")
    tell(house, "anne", about="P2")

    post.deliver(house, server, WRITE)

    (letter,) = taken.letters
    assert letter["Subject"] == "Arbitrage – 2 avis"
    assert parts(letter)[1].count("<li") == 2


def test_who_wants_none_has_no_address_or_has_left_is_not_written_to(house, office):
    taken, server = office
    tell(house, "anne", "bob")
    change(house, Contact("anne", "anne@exemple.org", Rhythm.NEVER))
    change(house, Contact("bob", ""))

    assert post.deliver(house, server, WRITE) == post.Delivery()
    assert mails(house) == {"anne": [Mail.SKIPPED], "bob": [Mail.SKIPPED]}
    assert taken.letters == []


def test_who_leaves_before_the_letter_does_is_not_written_to(house, office):
    taken, server = office
    tell(house, "bob")
    with house.writing(ACT) as work:
        work.save(None, Person("bob", "Bob", is_active=False, version=1))

    post.deliver(house, server, WRITE)

    assert taken.letters == []


def test_a_digest_leaves_at_its_hour_with_what_came_before(house, clock, office):
    taken, server = office
    change(house, Contact("anne", "anne@exemple.org", Rhythm.DAILY))
    tell(house, "anne")
    clock.now = MORNING.replace(hour=23)
    tell(house, "anne", about="P2")
    assert post.deliver(house, server, WRITE) == post.Delivery()

    clock.now = MORNING.replace(day=28, hour=12, minute=30)
    tell(house, "anne", about="P3")
    post.deliver(house, server, WRITE)

    (letter,) = taken.letters
    text, _ = parts(letter)
    assert ("P1" in text, "P2" in text, "P3" in text) == (True, True, False)


def test_an_address_the_server_refuses_stops_no_other_letter(house, office):
    taken, server = office
    taken.refused["anne@exemple.org"] = "550 no such user"
    tell(house, "anne", "bob")

    told = post.deliver(house, server, WRITE)

    assert told == post.Delivery(sent=1, refused=1)
    assert [letter["To"] for letter in taken.letters] == ["bob@exemple.org"]
    assert mails(house)["anne"] == [Mail.REFUSED]


def test_a_refusal_for_now_is_tried_again_later_and_not_before(house, clock, office):
    taken, server = office
    taken.refused["anne@exemple.org"] = "450 try later"
    tell(house, "anne")
    assert post.deliver(house, server, WRITE) == post.Delivery(waiting=1)
    taken.refused.clear()
    assert post.deliver(house, server, WRITE) == post.Delivery()

    clock.now = MORNING.replace(minute=2)

    assert post.deliver(house, server, WRITE) == post.Delivery(sent=1)
    assert len(taken.letters) == 1


def test_a_server_that_was_away_gets_each_letter_once_when_it_is_back(house, clock):
    port = free_port()
    tell(house, "anne", "bob")
    away = post.MailServer("127.0.0.1", port, "arbitrage@exemple.org")
    assert post.deliver(house, away, WRITE) == post.Delivery(waiting=2)

    clock.now = MORNING.replace(minute=5)
    with open_office(port) as (taken, server):
        assert post.deliver(house, server, WRITE) == post.Delivery(sent=2)
        assert post.deliver(house, server, WRITE) == post.Delivery()

    assert len(taken.letters) == 2


def test_it_gives_up_after_a_day_and_a_half_of_growing_waits(house, clock):
    away = post.MailServer("127.0.0.1", 9, "arbitrage@exemple.org")
    tell(house, "anne")
    outcomes = []
    for tried in range(12):
        outcomes.append(post.deliver(house, away, WRITE))
        clock.now += timedelta(minutes=2**tried)

    assert outcomes == [post.Delivery(waiting=1)] * 11 + [post.Delivery(refused=1)]
    assert timedelta(hours=24) < clock.now - MORNING < timedelta(hours=72)
    assert mails(house)["anne"] == [Mail.REFUSED]


def test_what_was_taken_by_someone_who_died_is_sent_by_the_next(house, clock, office):
    taken, server = office
    tell(house, "anne")

    def die(person, what):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        post.deliver(house, server, die)
    assert post.deliver(house, server, WRITE) == post.Delivery()

    clock.now = MORNING.replace(minute=16)

    assert post.deliver(house, server, WRITE) == post.Delivery(sent=1)
    assert len(taken.letters) == 1


@pytest.mark.parametrize("title", [
    "Portail\r\nBcc: voleur@exemple.org", "<script>alert(1)</script>", "é" * 3000, "\u202eliatroP",
])  # fmt: skip
def test_a_hostile_title_stays_a_title(house, office, title):
    taken, server = office
    tell(house, "anne", title=title)

    post.deliver(house, server, WRITE)

    (letter,) = taken.letters
    assert (letter["Bcc"], letter["To"]) == (None, "anne@exemple.org")
    assert "<script>" not in parts(letter)[1]


@pytest.mark.parametrize("address", [
    "a@b.org\nBcc: c@d.org", "a b@c.org", "@c.org", "a@", "a@b", "a@b@c.org", "<a@b.org>",
])  # fmt: skip
def test_an_address_that_could_break_out_of_a_header_is_refused(address):
    with pytest.raises(Invalid, match="not-an-address"):
        Contact("anne", address)


FROM = {"ARBITRAGE_MAIL_FROM": "arbitrage@exemple.org"}


@pytest.mark.parametrize(("url", "port", "security", "user"), [
    ("smtp://mail.exemple.org", 25, "", ""),
    ("smtp://anne:p%40ss@mail.exemple.org?security=starttls", 587, "starttls", "anne"),
    ("smtps://mail.exemple.org:2465", 2465, "tls", ""),
])  # fmt: skip
def test_a_server_is_named_by_its_address(url, port, security, user):
    server = post.server_of({"ARBITRAGE_SMTP_URL": url, **FROM})

    assert (server.host, server.port) == ("mail.exemple.org", port)
    assert (server.security, server.user) == (security, user)
    assert "p@ss" not in repr(server)


def test_without_a_server_nothing_leaves():
    assert post.server_of({}) is None


@pytest.mark.parametrize("environ", [
    {"ARBITRAGE_SMTP_URL": "http://mail.exemple.org", **FROM},
    {"ARBITRAGE_SMTP_URL": "smtp://mail.exemple.org:x", **FROM},
    {"ARBITRAGE_SMTP_URL": "smtp://mail.exemple.org?security=none", **FROM},
    {"ARBITRAGE_SMTP_URL": "smtp://mail.exemple.org"},
    {"ARBITRAGE_SMTP_URL": "smtp://", **FROM},
])  # fmt: skip
def test_settings_that_cannot_be_understood_are_refused(environ):
    with pytest.raises(Refusal, match="mail-settings"):
        post.server_of(environ)


def certificate(folder):
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    there = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1).add_extension(there, critical=False)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    kind = serialization.PrivateFormat.PKCS8
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, plain))
    return folder / "cert.pem", folder / "key.pem"


def test_over_starttls_only_a_trusted_server_gets_the_letters(house, clock, tmp_path):
    cert, key = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    tell(house, "anne")
    with open_office(tls_context=context, require_starttls=True) as (taken, server):
        assert post.deliver(house, server, WRITE) == post.Delivery(waiting=1)
        clock.now += timedelta(minutes=2)
        wary = replace(server, security="starttls")
        assert post.deliver(house, wary, WRITE) == post.Delivery(waiting=1)
        clock.now += timedelta(minutes=5)
        assert taken.letters == []

        told = post.deliver(house, replace(wary, trusted=str(cert)), WRITE)

    assert told == post.Delivery(sent=1)
    assert len(taken.letters) == 1


def test_the_command_line_reminds_and_sends(house, office, tmp_path):
    taken, server = office
    tell(house, "anne")
    database = ["--database", str(house.engine.url)]

    without = run(["notices", "send", *database])
    reminded = run(["notices", "remind", *database])
    address = f"smtp://127.0.0.1:{server.port}"
    sent = run(["notices", "send", *database], ARBITRAGE_SMTP_URL=address, **FROM)

    assert "Aucun serveur de courriel" in without.stderr
    assert without.returncode == 1
    assert "0 avis" in reminded.stdout
    assert "1 lettre partie, 0 à réessayer, 0 refusée" in sent.stdout
    assert [letter["To"] for letter in taken.letters] == ["anne@exemple.org"]


def run(arguments, **environ):
    return subprocess.run(
        [sys.executable, "cli.py", *arguments], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"ARBITRAGE_LANG": "fr"} | environ, check=False,
    )
