"""Weights: mine, how coherent they are, where we differ, and what the committee adopts."""

from portfolio.person import Role
from services import weighting, weighting_ballot
from services.weighting import Weighing
from views import weighting_ballot as ballot_page
from views import weighting_group, weighting_lead
from views.desk import Desk
from views.look import components
from views.weighting_words import named


def render(desk: Desk) -> None:
    """One's own ballot while a round is open; the group's weights once they are revealed."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("weighting.title"), text("weighting.empty"))
        components.page_link(desk, "imports", text("home.empty_import"))
        return
    if not desk.has(*weighting.READS):
        components.page_head(desk, text("weighting.title"), text("weighting.not_allowed"))
        return
    found = weighting.view(desk.store, desk.person, desk.cycle)
    components.page_head(desk, text("weighting.title"), _answer(desk, found))
    weighting_lead.refusal(desk)
    if found.ballot is not None:
        ballot_page.show(desk, found)
    is_lead = desk.has(Role.FACILITATOR)
    if is_lead and found.round is not None:
        weighting_lead.rounds_desk(desk, found)
    if found.result is not None:
        weighting_group.spread(desk, found, found.result)
    elif is_lead and found.round is None:
        weighting_lead.rounds_desk(desk, found)
    weighting_group.in_force(desk, found)
    if is_lead and found.round is None:
        weighting_lead.adoption(desk, found)
        if found.result is not None:
            weighting_lead.rounds_desk(desk, found)


def _answer(desk: Desk, found: Weighing) -> str:
    """What is asked of the person now, else what is known of the group's weights."""
    text = desk.text
    facts = {"cast": found.cast, "members": found.members}
    if found.round is not None:
        facts["round"] = found.round.number
        if found.ballot is None:
            return text("weighting.answer_open", **facts)
        if found.ballot.is_cast:
            return text("weighting.answer_cast", **facts)
        blank = weighting_ballot.blank(found.framework, found.ballot)
        key = "answer_to_do" if blank else "answer_to_cast"
        return text(f"weighting.{key}", n=len(blank), **facts)
    if found.result is None:
        return text("weighting.answer_none")
    top = [criterion.key for criterion in found.framework.children("")]
    widest = found.result.widest(top)
    apart = found.result.spreads[widest]
    return text(
        "weighting.answer_spread",
        n=len(found.result.voices),
        name=named(desk, found.framework.criterion(widest)),
        low=apart.low,
        high=apart.high,
    )
