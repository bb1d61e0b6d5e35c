"""The post: notices that leave by e-mail, each when its person wants it, none for ever unsaid.

A notice is taken to be sent before it is, and told to be sent after: a process that dies between
has it sent again later, so that it arrives at least once.
"""

import os
import smtplib
import ssl
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from data import store_notices
from data.store import Act, Store, Work
from portfolio.clock import HERE
from portfolio.contact import Contact, Rhythm
from portfolio.errors import Refusal
from portfolio.notice import Mail, Notice
from portfolio.person import Person

DIGEST_HOUR = 7  # of the city's clock: a daily digest holds what came before it
TAKEN = timedelta(minutes=15)  # to send a batch; after that someone else may
MOST_TRIES = 12  # the waits double from a minute: about a day and a half in all
SECONDS = 20  # for a server to answer


@dataclass(frozen=True, slots=True)
class Written:
    """A letter without its address: its subject, and its body as text and as HTML."""

    subject: str
    text: str
    html: str


Write = Callable[[Person, Sequence[Notice]], Written]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes the letters. security: "" = none, "starttls" or "tls"."""

    host: str
    port: int
    sender: str
    security: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    trusted: str = ""  # a file of certificates; "" = those of the machine


@dataclass(frozen=True, slots=True)
class Delivery:
    """How many letters left, how many wait for another try, how many were given up."""

    sent: int = 0
    waiting: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _Letter:
    person: Person
    address: str
    notices: tuple[Notice, ...]
    tries: int


def server_of(environ: Mapping[str, str] = os.environ) -> MailServer | None:
    """The server of ARBITRAGE_SMTP_URL and ARBITRAGE_MAIL_FROM; None = no e-mail leaves.

    smtp://host:25, smtp://user:word@host:587?security=starttls, smtps://host:465.
    Refusal "mail-settings" when they cannot be understood.
    """
    url = environ.get("ARBITRAGE_SMTP_URL", "")
    if not url:
        return None
    sender = environ.get("ARBITRAGE_MAIL_FROM", "")
    try:
        where = urlsplit(url)
        port = where.port
        Contact("sender", sender)
    except (ValueError, Refusal):
        raise Refusal("mail-settings", field="ARBITRAGE_SMTP_URL") from None
    asked = parse_qs(where.query)
    security = "tls" if where.scheme == "smtps" else asked.get("security", [""])[0]
    is_known = where.scheme in ("smtp", "smtps") and security in ("", "starttls", "tls")
    if not (is_known and where.hostname and sender):
        raise Refusal("mail-settings", field="ARBITRAGE_SMTP_URL")
    return MailServer(
        where.hostname, port or {"tls": 465, "starttls": 587}.get(security, 25), sender, security,
        unquote(where.username or ""), unquote(where.password or ""),
        environ.get("ARBITRAGE_SMTP_CERTIFICATES", ""),
    )


def deliver(store: Store, server: MailServer, write: Write) -> Delivery:
    """Send what is due, one letter a person; what fails is tried again later, each time later."""
    letters = _take(store)
    if not letters:
        return Delivery()
    outcomes = list(_send(server, letters, write))
    with store.writing(Act("post", "", "post.deliver")) as work:
        became = Counter(_settle(work, *outcome) for outcome in outcomes)
    return Delivery(became[Mail.SENT], became[Mail.WAITING], became[Mail.REFUSED])


def _take(store: Store) -> tuple[_Letter, ...]:
    """What is due, taken for TAKEN; those who want none are done with."""
    with store.writing(Act("post", "", "post.take")) as work:
        due = _due(work)
        for letter in due:
            mail = Mail.SENDING if letter.address else Mail.SKIPPED
            until = (work.at + TAKEN).astimezone(UTC).isoformat(timespec="seconds")
            store_notices.mark_mail(work, _ids(letter), mail, until if letter.address else "")
    return tuple(letter for letter in due if letter.address)


def _due(work: Work) -> list[_Letter]:
    """One letter a person; an empty address for whoever wants none, has none, or has left."""
    people = {person.code: person for person in work.people()}
    contacts = {contact.person: contact for contact in work.every(Contact)}
    by_person: dict[str, list[tuple[Notice, int]]] = {}
    for notice, tries in store_notices.to_mail(work, store_notices.moment(work)):
        by_person.setdefault(notice.person, []).append((notice, tries))
    letters = []
    for code, waiting in by_person.items():
        person = people.get(code, Person(code, code, is_active=False))
        contact = contacts.get(code, Contact(code))
        is_wanted = person.is_active and contact.rhythm is not Rhythm.NEVER
        if is_wanted and contact.rhythm is Rhythm.DAILY:
            waiting = [one for one in waiting if one[0].at < _last_digest(work.at)]
        if waiting:
            notices, tried = zip(*waiting, strict=True)
            address = contact.email if is_wanted else ""
            letters.append(_Letter(person, address, notices, max(tried)))
    return letters


def _last_digest(now: datetime) -> str:
    """The moment up to which notices stand in the last digest that was due."""
    here = now.astimezone(HERE)
    last = here.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    last = last if last <= here else last - timedelta(days=1)
    return last.astimezone(UTC).isoformat(timespec="seconds")


def _send(
    server: MailServer, letters: Sequence[_Letter], write: Write
) -> Iterator[tuple[_Letter, str, bool]]:
    """Each letter with what went wrong ("" = nothing), and whether trying again is in vain."""
    left = list(letters)
    try:
        with _opened(server) as session:
            while left:
                error, is_final = _handed(session, server, left[0], write)
                yield left.pop(0), error, is_final
    except (OSError, smtplib.SMTPException) as error:  # no server: the others wait
        for letter in left:
            yield letter, _said(error), False


def _handed(
    session: smtplib.SMTP, server: MailServer, letter: _Letter, write: Write
) -> tuple[str, bool]:
    """Give the server one letter; what it says of the address stops no other letter."""
    message = message_of(server.sender, letter.address, write(letter.person, letter.notices))
    try:
        session.send_message(message, server.sender, [letter.address])
    except smtplib.SMTPRecipientsRefused as refused:
        code, _ = refused.recipients[letter.address]
        return _said(refused), code >= 500
    except smtplib.SMTPNotSupportedError as error:  # an address in letters the server cannot take
        return _said(error), True
    except smtplib.SMTPDataError as error:
        return _said(error), error.smtp_code >= 500
    return "", False


def message_of(sender: str, address: str, written: Written) -> EmailMessage:
    """The letter as it travels; its subject is one line whatever its facts hold."""
    message = EmailMessage()
    message["From"], message["To"] = sender, address
    message["Subject"] = " ".join(written.subject.splitlines())
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="arbitrage.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    return message


@contextmanager
def _opened(server: MailServer) -> Iterator[smtplib.SMTP]:
    trust = ssl.create_default_context(cafile=server.trusted or None)
    if server.security == "tls":
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS, context=trust)
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with session:
        if server.security == "starttls":
            session.starttls(context=trust)
        if server.user:
            session.login(server.user, server.password)
        yield session


def _settle(work: Work, letter: _Letter, error: str, is_final: bool) -> Mail:
    """Note what came of a letter; what failed for now waits twice as long as the last time."""
    mail, after = Mail.SENT, ""
    if error and (is_final or letter.tries + 1 >= MOST_TRIES):
        mail = Mail.REFUSED
    elif error:
        again = work.at + timedelta(minutes=2**letter.tries)
        mail, after = Mail.WAITING, again.astimezone(UTC).isoformat(timespec="seconds")
    store_notices.mark_mail(work, _ids(letter), mail, after, error)
    return mail


def _ids(letter: _Letter) -> list[int]:
    return [notice.id for notice in letter.notices]


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
