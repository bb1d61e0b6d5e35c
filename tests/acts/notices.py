"""Acts on notices: one's own, which tests/services/test_notices.py tries on someone else's."""

from acts.said import ALL, Call

CALLS = {
    "notices.mine": Call(ALL, ()),
    "notices.read": Call(ALL, ((),)),
    "notices.unread": Call(ALL, ()),
}
OWN = ()
