"""The decisions of a published cycle as an Atom feed (RFC 4287)."""

from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as Xml

from portfolio.public_dossier import PublicProject
from views.public_served import LICENCE
from views.public_words import Words

ATOM = "http://www.w3.org/2005/Atom"
BEGAN = 2026  # the year in which these ids began to be given
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(words: Words, base: str) -> bytes:
    """The feed in the language of the words; ``base`` is where the house is reached.

    An id is a tag: URI (RFC 4151) of the cycle, the project and the number of its decision: it
    stays the same from one publication to the next.
    """
    Xml.register_namespace("", ATOM)
    dossier, here = words.dossier, base.rstrip("/")
    root = Xml.Element(f"{{{ATOM}}}feed", {_LANG: words.language})
    _add(root, "id", _tag(words, here))
    _add(root, "title", words.text("public.feed_title", title=words.said(dossier.title)))
    _add(root, "updated", dossier.at)
    _add(root, "rights", LICENCE)
    _add(_add(root, "author"), "name", words.text("common.app"))
    _add(root, "link", rel="self", type="application/atom+xml",
         href=here + words.to("decisions.atom"))  # fmt: skip
    _add(root, "link", rel="alternate", type="text/html", href=here + words.to())
    for project in sorted(dossier.projects, key=lambda one: one.on, reverse=True):
        _entry(root, words, project, here)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: Xml.Element, words: Words, project: PublicProject, here: str) -> None:
    way = words.to("projet", project.code)
    entry = _add(root, "entry")
    _add(entry, "id", _tag(words, here, project.code, str(project.number)))
    title = words.title(project.code)
    _add(entry, "title", words.text("public.entry", verb=words.verb(project), title=title))
    _add(entry, "updated", f"{project.on.isoformat()}T12:00:00Z")
    _add(entry, "link", rel="alternate", type="text/html", href=here + way)
    _add(entry, "category", term=project.verb.value, label=words.verb(project))
    said = [project.reason, project.conditions]
    if project.amounts:
        said.append(words.text("public.granted", amount=project.cents))
    _add(entry, "summary", "\n".join(filter(None, said)))


def _tag(words: Words, here: str, *parts: str) -> str:
    """An id under the name by which the house is reached."""
    path = "/".join(quote(part, safe="") for part in (words.dossier.cycle, *parts))
    return f"tag:{urlsplit(here).hostname},{BEGAN}:decisions/{path}"


def _add(parent: Xml.Element, name: str, said: str = "", **told: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}", told)
    element.text = "".join(c for c in said if c in "\t\n\r" or c >= " ") or None
    return element
