"""Décisions et suivi: what was decided, promised, started, and what is late."""

from views import tracking
from views.desk import Desk
from views.look import components


def render(desk: Desk) -> None:
    """What was promised of each approved project, and where it stands."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("decisions.title"), text("decisions.empty"))
        return
    components.page_head(desk, text("decisions.title"), text("decisions.answer"))
    tracking.show(desk)
