"""A file is kept for what its bytes are; one whose name says something else is refused."""

import zipfile

import pytest
from attached import (
    BOMB,
    EML,
    EXE,
    GOOD,
    HTML,
    JPEG,
    MACROS,
    OLE,
    PDF,
    SVG,
    office,
    open_document,
    png,
    zipped,
)

from data.attachment_kinds import ACCEPTED, LONGEST_NAME, MEDIA, media_of, named
from portfolio.errors import Invalid


def refused(name, content):
    with pytest.raises(Invalid) as found:
        media_of(name, content)
    return found.value


@pytest.mark.parametrize("name", GOOD)
def test_each_accepted_type_is_known_by_its_bytes(name):
    assert media_of(named(name), GOOD[name]) == MEDIA[name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("facture.pdf", EXE, "EXE"),
        ("facture.pdf", HTML, "HTML"),
        ("facture.pdf", HTML + PDF, "HTML"),
        ("facture.pdf", PDF[:9] + HTML + PDF[9:], "HTML"),
        ("photo.png", png() + HTML, "HTML"),
        ("photo.png", SVG, "SVG"),
        ("photo.jpg", png(), "PNG"),
        ("photo.png", JPEG, "JPG"),
        ("lettre.docx", GOOD["coûts.xlsx"], "XLSX"),
        ("lettre.docx", zipped({"a.txt": "a"}), "ZIP"),
        ("lettre.docx", PDF, "PDF"),
        ("lettre.odt", open_document("ods"), "ODS"),
        ("lettre.odt", zipped({"content.xml": "", "mimetype": MEDIA["odt"]}), "ZIP"),
        ("lettre.docx", office("docx", {"../../etc/passwd": "x"}), "ZIP"),
        ("notes.txt", HTML, "HTML"),
        ("notes.csv", b"\xef\xbb\xbf \n" + SVG, "SVG"),
        ("notes.txt", EXE, "EXE"),
        ("courriel.eml", b"bonjour", "TXT"),
        ("courriel.eml", HTML, "HTML"),
        ("courriel.msg", OLE, "DOC/XLS/PPT"),
        ("courriel.msg", EML, "TXT"),
        ("notes.txt", bytes(range(128, 200)) + b"\0\x01\x02", "?"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_with_what_was_read(name, content, read):
    refusal = refused(name, content)

    assert (refusal.code, refusal.facts["found"]) == ("attachment-lies", read)
    assert refusal.facts["accepted"] == ACCEPTED


@pytest.mark.parametrize("name", ["dessin.svg", "page.html", "essai.exe", "vieux.doc", "m.docm"])
def test_a_type_that_is_not_accepted_is_refused_with_those_that_are(name):
    refusal = refused(name, SVG)

    assert (refusal.code, refusal.facts["accepted"]) == ("attachment-type", ACCEPTED)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lettre.docx", office("docx", {"word/vbaProject.bin": b"x"})),
        ("lettre.docx", office("docx", main=MACROS)),
        ("lettre.xlsx", office("xlsx", {"xl/vbaProjectSignature.bin": b"x"})),
        ("lettre.odt", open_document("odt", {"Basic/Standard/Module1.xml": "x"})),
        ("courriel.msg", OLE + "_VBA_PROJECT".encode("utf-16-le")),
    ],
)
def test_a_document_with_macros_is_refused(name, content):
    assert refused(name, content).code == "attachment-macros"


def test_a_document_that_would_unpack_to_too_much_is_refused():
    assert len(BOMB) < 100_000
    assert refused("lettre.docx", BOMB).code == "zip-unpacks-too-big"


def test_a_deck_of_hundreds_of_slides_is_no_attack():
    slides = {f"ppt/slides/slide{n}.xml": "<x/>" for n in range(1500)}

    assert media_of("montage.pptx", office("pptx", slides)) == MEDIA["pptx"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PDF[:-7]), ("a.png", png()[:-4]), ("a.jpg", JPEG[:-2])],
)
def test_a_file_cut_short_is_refused(name, content):
    assert refused(name, content).code == "attachment-cut"


def test_an_archive_cut_short_is_refused():
    assert refused("lettre.docx", office("docx")[:-30]).code == "zip-unreadable"


def test_an_empty_file_is_refused():
    assert refused("a.pdf", b"").code == "attachment-empty"


def test_a_document_locked_by_a_password_is_refused():
    locked = bytearray(zipped({"[Content_Types].xml": "<x/>"}, zipfile.ZIP_STORED))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1

    assert refused("lettre.docx", bytes(locked)).code == "zip-encrypted"


@pytest.mark.parametrize(
    "name",
    ["../a.pdf", "a/b.pdf", "C:\\a.pdf", "a\0.pdf", "a\n.pdf", "a\u202efdp.exe.pdf", ".pdf",
     "..pdf", "", "a", " .pdf", "con.pdf", "a\u200b.pdf", "a<b>.pdf", "a\udc80.pdf"],
)  # fmt: skip
def test_a_name_that_is_a_path_or_hides_something_is_refused(name):
    with pytest.raises(Invalid, match="attachment-name"):
        named(name)


def test_a_name_of_300_letters_is_refused_with_how_many_may_be():
    with pytest.raises(Invalid) as found:
        named("é" * 296 + ".pdf")

    assert (found.value.facts["found"], found.value.facts["accepted"]) == (300, LONGEST_NAME)


def test_a_name_keeps_its_accents_in_one_form():
    assert named(" e\u0301tude d'impact (v2).pdf ") == "étude d'impact (v2).pdf"
