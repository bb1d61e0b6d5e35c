"""What an attached file is by its bytes, held against what its name says; the types accepted."""

import io
import re
import unicodedata
import zipfile
import zlib
from email.parser import BytesHeaderParser
from email.policy import default

import puremagic

from data.importers import archive
from data.refused import shown
from portfolio.errors import Invalid

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
MEDIA = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": f"{OPEN}.text", "ods": f"{OPEN}.spreadsheet", "odp": f"{OPEN}.presentation",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "txt": "text/plain", "csv": "text/csv",
    "msg": "application/vnd.ms-outlook", "eml": "message/rfc822",
}  # fmt: skip
ACCEPTED = ", ".join(kind.upper() for kind in MEDIA)
LONGEST_NAME = 150
MOST_PARTS = 5_000  # a deck of 200 slides has some thousand, an attack ten times that
MOST_OF_A_PART = 1_000_000
HEAD = 1024

_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}  # control, direction, private, lone surrogate …
_NOT_IN_A_NAME = re.compile(r'[/\\:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_MARKUP = re.compile(rb"<(!doctype\s+html|html|head|body|script|svg|iframe|\?php|\?xml)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_PNG, _JPEG, _OLE = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OF_MESSAGE = "__properties_version1.0".encode("utf-16-le")
_OF_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_MACRO_PART = re.compile(r"(^|/)vbaproject[^/]*\.bin$|^(basic|scripts)/.+", re.IGNORECASE)
_ALIKE = ({"jpg", "jpeg"}, {"txt", "csv"})


def named(name: str) -> str:
    """The name as it is kept; Invalid for one that is a path, hides letters, or is too long."""
    plain = unicodedata.normalize("NFC", name).strip()
    if len(plain) > LONGEST_NAME:
        raise Invalid("attachment-name-long", found=len(plain), accepted=LONGEST_NAME)
    if (
        not plain.rpartition(".")[0].strip(". ")
        or plain.startswith(".")
        or _NOT_IN_A_NAME.search(plain)
        or _RESERVED.fullmatch(plain)
        or any(unicodedata.category(letter) in _HIDDEN for letter in plain)
    ):
        raise Invalid("attachment-name", found=shown(name))
    return plain


def media_of(name: str, content: bytes) -> str:
    """The media type that the name and the bytes both say; Invalid when they do not agree.

    Invalid too for a type that is not accepted, a document with macros, a file cut short, an
    archive that would unpack to too much.
    """
    said = name.rpartition(".")[2].lower()
    if said not in MEDIA:
        raise Invalid("attachment-type", found=f".{shown(said)}", accepted=ACCEPTED)
    if not content:
        raise Invalid("attachment-empty", found=name)
    read = kind_of(content, said)
    if read != said and {read, said} not in _ALIKE:
        raise Invalid(
            "attachment-lies", found=read.upper() or "?", said=said.upper(), accepted=ACCEPTED
        )
    if _is_cut(said, content):
        raise Invalid("attachment-cut", found=name)
    return MEDIA[said]


def kind_of(content: bytes, hoped: str = "") -> str:
    """What the bytes are, as the ending of a name; "" when nobody knows.

    hoped   the ending to prefer where a text may be of several kinds
    """
    if content.startswith(archive.MAGIC):
        return _in_archive(content)
    if content.startswith(_OLE):
        return _in_compound(content)
    if content.startswith(b"%PDF-") or content.startswith((_PNG, _JPEG)):
        if _MARKUP.search(content[:HEAD]) or _MARKUP.search(content[-HEAD:]):
            return "html"
        return "pdf" if content[:1] == b"%" else "png" if content.startswith(_PNG) else "jpg"
    text = _text(content)
    if text is None:
        return _foreign(content)
    if hoped == "eml" and _is_message(content):
        return "eml"
    return _markup(text) or "txt"


def _markup(text: str) -> str:
    """Which markup the text opens with, as browsers would guess it; "" = none."""
    opening = text[: 4 * HEAD].lstrip().encode()
    if not opening.startswith(b"<") or not _MARKUP.search(opening):
        return ""
    return "svg" if b"<svg" in opening.lower() else "html"


def _in_archive(content: bytes) -> str:
    """Which document the archive is; "zip" when it is none."""
    names = [part.filename for part in archive.directory(content, MOST_PARTS)]
    if any(".." in name.replace("\\", "/").split("/") for name in names):
        return "zip"
    macros = next((name for name in names if _MACRO_PART.search(name)), None)
    kinds = _part(content, "[Content_Types].xml", names)
    if macros or b"macroenabled" in kinds.lower():
        raise Invalid("attachment-macros", found=shown(macros or "macroEnabled"), accepted=ACCEPTED)
    told = _part(content, "mimetype", names[:1]).decode("ascii", "replace").strip()
    for kind in ("odt", "ods", "odp"):
        if told == MEDIA[kind]:
            return kind
    for kind in ("docx", "xlsx", "pptx"):
        if f'"{MEDIA[kind]}.main+xml"'.encode() in kinds:
            return kind
    return "zip"


def _part(content: bytes, name: str, names: list[str]) -> bytes:
    """The beginning of a part of the archive; nothing when it is not there, or not readable."""
    if name not in names:
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened, opened.open(name) as part:
            return part.read(MOST_OF_A_PART)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error):
        return b""


def _in_compound(content: bytes) -> str:
    """A message of Outlook, or an older document of Office, which is not accepted."""
    if _OF_MACROS in content:
        raise Invalid("attachment-macros", found="_VBA_PROJECT", accepted=ACCEPTED)
    return "msg" if _OF_MESSAGE in content else "doc/xls/ppt"


def _text(content: bytes) -> str | None:
    """The text that the bytes are, in one of the encodings of this century; None = not a text."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def _is_message(content: bytes) -> bool:
    """Whether it opens with the headers of an e-mail."""
    headers = BytesHeaderParser(policy=default).parsebytes(content[: 64 * HEAD])
    return "From" in headers and ("Date" in headers or "To" in headers)


def _foreign(content: bytes) -> str:
    """What a collection of signatures says of bytes that are none of ours; "" = nothing."""
    if content.startswith(b"MZ"):
        return "exe"  # it has twenty other names, all of them programs
    try:
        found = puremagic.magic_string(content[: 64 * HEAD])
    except (puremagic.PureError, ValueError):
        return ""
    return next((one.extension.lstrip(".") for one in found if one.extension), "")


def _is_cut(kind: str, content: bytes) -> bool:
    """Whether the end that the type asks for is missing."""
    match kind:
        case "pdf":
            return b"%%EOF" not in content[-2 * HEAD :]
        case "png":
            return not content.rstrip(b"\0\r\n").endswith(b"IEND\xaeB`\x82")
        case "jpg" | "jpeg":
            return b"\xff\xd9" not in content
    return False
