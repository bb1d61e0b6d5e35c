"""Letters: notices as an e-mail in the language of whoever reads it, as text and as HTML."""

import html
from collections.abc import Sequence
from urllib.parse import urlencode

from portfolio.notice import Notice
from portfolio.person import Person
from services.post import Write, Written
from views import notice_words
from views.pages import PAGES
from views.text import LANGUAGES, Text

STYLE = "font-family:'Source Sans 3',Arial,sans-serif;font-size:16px;line-height:1.5;max-width:40em"


def writer(address: str) -> Write:
    """Who writes the letters of the house found at that address; "" = no links."""
    paths = {page.key: page.url_path for page in PAGES}
    base = address.rstrip("/")

    def link(notice: Notice) -> str:
        key, query = notice_words.place(notice)
        if not base or key not in paths:
            return base
        return f"{base}/{paths[key]}" + (f"?{urlencode(query)}" if query else "")

    def write(person: Person, notices: Sequence[Notice]) -> Written:
        text = Text(person.language if person.language in LANGUAGES else LANGUAGES[0])
        lines = [(notice_words.sentence(text, notice), link(notice)) for notice in notices]
        subject = lines[0][0] if len(lines) == 1 else text("notices.mail.digest", n=len(lines))
        return Written(
            text("notices.mail.subject", what=subject),
            _plain(text, person, lines), _html(text, person, lines),
        )

    return write


def _plain(text: Text, person: Person, lines: Sequence[tuple[str, str]]) -> str:
    body = "\n\n".join(f"- {said}" + (f"\n  {link}" if link else "") for said, link in lines)
    hello, why = text("notices.mail.hello", name=person.name), text("notices.mail.why")
    return f"{hello}\n\n{body}\n\n-- \n{why}\n"


def _html(text: Text, person: Person, lines: Sequence[tuple[str, str]]) -> str:
    """No style sheet, image or script: what a careful reader's mailbox shows is all there is."""
    items = "".join(f"<li style=\"margin-bottom:.75em\">{_item(said, link)}</li>"
                    for said, link in lines)
    hello = html.escape(text("notices.mail.hello", name=person.name))
    why = html.escape(text("notices.mail.why"))
    return (
        f'<!DOCTYPE html><html lang="{text.language}"><head><meta charset="utf-8">'
        f'<meta name="color-scheme" content="light dark"><title>Arbitrage</title></head>'
        f'<body style="{STYLE}"><p>{hello}</p><ul>{items}</ul>'
        f'<p style="font-size:14px;opacity:.8">{why}</p></body></html>'
    )


def _item(said: str, link: str) -> str:
    shown = html.escape(said)
    return f'<a href="{html.escape(link)}">{shown}</a>' if link else shown
