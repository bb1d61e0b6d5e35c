"""What a meeting does by itself when something goes wrong: the same in every cycle, and said."""

import streamlit as st

from portfolio.charter import Charter
from views.desk import Desk
from views.look.components import said

FIXED = (
    "kept_away", "quorum_lost", "left", "late_conflict", "two_chairs", "dropped", "sent_twice",
    "edited", "infeasible",
)  # fmt: skip


def show(desk: Desk, charter: Charter) -> None:
    """One line each: when, then what follows; what is undecided follows the charter."""
    lines = [_line(desk, rule, rule) for rule in FIXED]
    lines.insert(-1, _line(desk, "undecided", f"undecided_{charter.undecided}"))
    st.markdown("\n".join(lines))


def _line(desk: Desk, when: str, then: str) -> str:
    text = desk.text
    return f"- **{said(text(f'meeting.when.{when}'))}** {said(text(f'meeting.then.{then}'))}"
