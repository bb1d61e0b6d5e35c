"""Nouns of every shape that can be, for tests that must hold whatever people enter."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from data import journal
from portfolio.acceptance import Acceptance, Ruling
from portfolio.batch import Batch, Counts
from portfolio.charter import Charter, Extension, Majority, Undecided
from portfolio.contact import Contact, Rhythm
from portfolio.cycle import Cycle, Envelope, Team
from portfolio.debt import DebtItem, DebtStatus, DebtType, Evidence, Priced, Quadrant, Remedy
from portfolio.decision import Correction, Decision, Grant, Publication, Verb
from portfolio.dossier import Attachment, Inquiry, Intake, Opinion, Submission, Verdict
from portfolio.evaluation import (
    Adopted,
    Ballot,
    Between,
    Comparison,
    Conflict,
    Evaluation,
    Method,
    Round,
    Subject,
    Weight,
)
from portfolio.finding import Component, Finding, Reading, Severity, Theme
from portfolio.footprint import Deed, Factor, Quantity
from portfolio.horizon import Horizon
from portfolio.identity import Identity, Invitation
from portfolio.legacy_risk import IMPACTS, LIKELIHOODS, Funding, Level, RiskAssessment
from portfolio.lifecycle import Product, Release
from portfolio.meeting import (
    Attendance,
    Choice,
    Freeze,
    Meeting,
    MeetingState,
    Motion,
    MotionState,
    Override,
    Record,
    Step,
    Vote,
)
from portfolio.person import Person, Role
from portfolio.project import (
    MAY_BE_CONFIDENTIAL,
    Answer,
    Category,
    DebtEffect,
    Effort,
    Estimate,
    LegalBasis,
    Measure,
    Project,
    Sensitivity,
    Spend,
    Stage,
    Tag,
    Variant,
)
from portfolio.promise import Promise, PromisedDebt, StatusReport
from portfolio.registry import Registry
from portfolio.rules import (
    AtMostStarts,
    Ceiling,
    DebtCeiling,
    DebtFloor,
    Excludes,
    Floor,
    Force,
    Listed,
    Mandatory,
    Needs,
    NeedsOneOf,
    Synergy,
    Tagged,
    Together,
    Window,
)
from portfolio.scenario import DebtMode, Scenario
from portfolio.system import Dependency, Disposition, System, Technology, ToolKey
from portfolio.words import Bilingual
from portfolio.year_end import ItemYear, SystemYear, YearEnd

AT = "2026-11-27T09:00:00+00:00"
RATED = (*LIKELIHOODS, *IMPACTS)

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
text = st.text(LETTERS, max_size=20) | st.sampled_from(
    ["", "Élaguer l'échéancier, « à Montréal »", "NA", "007", "1E5", " ", "=1+1", "é" * 200]
)
code = st.text(LETTERS, min_size=1, max_size=8).filter(str.strip) | st.sampled_from(
    ["P1", "é/ü%", "a/b", "X" * 160, "日本", "🙂"]
)
cents = st.integers(0, 10**14)
share = st.floats(0, 1)
days = st.floats(0, 1e6)
number = st.floats(allow_nan=False, allow_infinity=False)
day = st.dates()
bilingual = st.builds(Bilingual, text, text)


def maybe(strategy):
    return st.none() | strategy


def some(strategy, key=lambda noun: noun.code, **size):
    return st.lists(strategy, unique_by=key, **{"max_size": 3, **size}).map(tuple)


def series(strategy, most=3):
    return st.lists(strategy, max_size=most).map(tuple)


@st.composite
def estimate(draw):
    low, likely, high = sorted(draw(st.tuples(cents, cents, cents)))
    return Estimate(likely, draw(maybe(st.just(low))), draw(maybe(st.just(high))))


legal_basis = st.builds(LegalBasis, text, text, maybe(day), text)


@st.composite
def variant(draw):
    duration = draw(maybe(st.integers(1, 4)))
    period = st.integers(0, (duration or 4) - 1)
    spend = st.builds(Spend, code, period, estimate())
    effort = st.builds(Effort, code, period, days)
    return Variant(
        draw(code), draw(text), duration, draw(days),
        draw(some(spend, lambda s: (s.envelope, s.period))),
        draw(some(effort, lambda e: (e.team, e.period))),
    )


project = st.builds(
    Project, code, text.filter(str.strip), text, text, text, text,
    st.sampled_from(Category), st.sampled_from(Stage), text, text, text, text, text, text,
    maybe(legal_basis), text, st.sampled_from(Sensitivity),
    maybe(st.integers(-(10**14), 10**14)), maybe(number), maybe(share), text,
    some(code, str),
    some(st.builds(Tag, text, text), repr),
    some(st.builds(Answer, text, text, text), lambda a: a.question),
    some(st.builds(Measure, text, number), lambda m: m.name),
    some(st.builds(Quantity, code, st.sampled_from(Deed), days, maybe(days)), repr),
    some(variant()),
    some(st.builds(DebtEffect, code, share, text, text, maybe(cents), text), lambda e: e.debt),
    st.frozensets(st.sampled_from(MAY_BE_CONFIDENTIAL)),
)

filled = text.filter(str.strip)
technology = st.builds(
    Technology, text, text, maybe(day), maybe(day), maybe(day), maybe(day), text, text, text, text,
    maybe(day), text, text, text,
)
system = st.builds(
    System, code, filled, text, text, maybe(st.integers(1, 5)), maybe(cents),
    maybe(cents), maybe(cents), maybe(st.sampled_from(Disposition)), text,
    some(technology, lambda t: (t.name, t.version)), some(text, str),
    some(st.builds(Dependency, code.map(lambda c: f"{c[:150]} needed"), text), lambda d: d.on),
    some(st.builds(ToolKey, code, code), repr), maybe(cents), text,
)
evidence = st.builds(
    Evidence, filled, text, text, text, maybe(st.integers(0, 10**6)), maybe(day), maybe(day)
)


@st.composite
def debt(draw):
    hours = draw(st.floats(0, 1e6))
    priced = Priced(hours, draw(st.integers(0, 10**6)), draw(st.integers(0, 10**12)))
    by_hours = draw(st.booleans())
    return draw(st.builds(
        DebtItem, code, filled, code, st.just(Estimate(priced.amount)) if by_hours else estimate(),
        estimate(), st.sampled_from(DebtType), number, number, cents, share, share, maybe(day),
        text, maybe(st.integers(1, 3)), st.sampled_from(DebtStatus), text, maybe(day),
        series(cents), text, maybe(cents),
        some(st.builds(Remedy, code, share, maybe(st.integers(1, 9))), lambda r: r.project), text,
        maybe(st.sampled_from(Quadrant)), st.just(priced if by_hours else None), st.none(),
        maybe(cents), series(evidence), text, maybe(day), maybe(day),
        text.map(lambda t: f"{t}="), text,
    ))


@st.composite
def acceptance(draw):
    asked = draw(st.dates(max_value=date(2100, 1, 1)))
    ruling = draw(st.sampled_from(Ruling))
    expires = draw(st.dates(min_value=asked + timedelta(days=1)))
    return Acceptance(
        draw(code), draw(st.integers(1, 5)), draw(filled), draw(filled), expires,
        "anne", asked, ruling, "bruno", draw(maybe(day)), draw(text),
    )


@st.composite
def level(draw, criterion):
    given = draw(st.integers(1, 5))
    return Level(
        criterion, given, draw(text), draw(maybe(st.integers(1, 5))), draw(some(code, str)),
        draw(maybe(st.integers(1, given))),
    )


@st.composite
def assessment(draw):
    is_complete = draw(st.booleans())
    rated = RATED if is_complete else draw(st.lists(st.sampled_from(RATED), unique=True))
    return RiskAssessment(
        draw(code), tuple(draw(level(criterion)) for criterion in rated),
        "anne" if is_complete else "",
        draw(maybe(day)), draw(text), draw(st.sampled_from(Funding)), draw(maybe(day)),
        draw(maybe(number)), draw(text), draw(some(code, str)),
    )


year_end = st.builds(
    YearEnd, st.integers(2000, 2100), day, filled,
    some(st.builds(SystemYear, code, *[cents] * 8), lambda s: s.system),
    some(st.builds(ItemYear, code, cents, cents), lambda i: i.debt),
)
evaluation = st.builds(
    Evaluation, code, code, code, maybe(st.floats(0, 4)), text, text, maybe(st.integers(1, 3)),
    st.integers(1, 3), st.booleans(),
)
weights = some(
    st.builds(Weight, code, days, st.sampled_from(Method)), lambda w: w.criterion
)
ballot = st.builds(
    Ballot, code, weights, st.integers(1, 3),
    some(st.builds(Comparison, code, code, st.floats(1 / 9, 9)),
         lambda c: frozenset((c.one, c.other))),
    st.booleans(),
)
round_ = st.builds(
    Round, st.sampled_from(Subject), st.integers(1, 3), some(code, str), maybe(day), maybe(day)
)
conflict = st.builds(Conflict, code, code, text.filter(str.strip))
between = st.tuples(share, share).map(sorted).flatmap(
    lambda ends: st.builds(Between, code, st.just(ends[0]), st.just(ends[1]))
)
adopted = st.builds(
    Adopted, st.integers(0, 3), weights, some(between, lambda b: b.criterion),
    series(some(code, str)), text,
)
factor = st.tuples(days, days, days).map(sorted).flatmap(
    lambda n: st.builds(Factor, code, *map(st.just, n), code, code, bilingual)
)
person = st.builds(
    Person, code, text.filter(str.strip), st.frozensets(st.sampled_from(Role)),
    st.sampled_from(["fr", "en"]), st.booleans(), st.booleans(), text,
    st.frozensets(code, max_size=3),
)

codes = some(code, str, min_size=2)
money = cents.map(lambda amount: amount / 100)
link = st.one_of(
    codes.flatmap(lambda c: st.builds(Needs, st.just(c[0]), st.just(c[1]), st.integers(0, 4))),
    codes.flatmap(
        lambda c: st.builds(NeedsOneOf, st.just(c[0]), st.just(c[1:]), st.integers(0, 4))
    ),
    st.builds(Excludes, codes, st.integers(0, 4)),
    st.builds(Together, codes),
    st.builds(
        Synergy, codes, number,
        st.dictionaries(code, st.lists(money, min_size=1, max_size=3).map(tuple), max_size=2),
    ),
)
group = maybe(st.builds(Listed, codes) | st.builds(Tagged, text, text))
rule = st.one_of(
    link,
    st.builds(Mandatory, code, maybe(st.integers(0, 9))),
    st.builds(Force, code, st.booleans(), text),
    st.builds(Window, code, st.just(1), st.integers(1, 9)) | st.builds(Window, code),
    st.builds(AtMostStarts, st.integers(0, 9)),
    st.builds(Floor, text, group, share) | st.builds(Floor, text, group, st.none(), number),
    st.builds(Ceiling, text, group, share) | st.builds(Ceiling, text, group, st.none(), number),
    st.builds(DebtFloor, share),
    st.builds(DebtCeiling, days),
)
scenario = st.builds(
    Scenario, code, bilingual, series(rule),
    st.sampled_from(["value", "-cost", ""]) | st.dictionaries(code, number, max_size=3),
    st.dictionaries(code, days, max_size=3), maybe(days), st.frozensets(code, max_size=3),
    days, days, st.sampled_from(DebtMode), st.integers(1, 10**9), st.integers(0, 30),
)


@st.composite
def cycle(draw):
    horizon = Horizon(
        draw(st.integers(2000, 2100)), draw(st.integers(1, 4)), draw(st.sampled_from([1, 2, 4, 12]))
    )
    envelope = st.builds(Envelope, code, bilingual, maybe(series(cents, horizon.periods)), share)
    team = st.builds(Team, code, bilingual, text, series(days, horizon.periods))
    return Cycle(
        draw(code), draw(bilingual), horizon, draw(text), draw(text), draw(some(envelope)),
        draw(some(team)), draw(days), draw(maybe(day)), draw(st.booleans()), draw(bilingual),
        draw(series(cents)),
    )


registry = st.builds(
    Registry, cycle(), some(project), some(link, repr), some(system), some(debt()),
    some(evaluation, lambda e: (e.project, e.criterion, e.evaluator, e.round)),
    some(ballot, lambda b: (b.person, b.round)), some(person), some(scenario),
    some(round_, lambda r: (r.subject, r.number)), some(conflict, lambda c: (c.person, c.project)),
    some(adopted, lambda a: a.round), some(factor),
    some(acceptance(), lambda a: (a.debt, a.number)), some(assessment(), lambda a: a.system),
    some(year_end, lambda y: y.year),
)


def a_cycle(code="2027", **more):
    money = Envelope("PDI", Bilingual("Plan"), (100_00, 0), 0.1)
    given = {"envelopes": (money,), "teams": (Team("DEV", Bilingual("Dev")),),
             "framework": "m2030", "framework_version": "1", **more}
    return Cycle(code, Bilingual("Cycle", "Cycle"), Horizon(2027, 2), **given)


def a_project(code="P1", title="Éclairage", cost=(100_00,), **more):
    """One variant, with that cost in cents by period of its life."""
    spends = tuple(Spend("PDI", i, Estimate(c)) for i, c in enumerate(cost))
    variant = Variant("base", "", len(cost) or 1, 1.0, spends)
    return Project(code, title, variants=(variant,), **more)


def a_full_registry(code="2027"):
    """Every kind of noun, with every field given, every kind of rule and of link."""
    whole = Estimate(200, 100, 300)
    links = (
        Needs("P1", "P2", 1), NeedsOneOf("P1", ("P2", "P3"), 2), Excludes(("P1", "P3"), 1),
        Together(("P2", "P3")), Synergy(("P1", "P2"), 2.5, {"PDI": (10.01, 0.0, 0.3)}),
    )
    rules = (
        *links, Mandatory("P1", 1), Force("P1", False, "raison"), Window("P1", 0, 1),
        AtMostStarts(3), Floor("cost", Tagged("ambition", "2.1"), 0.1),
        Ceiling("carbon", Listed(("P1",)), None, 9.5), DebtFloor(0.15), DebtCeiling(1e6),
    )
    first = Project(
        "P1", "Éclairage", "Lighting", "SIM", "anne", "bruno", Category.MANDATORY, Stage.APPROVED,
        "problème", "effet", "tous", "2027", "2028", "2028",
        LegalBasis("Loi 25", "art. 3", date(2024, 9, 22), "avis"), "risques", Sensitivity.CRITICAL,
        -5_00, 12.5, 0.25, "feuille 1", ("S1", "S2"), (Tag("ambition", "2.1"),),
        (Answer("q1", "oui", "certes"),), (Measure("carbon", 0.1),),
        (Quantity("laptop", Deed.KEPT, 20.0, 2.0),),
        (Variant("base", "Base", 2, 0.9, (Spend("PDI", 1, whole),), (Effort("DEV", 0, 1.5),)),),
        (DebtEffect("D1", 0.5, note="selon l'architecte"),
         DebtEffect("", 1.0, "S2", "Interface provisoire", 40_00)),
        frozenset({"risks"}),
    )
    dates = (date(2027 + i, 1, 31) for i in range(4))
    technologies = (Technology("PG", "15", *dates, "vente", "actif", "soutien", "payé",
                               date(2031, 1, 1), "pkg:generic/pg", "cpe:/a:pg", "postgresql.org"),)
    priced = Priced(1.5, 100, 50)
    return Registry(
        a_cycle(code, submit_by=date(2026, 12, 1), discount=0.03, source=Bilingual("a", "b"),
                teams=(Team("DEV", Bilingual("Dev", "Dev"), "java", (10.5, 0.0)),),
                thresholds=(500_000_00,)),
        (first, a_project("P2", cost=()), a_project("P3", cost=(0,))), links,
        (System("S1", "Paie", "Pay", "anne", 5, 100, 1, 2, Disposition.MIGRATE, "vieux",
                technologies, ("SIM",), (Dependency("S2", "identités"),),
                (ToolKey("sonarqube", "paie"),), 9, "recouvrement"), System("S2", "Identités")),
        (DebtItem("D1", "Dette", "S1", whole, whole, DebtType.DATA, 0.1, 0.2, 3, 0.1, 0.9,
                  date(2028, 1, 1), "audit", 2, DebtStatus.PLANNED, "anne", date(2027, 6, 1),
                  (0, 5), "PDI", 7, (Remedy("P1", 0.5, 1),), "longtemps remise",
                  Quadrant.DELIBERATE_PRUDENT, priced, priced, 4,
                  (Evidence("audit", "p. 3", "https://exemple", "lu", 12, date(2026, 1, 1),
                            date(2026, 2, 1)),),
                  "fiabilite", date(2025, 1, 1), date(2026, 3, 1), "D0", "P3"),
         DebtItem("D0", "Dette", "S1", whole, whole)),
        (Evaluation("P1", "1.1", "anne", 3.5, "parce que", "lien", 2, 2, False),),
        (Ballot("anne", (Weight("1", 60.0, Method.PAIRS), Weight("2", 40.0)), 2,
                (Comparison("1", "2", 1.5),), False),),
        (Person("anne", "Anne", frozenset({Role.LEAD, Role.MEMBER}), "en", True, True, "SIM",
                frozenset({"1.1"})), Person("bruno", "Bruno")),
        (Scenario("S", Bilingual("Base", "Base"), rules, {"value": 1.0, "-cost": 0.1},
                  {"PDI": 1.1}, 0.5, frozenset({"together"}), 30.0, 0.01, DebtMode.MONEY, 100, 5),
         Scenario("T", Bilingual("Coût"), maximize="-cost")),
        (Round(Subject.SCORES, 2, ("P1",), date(2026, 11, 1), date(2026, 11, 20)),),
        (Conflict("anne", "P2", "conjoint"),),
        (Adopted(1, (Weight("1", 2.0, Method.SWING),), (Between("1", 0.1, 0.3),), (("2", "1"),),
                 "accord"),),
        (Factor("laptop.made", 1.0, 2.0, 3.0, "kgCO2e", "base", Bilingual("Portable", "Laptop")),),
        (Acceptance("D1", 1, "coûteux", "surveillance", date(2027, 1, 1), "anne",
                    date(2026, 1, 1), Ruling.GRANTED, "bruno", date(2026, 1, 2), "d'accord"),),
        (RiskAssessment("S1", tuple(Level(c, 3, "preuve", 2, ("D1",), 1) for c in RATED), "anne",
                        date(2026, 5, 1), "remplacer", Funding.PARTIAL, date(2028, 1, 1), 0.1,
                        "notes", ("P2",)),),
        (YearEnd(2026, date(2026, 12, 31), "anne", (SystemYear("S1", 1, 2, 3, 4, 5, 6, 7, 8),),
                 (ItemYear("D1", 9, 10),)),),
    )


def seen():
    """Every kind of noun that is kept beside the registry, with every field given."""
    on = date(2026, 1, 1)
    return (
        Finding("S1", "sonarqube", "k1", Theme.SECURITY, "Clé en clair", "paie", Severity.HIGH,
                "CRITICAL", "java:S1", "a.java:3", 30, "D1", "https://exemple", True, on, on, on,
                1),
        Component("S1", "cyclonedx", "k1", "log4j", "2.14.1", "paie", "pkg:maven/l/log4j", "cpe:/a",
                  "library", "Apache-2.0", "log4j", "2", on, on),
        Reading("S1", "sonarqube", "ncloc", on, 12.5, "paie"),
        Batch(1, on, "anne", "sonarqube", "a.json", "0" * 64, "S1", Counts(1, 2, 3, 4, 5), 1, 2, 3,
              True),
        Charter(on, on, on, on, Bilingual("Appel", "Call"), "deux tiers", "dette", 5, 2,
                Majority.TWO_THIRDS, Undecided.HOLD, True, 15, on, "anne"),
        Extension("P1", on, "panne", "anne"),
        Submission("P1", 1, "anne", AT, "{}"),
        Inquiry("P1", 1, "need", "Combien ?", "bruno", AT, "Douze.", "anne", AT, True),
        Opinion("P1", 1, Verdict.WITH_CHANGES, "raison", "anne", AT, "réduire"),
        Intake("P1", "D1", 0.5, 100, True, "anne", AT, "D1", "chiffré"),
        Attachment("P1", 1, "avis.pdf", "application/pdf", 9, "0" * 64, "anne", AT, "legal",
                   "avis juridique", True, AT),
        *of_the_room(),
    )


def of_the_room():
    """Every kind of noun of the committee's room, with every field given."""
    on = date(2026, 1, 1)
    return (
        Meeting(
            1, on, "S", "salle", "anne", MeetingState.OPEN, Step.VOTE, "P1", AT, True, AT, AT, AT,
        ),
        Attendance(1, "anne", True, AT, "par vidéo"),
        Freeze(1, 2, "anne", AT, "0" * 64, "1" * 64, "un fait corrigé", "2" * 64),
        Override(1, "P1", True, "mandat", "anne", "base", "2027", 2.5, ("P1",), ("P2", "P3"), 1,
                 "bruno", AT),
        Motion(1, 1, "Retenir P1", "anne", AT, "P1", Verb.CONDITIONAL, True, MotionState.CARRIED,
               AT, 5, 3, 1, 1, "reprise"),
        Vote(1, 1, "anne", AT, Choice.FOR, AT),
        Record(1, 1, "anne", AT, "0" * 64, "faute de frappe"),
        Decision("P1", 1, Verb.CONDITIONAL, "utile", "anne", AT, 1, 1, "base", "2027",
                 (Grant("PDI", 0, 100), Grant("PDI", 1, 50)), "un pilote", on, False, 2.5, "bruno"),
        Correction("P1", 1, 1, "cost", "210 k$", "anne", AT, True, "corrigé", "bruno", AT),
        Publication(1, "anne", AT, "0" * 64, "première", AT),
        Promise("P1", 1, on, on, date(2027, 1, 1), "base", 100, (PromisedDebt("D1", 0.5, 50),)),
        StatusReport("P1", on, "anne", AT, on, on, date(2027, 1, 1), 120, 30, "note"),
    )


def of_people():
    """Every kind of noun that is the house's and not a cycle's, beside people and frameworks."""
    return (
        Identity("https://idp", "abc", "anne"),
        Invitation("0" * 64, "anne", AT, "bruno", AT),
        Contact("anne", "anne@exemple.org", Rhythm.DAILY),
    )


def a_product():
    dates = (date(2027 + i, 1, 31) for i in range(4))
    return Product(
        "pg", "PostgreSQL", "PGDG", "db", ("postgres",), ("pkg:generic/pg",), ("cpe:/a:pg",),
        (Release("15", "15", *dates, "a", "b", "c", "d", None, "postgresql.org", date(2026, 1, 1)),
         Release("14", has_ended=True)),
        "https://exemple",
    )


def unversioned(noun):
    return replace(noun, version=0) if hasattr(noun, "version") else noun


def told(store):
    """Every line of the store's journal."""
    with store.reading() as work:
        return list(journal.lines(work))
