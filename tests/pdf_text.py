"""The words of a PDF that our typesetter made, read back through its own fonts' tables."""

import re
import zlib
from functools import cache

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
PAGE = re.compile(rb"/Type/Page/Resources (\d+) 0 R.*?/Contents (\d+) 0 R", re.DOTALL)
FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
MARK = re.compile(rb"/(f\d+) [\d.]+ Tf|(\()|\b(ET)\b")
ESCAPED = re.compile(rb"[0-7]{1,3}|.", re.DOTALL)
PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(content):
    """One line a run of text, pages in order; a font's name is its page's own."""
    objects = {int(number): body for number, body in OBJECT.findall(content)}
    letters = cache(lambda font: _letters_of(objects, font))
    told = []
    for body in objects.values():
        if page := PAGE.search(body):
            named = FONT.findall(objects[int(page[1])])
            fonts = {name: letters(int(number)) for name, number in named}
            told.append(_page(_inflated(objects[int(page[2])]), fonts))
    return "\n".join(told)


def _letters_of(objects, font):
    table = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    return _letters(_inflated(objects[int(table[1])]))


def _inflated(body):
    found = STREAM.search(body)
    try:
        return zlib.decompress(found[1]) if found else b""
    except zlib.error:
        return b""


def _letters(table):
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", table)
    return {int(glyph, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for glyph, to in pairs}


def _page(content, fonts):
    told, font, at = [], {}, 0
    while mark := MARK.search(content, at):
        name, is_string, _ = mark.groups()
        at = mark.end()
        if name:
            font = fonts[name]
        elif is_string:
            glyphs, at = _string(content, at)
            if content[: mark.start()].endswith((b"/Lang", b"/ActualText")):
                continue  # said of the letters, not shown
            pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
            told.append("".join(font.get(256 * high + low, "") for high, low in pairs))
        else:
            told.append("\n")
    return "".join(told)


def _string(content, at):
    """The bytes of the string that opens just before; parentheses in it are balanced or escaped."""
    found, depth = bytearray(), 1
    while True:
        byte, at = content[at : at + 1], at + 1
        if byte == b"\\":
            code = ESCAPED.match(content, at)[0]
            at += len(code)
            byte = bytes([int(code, 8)]) if code.isdigit() else PLAIN.get(code, code)
        else:
            depth += (byte == b"(") - (byte == b")")
        if not depth:
            return bytes(found), at
        found += byte
