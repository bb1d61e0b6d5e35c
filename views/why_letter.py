"""The card as one page of HTML, to be printed or sent: no script, no image, nothing fetched."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from services.why import Inquiry
from views import sentences
from views.why_words import WhyWords

_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#101820}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.5rem}small{color:#4d5966}"
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BARE = re.compile(r"\\([\\`*_{}\[\]<>()#+!|~$])")


def write(told: WhyWords, inquiry: Inquiry) -> bytes:
    """The whole page, in the language of the desk."""
    title = escape(told.heading())
    language = told.desk.language
    body = "\n".join(_body(told, inquiry))
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
        f"{body}\n</body></html>\n"
    ).encode()


def _body(told: WhyWords, inquiry: Inquiry) -> Iterator[str]:
    text, card = told.desk.text, told.card
    yield f"<p><strong>{escape(told.answer())}</strong></p>"
    if card.paths is not None and (line := told.shortest(card.paths)):
        yield f"<p>{escape(line)}</p>"
    if card.ties:
        yield f"<p>{escape(text('why.card.ties', codes=told.words.codes(card.ties)))}</p>"
    if not (card.is_in or card.is_even):
        yield from _section(text("why.card.ways"), told.ways())
    name = "replaced" if card.is_in else "instead"
    named = [told.words.project(other.project) for other in card.others]
    yield from _section(text(f"why.card.{name}"), [escape(line) for line in named], is_html=True)
    yield from _section(text("why.card.rules"), told.rules() or told.blocked())
    scenario = inquiry.scenario.title.in_(told.desk.language)
    proof = sentences.proof_words(text, card.proof)
    small = text("why.card.letter_scenario", scenario=scenario, proof=proof)
    yield f"<p><small>{escape(small)}</small></p>"
    if told.desk.is_demo:
        yield f"<p><small>{escape(text('common.demo_banner'))}</small></p>"


def _section(title: str, lines: Sequence[str], is_html: bool = False) -> Iterator[str]:
    if not lines:
        return
    yield f"<h2>{escape(title)}</h2>"
    shown = lines if is_html else [_html(line) for line in lines]
    yield "<ul>" + "".join(f"<li>{line}</li>" for line in shown) + "</ul>"


def _html(markdown: str) -> str:
    """Our own Markdown, which knows bold and escaped signs only."""
    parts = (escape(part) for part in _BOLD.split(_BARE.sub(r"\1", markdown)))
    return "".join(f"<strong>{part}</strong>" if at % 2 else part for at, part in enumerate(parts))
