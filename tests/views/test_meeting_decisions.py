"""The end of a meeting on its screens: an override priced and signed, the plan adopted, closed."""

import pytest
from a_meeting import CYCLE, FOUR, LEAD, NUMBER, OBSERVER, an_open_meeting
from benches import a_page, finished
from seated import ACT, FACILITATOR

from data.store import open_store
from portfolio.decision import Verb
from portfolio.meeting import Attendance, Motion, MotionState, Override, Step
from services import meetings
from views.meeting_decide import OUT
from views.meeting_overrides import PROJECT, REASON, SIDE

LATER = "2099-01-01T00:00:00+00:00"


@pytest.fixture
def house(migrated_file, tmp_path):
    path = tmp_path / "met.db"
    path.write_bytes(migrated_file.read_bytes())
    store = open_store(f"sqlite:///{path}")
    an_open_meeting(store)
    with store.writing(ACT) as work:
        for member in FOUR:
            if not work.every(Attendance, CYCLE, meeting=NUMBER, person=member.code):
                work.save(CYCLE, Attendance(NUMBER, member.code, True, LATER))
    yield store
    store.close()


@pytest.fixture
def show(house, jobs):
    """The meeting at that step, or a page, as that person sees it once nothing is worked out."""

    def look(step, who=FACILITATOR, language="fr", wall=False, page="meeting"):
        if step is not None:
            meetings.go(house, FACILITATOR, CYCLE, NUMBER, step)
        at = a_page(page, house, who, language, CYCLE, jobs, wall)
        return finished(finished(at, jobs), jobs)

    return look


def said(at):
    shown = [*at.title, *at.header, *at.subheader, *at.markdown, *at.caption, *at.error]
    shown += [*at.warning, *at.info]
    frames = [frame.value.to_string() for frame in [*at.dataframe, *at.table]]
    lines = "\n".join([*(one.value for one in shown), *frames])
    return lines.replace("\xa0", " ").replace("\\", "")


def yes(at, key):
    """The button that asks, then its answer."""
    at.button(key=key).click().run()
    return at.button(key=f"{key}_yes").click().run()


def propose(at, project, is_in, reason):
    sent = next(s.key for s in at.selectbox if s.key.startswith(PROJECT)).rpartition("_")[2]
    at.selectbox(key=f"{PROJECT}_{sent}").set_value(project).run()
    at.segmented_control(key=f"{SIDE}_{project}_{sent}").set_value(is_in).run()
    at.text_area(key=f"{REASON}_{sent}").set_value(reason).run()
    return at.button(key=f"meeting_overrides_go_{sent}").click().run()


def carried(store, number, project="", verb=None):
    with store.writing(ACT) as work:
        work.save(CYCLE, Motion(
            NUMBER, number, "Que ce soit fait", FACILITATOR.code, LATER, project, verb,
            state=MotionState.CARRIED, present=4, fors=4, againsts=0, abstentions=0,
        ))  # fmt: skip


def one(store, kind, *key):
    with store.reading() as work:
        return work.one(kind, CYCLE, *key)


def test_an_override_is_proposed_priced_and_signed_and_an_impossible_one_says_which_rules(
    house, show, jobs
):
    at = show(Step.OVERRIDES)
    assert "Aucun choix imposé n'est signé" in said(at)
    at = finished(propose(at, "P3", False, "Le comité y tient"), jobs)
    assert "Ce choix coûte" in said(at)
    at = finished(yes(at, "meeting_overrides_sign_P3"), jobs)
    assert "1 choix imposé coûte" in said(at)
    assert one(house, Override, NUMBER, "P3").is_signed

    at = finished(propose(at, "P8", False, "Pourquoi pas"), jobs)

    assert "Impossible : aucun plan ne respecte ensemble" in said(at)
    assert not [b for b in at.button if b.key == "meeting_overrides_sign_P8"]
    wall = show(Step.OVERRIDES, OBSERVER, "en", wall=True)
    assert "1 override costs the best portfolio" in said(wall)

    carried(house, 1)
    at = show(Step.READ_BACK)
    at.button(key="meeting_decide_adopt").click().run()
    yes(finished(at, jobs), "meeting_readback_close")
    page = show(None, page="decisions")
    page.query_params["decision"] = "P3"
    page.run()
    assert "écarté d'office" in said(page)
    assert "signé par Démo – Animation" in said(page)
    assert not [s for s in wall.selectbox if s.key.startswith(PROJECT)]


def test_a_meeting_is_decided_read_back_and_closed_and_a_lead_has_a_fact_corrected(
    house, show, jobs
):
    at = show(Step.READ_BACK)
    assert "Aucune décision n'est écrite encore ; 8 projets" in said(at)
    carried(house, 1)
    carried(house, 2, "P2", Verb.DEFERRED)
    at = show(Step.READ_BACK)
    at.text_area(key="meeting_decide_2_reason").set_value("À revoir au printemps").run()
    at = finished(at, jobs)
    assert "Cette décision coûte" in said(at)
    at.checkbox(key="meeting_decide_2_signed").check().run()
    at.button(key="meeting_decide_2_write").click().run()
    at.segmented_control(key=OUT).set_value(Verb.REFUSED).run()
    at.button(key="meeting_decide_adopt").click().run()
    at = finished(at, jobs)
    told = said(at)
    assert "8 décisions sont écrites, dont 1 s'écarte du plan ; aucun projet ne reste" in told
    assert told.index("S'écartent du plan") < told.index("Vont de l'avant")
    assert "Le plan : retenu" in told

    yes(at, "meeting_readback_close")

    assert one(house, meetings.Meeting, NUMBER).closed_at
    page = show(None, LEAD, page="decisions")
    assert "projets vont de l'avant" in said(page) or "projet va de l'avant" in said(page)
    page.query_params["decision"] = "P2"
    page.run()
    told = said(page)
    assert "À revoir au printemps" in told
    assert "raison signée par Démo – Animation" in told
    page.text_area(key="decisions_ask_said").set_value("Service de l'eau")
    page.selectbox(key="decisions_ask_fact").set_value("service")
    next(b for b in page.button if b.label == "Demander la correction").click().run()
    assert "attend une réponse" in said(page)
    english = show(None, FACILITATOR, "en", page="decisions")
    assert "A correction is waiting for an answer: P2" in said(english)
