"""A proposal's path on its file: screened, asked, answered, compared, advised, told."""

from dataclasses import replace
from datetime import date

import pytest

from data.store import Act
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem
from portfolio.dossier import Inquiry, Opinion, Verdict
from portfolio.person import Person, Role
from portfolio.project import DebtEffect, Estimate, Spend, Stage
from services import dossiers, opinions, proposals, submissions
from services.dossiers import Asked

DAY = date(2026, 11, 27)
LEAD, ARCHITECT, FACILITATOR = (
    Person(f"test-{r}", f"Test {r}", frozenset({r}))
    for r in (Role.LEAD, Role.ARCHITECT, Role.FACILITATOR)
)


@pytest.fixture
def sent(open_demo):
    """A proposal of the lead, handed in, that speaks of a debt of the register."""
    begun = proposals.begin(open_demo, LEAD, "demo", "Bancs connectés")
    spends = (Spend("PDI-VC", 0, Estimate(100_000_00)),)
    base = replace(begun.variants[0], duration=1, spends=spends)
    written = replace(begun, problem="Le mobilier tombe souvent.", variants=(base,),
                      debt_effects=(DebtEffect("D02", 0.5),))  # fmt: skip
    draft = proposals.save(open_demo, LEAD, "demo", written)
    return submissions.submit(open_demo, LEAD, "demo", draft, DAY).project


def kept(store, code):
    with store.reading() as work:
        return work.project("demo", code)


def back(store, code, *questions):
    asked = [Asked("need", one) for one in questions]
    return dossiers.send_back(store, FACILITATOR, "demo", kept(store, code), asked)


def handed_in_again(store, code, **changes):
    draft = back(store, code, "Combien ?")
    proposals.save(store, LEAD, "demo", replace(draft, **changes))
    with store.reading() as work:
        asked = work.one(Inquiry, "demo", code, 1)
    dossiers.answer(store, LEAD, "demo", replace(asked, answer="Douze."))
    return submissions.submit(store, LEAD, "demo", kept(store, code), DAY).project


def html(at):
    return "".join(one.proto.body for one in at.get("html"))


def part(at, project, name):
    at.session_state[f"proposals_part_{project.code}"] = name
    return at.run()


def parts_of(at):
    groups = [g for g in at.button_group if (g.key or "").startswith("proposals_part")]
    return len(groups[0].options)


@pytest.mark.parametrize(("role", "language"), [
    (Role.FACILITATOR, "en"), (Role.ARCHITECT, "fr"), (Role.MEMBER, "en"), (Role.LEAD, "fr"),
])  # fmt: skip
def test_each_part_is_shown_to_those_who_read_the_dossier(show, open_demo, sent, role, language):
    handed_in_again(open_demo, sent.code, problem="Le mobilier tombe trop souvent.")
    at = show("proposals", open_demo, role, language, project=sent.code)

    for name in ("changes", "questions", "opinion", "timeline", "file"):
        assert not part(at, sent, name).exception


@pytest.mark.parametrize(("role", "count"), [(Role.OBSERVER, 2), (Role.MEMBER, 5)])
def test_observers_find_the_file_and_what_changed_and_nothing_else(
    show, open_demo, sent, role, count
):
    at = show("proposals", open_demo, role, project=sent.code)

    assert not at.exception
    assert parts_of(at) == count


def test_a_facilitator_asks_and_sends_back(show, open_demo, sent, read):
    at = part(show("proposals", open_demo, Role.FACILITATOR, project=sent.code), sent, "questions")

    at.text_area(key="proposals_ask_question").input("Combien de bancs ?")
    next(b for b in at.button if b.label == "Poser la question").click().run()
    at.button(key="proposals_send_back").click().run()
    at.button(key="proposals_send_back_yes").click().run()

    assert not at.exception
    assert kept(open_demo, sent.code).stage is Stage.SENT_BACK


def test_an_empty_question_is_refused_in_words(show, open_demo, sent):
    at = part(show("proposals", open_demo, Role.FACILITATOR, project=sent.code), sent, "questions")

    next(b for b in at.button if b.label == "Poser la question").click().run()

    assert len(at.error) == 1


def test_a_facilitator_declares_admissible_and_is_told_what_is_not_there(
    show, open_demo, sent, read
):
    at = show("proposals", open_demo, Role.FACILITATOR, project=sent.code)

    at.button(key="proposals_admit").click().run()
    assert "L'architecture n'a pas donné d'avis" in read(at)
    at.button(key="proposals_admit_yes").click().run()

    assert kept(open_demo, sent.code).stage is Stage.ADMISSIBLE


def test_a_lead_answers_as_she_types_and_hands_it_in_again(show, open_demo, sent, read):
    back(open_demo, sent.code, "Combien ?")
    at = show("proposals", open_demo, Role.LEAD, project=sent.code)
    key = f"proposals_answer_demo_{sent.code}_1"

    at.button(key="proposals_submit").click().run()
    at.button(key="proposals_submit_yes").click().run()
    assert "attend encore une réponse" in read(at)

    at.text_area(key=f"{key}_text").input("Pas encore compté").run()
    at.checkbox(key=f"{key}_none").check().run()
    with open_demo.reading() as work:
        said = work.one(Inquiry, "demo", sent.code, 1)
    assert (said.answer, said.is_declined) == ("Pas encore compté", True)

    at.button(key="proposals_submit").click().run()
    at.button(key="proposals_submit_yes").click().run()
    assert kept(open_demo, sent.code).stage is Stage.SUBMITTED
    assert not at.exception


def test_an_answer_written_elsewhere_is_shown_beside_one_s_own(show, open_demo, sent, read):
    back(open_demo, sent.code, "Combien ?")
    at = show("proposals", open_demo, Role.LEAD, project=sent.code)
    with open_demo.reading() as work:
        asked = work.one(Inquiry, "demo", sent.code, 1)
    dossiers.answer(open_demo, LEAD, "demo", replace(asked, answer="Treize"))

    at.text_area(key=f"proposals_answer_demo_{sent.code}_1_text").input("Douze").run()

    assert "Treize" in read(at)
    assert "Douze" in read(at)


def test_one_that_comes_back_opens_on_what_changed_in_words_and_signs(show, open_demo, sent, read):
    handed_in_again(
        open_demo, sent.code, problem="Le mobilier <b>urbain</b> tombe souvent.",
        variants=(replace(sent.variants[0], spends=(Spend("PDI-VC", 0, Estimate(80_000_00)),)),),
    )
    at = show("proposals", open_demo, Role.FACILITATOR, project=sent.code)

    assert "<ins title='ajouté'>[+ &lt;b&gt;urbain&lt;/b&gt; +]</ins>" in html(at)
    told = read(at).replace("\u00a0", " ")
    assert "-20 000 \\$" in told
    assert "Réponse" not in told


def test_an_architect_gives_an_opinion_that_the_lead_reads(show, open_demo, sent, read):
    at = part(show("proposals", open_demo, Role.ARCHITECT, project=sent.code), sent, "opinion")

    at.radio(key="proposals_opinion_verdict").set_value(Verdict.WITH_CHANGES)
    at.text_area(key="proposals_opinion_reason").input("Trop de capteurs")
    next(b for b in at.button if b.label == "Donner l'avis").click().run()
    assert len(at.error) == 1  # the conditions are missing, what was typed stays
    assert at.text_area(key="proposals_opinion_reason").value == "Trop de capteurs"
    at.text_area(key="proposals_opinion_conditions").input("Un capteur par banc")
    next(b for b in at.button if b.label == "Donner l'avis").click().run()

    seen = part(show("proposals", open_demo, Role.LEAD, project=sent.code), sent, "opinion")
    assert "Un capteur par banc" in read(seen)


def test_an_opinion_on_an_earlier_version_says_so(show, open_demo, sent, read):
    given = Opinion(sent.code, 1, Verdict.PROCEED, "bien", "x", "")
    opinions.advise(open_demo, ARCHITECT, "demo", given)
    handed_in_again(open_demo, sent.code, risks="Un retard")

    at = show("proposals", open_demo, Role.MEMBER, project=sent.code)

    assert "Avis d'architecture\u00a0: Favorable – Sur une version antérieure" in read(at)
    assert "Sur une version antérieure" in read(part(at, sent, "opinion"))


def test_an_architect_lets_an_announced_debt_into_the_register(show, open_demo, sent, read):
    at = part(show("proposals", open_demo, Role.ARCHITECT, project=sent.code), sent, "opinion")

    at.button(key=f"proposals_effect_{sent.code}_D02_take").click().run()

    assert not at.exception
    with open_demo.reading() as work:
        item = work.one(DebtItem, "demo", "D02")
    assert sent.code in {remedy.project for remedy in item.remedies}
    assert "Au registre" in read(at)


def test_the_timeline_groups_what_was_typed(show, open_demo, sent, read):
    draft = back(open_demo, sent.code, "Combien ?")
    for risks in ("U", "Un", "Un retard"):
        draft = proposals.save(open_demo, LEAD, "demo", replace(draft, risks=risks))

    at = show("proposals", open_demo, Role.MEMBER, project=sent.code)
    told = read(part(at, sent, "timeline"))

    assert "ce qui était écrit, 3 fois" in told
    assert "Un retard" in told


def test_a_deadline_that_passed_while_typing_keeps_what_was_typed(show, open_demo, read):
    draft = proposals.begin(open_demo, LEAD, "demo", "Bancs")
    with open_demo.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, replace(work.one(Cycle, "demo"), submit_by=date(2026, 1, 15)))
    at = show("proposals", open_demo, Role.LEAD, project=draft.code, section="need")

    next(a for a in at.text_area if a.key.endswith("_problem")).input("Écrit trop tard").run()
    at.button(key="proposals_submit").click().run()
    at.button(key="proposals_submit_yes").click().run()

    assert "15 janvier 2026" in read(at).replace("\u00a0", " ")
    assert (kept(open_demo, draft.code).problem, kept(open_demo, draft.code).stage) == (
        "Écrit trop tard", Stage.DRAFT)


def test_what_is_typed_after_it_was_submitted_in_another_tab_is_shown(show, open_demo, read):
    draft = proposals.begin(open_demo, LEAD, "demo", "Bancs")
    at = show("proposals", open_demo, Role.LEAD, project=draft.code, section="need")
    submissions.submit(open_demo, LEAD, "demo", draft, DAY)

    next(a for a in at.text_area if a.key.endswith("_problem")).input("Tapé trop tard").run()

    assert not at.exception
    assert "déposée dans un autre onglet" in read(at)
    assert "[+ Tapé trop tard +]" in html(at)


def test_a_reader_is_told_that_a_field_is_kept_from_her_and_not_that_it_is_missing(
    show, open_demo, read
):
    with open_demo.writing(Act("test", "administrateur", "test")) as work:
        secret = replace(work.project("demo", "P01"), confidential=frozenset({"problem"}))
        work.save("demo", secret)

    told = read(show("proposals", open_demo, Role.OBSERVER, project="P01"))

    assert secret.problem not in told
    assert "Confidentiel" in told
    assert "le problème" not in told
    assert secret.problem in read(show("proposals", open_demo, Role.MEMBER, project="P01"))
