"""Small real files of every type that may be attached, and some that may not."""

import io
import struct
import zipfile
import zlib

import openpyxl

from data.attachment_kinds import MEDIA

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200) + b"PE\0\0"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EML = b"From: a@ville.ca\r\nTo: b@ville.ca\r\nDate: Fri, 27 Nov 2026 09:00:00 -0500\r\n\r\nOui"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAIN = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(
        b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return page.getvalue()


def office(kind, extra=None, main=None):
    """A document of Office with its parts; ``main`` = another type of its main part."""
    told = main or f"{MEDIA[kind]}.main+xml"
    types = f'<Types><Override PartName="/{MAIN[kind]}" ContentType="{told}"/></Types>'
    return zipped({"[Content_Types].xml": types, MAIN[kind]: "<x/>", **(extra or {})})


def open_document(kind, extra=None):
    return zipped({"mimetype": MEDIA[kind], "content.xml": "<x/>", **(extra or {})})


def workbook():
    page = io.BytesIO()
    openpyxl.Workbook().save(page)
    return page.getvalue()


def message():
    return OLE + "__properties_version1.0".encode("utf-16-le") + bytes(64)


GOOD = {
    "avis.pdf": PDF, "photo.jpg": JPEG, "photo.JPEG": JPEG, "plan.png": png(),
    "lettre.docx": office("docx"), "montage.pptx": office("pptx"), "coûts.xlsx": workbook(),
    "lettre.odt": open_document("odt"), "coûts.ods": open_document("ods"),
    "montage.odp": open_document("odp"), "notes.txt": "Événement : élagué".encode("cp1252"),
    "liste.csv": "code;titre\nP1;Éclairage <html>\n".encode(), "courriel.eml": EML,
    "courriel.msg": message(), "large.txt": "Éclairage".encode("utf-16"),
}  # fmt: skip
BOMB = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": bytes(60_000_000)})
MACROS = f"{MEDIA['docx']}.main+xml".replace(
    "officedocument.wordprocessingml.document", "ms-word.document.macroEnabled")
