"""Acts on the people of the house, and on one's own account."""

from acts.said import ADMINISTERS, Call

CALLS = {
    "directory.entries": Call(ADMINISTERS, ()),
}
OWN = ()
