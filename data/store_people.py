"""The shapes of what surrounds people and their proposals: ways in, charters, dossiers."""

from data import schema_people as s
from data.store_parts import bilingual, cells, choice
from data.store_shapes import Cell, Shape
from portfolio.charter import Charter, Extension, Majority, Undecided
from portfolio.contact import Contact, Rhythm
from portfolio.dossier import Attachment, Inquiry, Intake, Opinion, Submission, Verdict
from portfolio.identity import Identity, Invitation

IDENTITY = Shape("identity", (Identity,), s.identities, cells("issuer subject person version"))
INVITATION = Shape("invitation", (Invitation,), s.invitations, cells(
    "digest person expires invited_by used_at version"))
CONTACT = Shape("contact", (Contact,), s.contacts, (
    *cells("person email version"), choice("rhythm", Rhythm)))

CHARTER = Shape("charter", (Charter,), s.charters, (
    *cells("opens weigh_by score_by decide_by override tie_break quorum raters sealed_on sealed_by"
           " correction_days version"),
    bilingual("call"), choice("majority", Majority), choice("undecided", Undecided),
    Cell("is_secret", "secret"),
))
EXTENSION = Shape("extension", (Extension,), s.extensions, cells(
    "project until reason by version"))
SUBMISSION = Shape("submission", (Submission,), s.submissions, cells(
    "project number by at document version"))
INQUIRY = Shape("inquiry", (Inquiry,), s.inquiries, (*cells(
    "project number section question asked_by asked_at answer answered_by answered_at version"),
    Cell("is_declined", "declined")))
OPINION = Shape("opinion", (Opinion,), s.opinions, (
    *cells("project number reason by at conditions version"), choice("verdict", Verdict)))
INTAKE = Shape("intake", (Intake,), s.intakes, (
    *cells("project effect share debt reason by at version"),
    Cell("principal", "principal_cents"), Cell("is_taken", "taken"),
))
ATTACHMENT = Shape("attachment", (Attachment,), s.attachments, (
    *cells("project number name media size sha256 by at section note removed_at version"),
    Cell("is_confidential", "confidential"),
))

OF_PEOPLE = (IDENTITY, INVITATION, CONTACT)  # of the house, not of a cycle
# of a cycle, and not read whole
BESIDE = (CHARTER, EXTENSION, SUBMISSION, INQUIRY, OPINION, INTAKE, ATTACHMENT)
