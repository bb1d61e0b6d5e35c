"""Acts on the journal."""

from acts.said import ADMINISTERS, Call
from services.journal import Asked

CALLS = {
    "journal.anchor": Call(ADMINISTERS, ()),
    "journal.page": Call(ADMINISTERS, (Asked(),)),
    "journal.verify": Call(ADMINISTERS, (b"",)),
}
OWN = ()
