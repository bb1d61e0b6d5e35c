"""Each act is for the roles that the city gave it, asked of the store at every call."""

import importlib
import pkgutil
import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import FRAMEWORK, a_project, a_registry
from hubs import order, smell, sonar, source
from loopback import answering

import services
from data.importers import Brought
from data.store import Act, open_store
from optimizer.solvers import Search
from portfolio.acceptance import Acceptance, Ruling
from portfolio.debt import DebtItem, DebtStatus
from portfolio.errors import Forbidden
from portfolio.evaluation import Ballot, Conflict, Evaluation, Subject, Weight
from portfolio.footprint import Factor
from portfolio.legacy_risk import CRITERIA, Level, RiskAssessment
from portfolio.lifecycle import Product
from portfolio.person import Person, Role
from portfolio.project import Estimate, Stage
from portfolio.scan import Tool
from portfolio.system import System
from services import (
    bench,
    cycles,
    frameworks,
    hub,
    hub_live,
    legacy,
    lifecycles,
    proposals,
    rounds,
    scenarios,
    scores,
    weighting,
    why,
)
from services.acceptances import Wish
from services.debt_acts import Step
from services.jobs import Jobs
from services.permission import ACTS

for module in pkgutil.iter_modules(services.__path__):
    importlib.import_module(f"services.{module.name}")

ALL = set(Role)
COMMITTEE = ALL - {Role.LEAD}
RATES = {Role.MEMBER, Role.LEAD}
RUNS = {Role.FACILITATOR, Role.ADMINISTRATOR}
KEEPS_DEBT = {Role.ARCHITECT, Role.ADMINISTRATOR}
DECIDES = KEEPS_DEBT | {Role.MEMBER}
MAY = {
    "acceptances.ask": {Role.ARCHITECT},
    "acceptances.decline": DECIDES,
    "acceptances.grant": DECIDES,
    "acceptances.reactivate": KEEPS_DEBT,
    "acceptances.revoke": DECIDES,
    "acceptances.withdraw": {Role.ARCHITECT},
    "agreement.view": COMMITTEE,
    "balance.close_year": {Role.ARCHITECT, Role.ADMINISTRATOR},
    "balance.view": ALL,
    "bench.keep": RUNS,
    "bench.stamp": COMMITTEE,
    "cycles.cycles": ALL,
    "cycles.registry": ALL,
    "debt_acts.log": KEEPS_DEBT,
    "debt_acts.move": KEEPS_DEBT,
    "debt_acts.save": KEEPS_DEBT,
    "debt_report.council": COMMITTEE,
    "debts.view": ALL,
    "exports.write": RUNS | {Role.ARCHITECT},
    "footprint.evidence": ALL,
    "footprint.factors": ALL,
    "footprint.keep": {Role.ARCHITECT, Role.ADMINISTRATOR},
    "frameworks.advice": {Role.ADMINISTRATOR},
    "frameworks.begin": {Role.ADMINISTRATOR},
    "frameworks.bring_in": {Role.ADMINISTRATOR},
    "frameworks.consequences": {Role.ADMINISTRATOR},
    "frameworks.editions": ALL,
    "frameworks.export": ALL,
    "frameworks.publish": {Role.ADMINISTRATOR},
    "frameworks.remove": {Role.ADMINISTRATOR},
    "frameworks.save": {Role.ADMINISTRATOR},
    "frameworks.use": {Role.ADMINISTRATOR},
    "hub.batches": KEEPS_DEBT,
    "hub.bring_in": KEEPS_DEBT,
    "hub.preview": KEEPS_DEBT,
    "hub.terms": KEEPS_DEBT,
    "hub.undo": KEEPS_DEBT,
    "hub_live.fetch": KEEPS_DEBT,
    "imports.bring_in": RUNS,
    "lifecycles.apply": {Role.ARCHITECT, Role.ADMINISTRATOR},
    "lifecycles.beside": RUNS | {Role.ARCHITECT},
    "lifecycles.bring_in": {Role.ARCHITECT, Role.ADMINISTRATOR},
    "lifecycles.catalogue": RUNS | {Role.ARCHITECT},
    "lifecycles.fetch": {Role.ARCHITECT, Role.ADMINISTRATOR},
    "lifecycles.preview": {Role.ARCHITECT, Role.ADMINISTRATOR},
    "lifecycles.reset": {Role.ARCHITECT, Role.ADMINISTRATOR},
    "lifecycles.save": {Role.ARCHITECT, Role.ADMINISTRATOR},
    "legacy.confirm": KEEPS_DEBT,
    "legacy.revise": KEEPS_DEBT,
    "legacy.save": KEEPS_DEBT,
    "legacy.sheet": COMMITTEE,
    "legacy_view.view": COMMITTEE,
    "inventory.export": RUNS | {Role.ARCHITECT},
    "inventory.lookup": COMMITTEE,
    "inventory.quality": COMMITTEE,
    "inventory.view": COMMITTEE,
    "minutes.minutes": COMMITTEE,
    "offline_ballot.read": RATES,
    "offline_ballot.write": RATES,
    "overview.overview": ALL,
    "proposals.begin": {Role.LEAD},
    "proposals.move": {Role.LEAD},
    "proposals.save": {Role.LEAD},
    "quality.trend": ALL,
    "rating.declare_conflict": {Role.MEMBER},
    "rating.give": RATES,
    "rating.progress": {Role.FACILITATOR},
    "rating.save": RATES,
    "rating.sheet": RATES,
    "rating.take_back": RATES,
    "rating.withdraw_conflict": {Role.MEMBER},
    "register_history.count_findings": COMMITTEE,
    "register_history.findings": COMMITTEE,
    "register_history.of_debt": COMMITTEE,
    "register_history.of_system": COMMITTEE,
    "replay.replay": COMMITTEE,
    "rounds.begin": {Role.FACILITATOR},
    "rounds.reveal": {Role.FACILITATOR},
    "rounds.rounds": ALL,
    "scenarios.ask": COMMITTEE,
    "scores.card": COMMITTEE,
    "scores.framework": ALL,
    "scores.scores": COMMITTEE,
    "signs.signs": {Role.FACILITATOR},
    "systems.add": KEEPS_DEBT,
    "systems.findings": COMMITTEE,
    "systems.remove": KEEPS_DEBT,
    "systems.save": KEEPS_DEBT,
    "credits.view": COMMITTEE,
    "waiting.view": COMMITTEE,
    "weighting.adopt": {Role.FACILITATOR},
    "weighting.answered": {Role.FACILITATOR},
    "weighting.cast": {Role.MEMBER},
    "weighting.save": {Role.MEMBER},
    "weighting.take_back": {Role.MEMBER},
    "weighting.view": COMMITTEE - {Role.ARCHITECT},
    "weighting.withdraw": {Role.FACILITATOR},
    "why.inquiry": ALL,
    "why.points": ALL,
    "why.standing": ALL,
    "why.table": ALL,
}
PEOPLE = {role: Person(f"test-{role}", f"Test {role}", frozenset({role})) for role in Role}
FACILITATOR = PEOPLE[Role.FACILITATOR]
TODAY = date(2026, 11, 22)
JOBS = Jobs()
OWN = weighting.Choice(weighting.Kind.OWN, "raison")


UUID = "ca4f2da9-0fad-4a13-92d7-f627f3168a56"
LIFECYCLE = '[{"cycle": "8.1", "eol": true}]'
SERVED = {}  # where the fixture below answers


@pytest.fixture(scope="module", autouse=True)
def site():
    """A server with the lifecycle of one product, and a project of which a tool found nothing."""
    told = {f"/api/v1/project/{UUID}": f'{{"uuid": "{UUID}"}}', "/php.json": LIFECYCLE}
    with answering(lambda to: (200, {}, told.get(to.path.split("?")[0], "[]").encode())) as address:
        SERVED["site"] = address
        yield


@pytest.fixture(scope="module")
def kept(migrated_file, tmp_path_factory):
    """One person a role, two projects, a system."""
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("kept") / "kept.db")
    store = open_store(f"sqlite:///{file}")
    with store.writing(Act("test", "administrateur", "test")) as work:
        for person in PEOPLE.values():
            work.save(None, person)
        draft = a_project("P2", lead=PEOPLE[Role.LEAD].code, stage=Stage.DRAFT)
        systems = (System("S1", "Paie"), System("S2", "Taxe"))
        hers = a_project("P3", lead=PEOPLE[Role.LEAD].code)
        debts = (a_debt("D0"),)
        registry = a_registry(a_project("P1"), draft, hers, systems=systems, debts=debts)
        work.bring_in(registry)
    store.close()
    return file


@pytest.fixture
def store(kept, tmp_path):
    with_own = open_store(f"sqlite:///{shutil.copy(kept, tmp_path / 'own.db')}")
    yield with_own
    with_own.close()


def given(act, store):
    """What the act is called with, after the store and the person."""
    match act:
        case "cycles.cycles" | "bench.stamp" | "frameworks.editions":
            return ()
        case "overview.overview" | "debts.view" | "balance.view":
            return "c", TODAY
        case "credits.view":
            return ("c",)
        case "waiting.view" | "debt_report.council":
            return "c", TODAY
        case "balance.close_year":
            return "c", TODAY.year - 1, TODAY
        case "debt_acts.log":
            return "c", a_debt("D1"), TODAY
        case "debt_acts.move":
            return "c", a_debt("D0", version=1), Step(DebtStatus.IN_REMEDIATION), TODAY
        case "debt_acts.save":
            return "c", a_debt("D0", owner="anne", version=1)
        case "acceptances.ask":
            return "c", Wish("D0", "raison", "contrôle", date(2027, 1, 1)), TODAY
        case "acceptances.reactivate":
            with store.writing(Act("test", "architecte", "test")) as work:
                accepted = a_debt("D0", status=DebtStatus.ACCEPTED, version=1)
                return "c", work.save("c", accepted), "raison", TODAY
        case "acceptances.withdraw":
            return "c", a_request(store, PEOPLE[Role.ARCHITECT].code), TODAY
        case "acceptances.grant" | "acceptances.decline":
            return "c", a_request(store, "anne"), "raison", TODAY
        case "acceptances.revoke":
            return "c", a_request(store, "anne", Ruling.GRANTED, "zoe"), "raison", TODAY
        case "register_history.of_debt" | "register_history.findings":
            return "c", "D0"
        case "register_history.count_findings":
            return "c", "D0"
        case "register_history.of_system" | "systems.findings":
            return "c", "S1"
        case "systems.add":
            return "c", System("S9", "Neuf")
        case "systems.save":
            return "c", System("S1", "Paie", owner="anne", version=1)
        case "systems.remove":
            return "c", System("S2", "Taxe", version=1)
        case "inventory.view" | "inventory.quality":
            return "c", TODAY
        case "inventory.lookup":
            return "c", "paie"
        case "exports.write":
            return "c", ".zip"
        case "footprint.evidence":
            return "c", "P1"
        case "footprint.keep":
            return "c", Factor("kiosk.made", 1, 2, 3, "kgCO2e", "contrat")
        case "frameworks.advice":
            return scores.framework(store, FACILITATOR, "c"), "c"
        case "frameworks.begin":
            return *FRAMEWORK, "2099.1"
        case "frameworks.bring_in":
            return (frameworks.export(store, FACILITATOR, *FRAMEWORK),)
        case "frameworks.consequences":
            return "c", *FRAMEWORK
        case "frameworks.export":
            return FRAMEWORK
        case "frameworks.publish" | "frameworks.remove" | "frameworks.save":
            chief = PEOPLE[Role.ADMINISTRATOR]
            return (frameworks.begin(store, chief, *FRAMEWORK, "2099.1"),)
        case "frameworks.use":
            return cycles.cycles(store, FACILITATOR)[0], *FRAMEWORK
        case "hub.bring_in" | "hub.preview":
            return hub_asked()
        case "hub.undo":
            return "c", hub.bring_in(store, PEOPLE[Role.ARCHITECT], *hub_asked()).batch
        case "hub_live.fetch":
            return (hub_live.Asked(Tool.DEPENDENCY_TRACK, SERVED["site"], UUID),)
        case "imports.bring_in":
            return (Brought(a_registry(a_project("P9")), "csv"),)
        case "legacy.sheet":
            return "c", "S1", TODAY
        case "legacy.save":
            return "c", RiskAssessment("S1"), TODAY
        case "legacy.confirm":
            return "c", RiskAssessment("S1", tuple(Level(c, 1, "raison") for c in CRITERIA)), TODAY
        case "legacy.revise":
            return "c", a_confirmed_risk(store)
        case "legacy_view.view":
            return "c", TODAY
        case "offline_ballot.read":
            return "c", b"PK", "bulletin.xlsx"
        case "offline_ballot.write":
            rounds.begin(store, FACILITATOR, "c", Subject.SCORES)
            return ("c",)
        case "lifecycles.apply":
            return "c", lifecycles.beside(store, FACILITATOR, "c").lines
        case "lifecycles.bring_in" | "lifecycles.preview":
            return ((Product("x", "X"),),)
        case "lifecycles.catalogue":
            return ()
        case "lifecycles.fetch":
            return f"{SERVED['site']}/php.json", TODAY
        case "lifecycles.reset":
            return (lifecycles.save(store, PEOPLE[Role.ARCHITECT], Product("x", "X"), TODAY),)
        case "lifecycles.save":
            return Product("x", "X"), TODAY
        case "proposals.begin":
            return "c", "Un titre"
        case "proposals.save":
            return "c", draft(store)
        case "proposals.move":
            return "c", draft(store), Stage.SUBMITTED
        case "scenarios.ask":
            return "c", "base"
        case "bench.keep":
            asked = scenarios.ask(store, FACILITATOR, "c", "base")
            return "c", asked, scenarios.answer(asked, Search())
        case "quality.trend":
            return "c", "S1"
        case "rating.save" | "rating.give" | "rating.take_back":
            return "c", a_rating(act, store)
        case "rating.declare_conflict":
            return "c", "P1", "Parenté"
        case "rating.withdraw_conflict":
            with store.writing(Act("test", "membre", "test")) as work:
                work.save("c", Conflict("test-membre", "P1", "Parenté"))
            return "c", "P1"
        case "replay.replay":
            bench.keep(store, FACILITATOR, *given("bench.keep", store))
            return "c", "base", Search()
        case "rounds.begin":
            return "c", Subject.WEIGHTS
        case "rounds.reveal":
            rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS)
            with store.writing(Act("test", "membre", "test")) as work:
                work.save("c", Ballot("test-membre", ()))
            return "c", Subject.WEIGHTS
        case "scores.card":
            return "c", "P1"
        case "weighting.adopt":
            return "c", OWN
        case "weighting.withdraw":
            return "c", weighting.adopt(store, FACILITATOR, "c", OWN)
        case "weighting.save" | "weighting.cast":
            return "c", ballot(store)
        case "weighting.take_back":
            weighting.save(store, PEOPLE[Role.MEMBER], "c", ballot(store))
            return ("c",)
        case "why.points":
            return "c", "P3"
        case "why.standing":
            return JOBS, why.inquiry(store, FACILITATOR, "c"), "P3"
        case "why.table":
            return JOBS, why.inquiry(store, FACILITATOR, "c")
    return ("c",)


def hub_asked():
    """A scan into the system of the cycle."""
    scan = sonar(smell("a"))
    return "c", source(scan), order((scan,), "S1")


def a_debt(code, **more):
    return DebtItem(code, "Dette", "S1", Estimate(100), Estimate(10), **more)


def a_request(store, asked_by, ruling=Ruling.ASKED, ruled_by=""):
    asked = Acceptance(
        "D0", 1, "raison", "contrôle", date(2027, 1, 1), asked_by, TODAY, ruling, ruled_by
    )
    with store.writing(Act("test", "architecte", "test")) as work:
        return work.save("c", asked)


def ballot(store):
    """The member's own, every criterion weighing the same, in a round that is open."""
    rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS)
    begun = weighting.view(store, PEOPLE[Role.MEMBER], "c")
    even = tuple(Weight(c.key, 1.0) for c in begun.framework.criteria)
    return replace(begun.ballot, weights=even)


def a_rating(act, store):
    """A rating of the lead's own project: she and a member may both say it."""
    rounds.begin(store, FACILITATOR, "c", Subject.SCORES)
    if act == "rating.take_back":
        with store.writing(Act("test", "membre", "test")) as work:
            for role in RATES:
                work.save("c", Evaluation("P3", "1.1", PEOPLE[role].code, None))
    return Evaluation("P3", "1.1", "whoever", None, version=int(act == "rating.take_back"))


def a_confirmed_risk(store):
    """The system S1, assessed at 1 everywhere and confirmed."""
    lowest = RiskAssessment("S1", tuple(Level(c, 1, "raison") for c in CRITERIA))
    return legacy.confirm(store, PEOPLE[Role.ARCHITECT], "c", lowest, TODAY)


def draft(store):
    with store.reading() as work:
        return work.project("c", "P2")


def do(act, store, by):
    module, name = act.rsplit(".", 1)
    function = getattr(importlib.import_module(f"services.{module}"), name)
    return function(store, by, *given(act, store))


def test_every_act_says_who_may_do_it():
    assert set(ACTS) == set(MAY)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", MAY)
def test_an_act_is_for_its_roles_and_no_other(store, act, role):
    if role in MAY[act]:
        do(act, store, PEOPLE[role])
        return
    with pytest.raises(Forbidden) as refused:
        do(act, store, PEOPLE[role])
    assert refused.value.code == "not-allowed"
    assert set(refused.value.facts["accepted"]) == MAY[act]


@pytest.mark.parametrize("act", MAY)
def test_a_disabled_person_does_nothing(store, act):
    everything = change(store, FACILITATOR, roles=frozenset(Role), is_active=False)

    with pytest.raises(Forbidden, match="not-allowed"):
        do(act, store, everything)


@pytest.mark.parametrize("act", MAY)
def test_someone_unknown_does_nothing_whatever_they_claim(store, act):
    with pytest.raises(Forbidden, match="not-allowed"):
        do(act, store, Person("mallory", "Mallory", frozenset(Role)))


def test_a_role_withdrawn_is_refused_at_the_next_call(store):
    lead = PEOPLE[Role.LEAD]
    written = proposals.save(store, lead, "c", replace(draft(store), problem="Un problème"))

    change(store, lead, roles=frozenset({Role.OBSERVER}))

    with pytest.raises(Forbidden, match="not-allowed"):
        proposals.save(store, lead, "c", replace(written, problem="Un autre"))
    assert draft(store).problem == "Un problème"


def test_a_role_given_holds_at_the_next_call(store):
    observer = PEOPLE[Role.OBSERVER]
    with pytest.raises(Forbidden, match="not-allowed"):
        proposals.begin(store, observer, "c", "Un titre")

    change(store, observer, roles=frozenset({Role.OBSERVER, Role.LEAD}))

    assert proposals.begin(store, observer, "c", "Un titre").lead == observer.code


def test_a_draft_is_seen_by_its_lead_and_by_administrators(store):
    sees = {
        role: "P2" in {p.code for p in cycles.registry(store, PEOPLE[role], "c").projects}
        for role in Role
    }

    assert {role for role, seen in sees.items() if seen} == {Role.LEAD, Role.ADMINISTRATOR}


def change(store, person, **differently):
    with store.writing(Act("test", "administrateur", "test")) as work:
        return work.save(None, replace(work.person(person.code), **differently))
