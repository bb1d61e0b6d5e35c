"""The register of debt in tables: read strictly, told where it is wrong."""

from portfolios import zipped

from data.importers import bring

BASE = {
    "projects": "code,title\nP1,Un\n",
    "people": "code,name\nanne,Anne\nbruno,Bruno\n",
    "systems": "code,title\nS1,Paie\nS2,Identités\n",
    "debts": "code,title,system,principal,interest\nD1,Dette,S1,100,10\n",
}


def refused(**tables):
    brought = bring("x", zipped(BASE | tables))
    assert brought.registry is None
    return {(r.code, r.where.file, r.where.row, r.where.column) for r in brought.refused}


def test_a_system_needs_another_one_but_never_itself():
    needs = "system,on,reason\nS1,S2,identités\n"

    brought = bring("x", zipped(BASE | {"dependencies": needs}))

    (needed,) = brought.registry.systems[0].dependencies
    assert (needed.on, needed.reason) == ("S2", "identités")
    assert refused(dependencies="system,on\nS1,S1\n") == {
        ("needs-itself", "systems.csv", 2, "dependencies")
    }


def test_nobody_grants_what_they_asked_for_themselves():
    head = "debt,number,reason,control,expires,asked_by,asked_on,ruling,ruled_by\n"
    own = head + "D1,1,cher,surveillance,2027-01-01,anne,2026-01-01,accordee,anne\n"

    assert refused(acceptances=own) == {("own-request", "acceptances.csv", 2, "ruled_by")}


def test_an_amount_that_is_not_its_hours_times_their_rate_is_refused():
    head = "code,title,system,principal,interest,principal_hours,principal_rate\n"

    assert refused(debts=head + "D1,Dette,S1,100,10,2,45\n") == {
        ("not-its-price", "debts.csv", 2, "principal")
    }


def test_a_level_past_its_scale_is_refused_and_so_is_one_of_a_system_without_assessment():
    levels = "system,criterion,level\nS1,C1,6\nS2,L1,2\n"

    assert refused(assessments="system\nS1\n", risk_levels=levels) == {
        ("out-of-range", "risk_levels.csv", 2, "level"),
        ("unknown-code", "risk_levels.csv", 3, "system"),
    }


def test_an_assessment_is_not_confirmed_before_its_thirteen_levels_are_there():
    assert refused(assessments="system,confirmed_by\nS1,anne\n") == {
        ("risk-levels-missing", "assessments.csv", 2, "levels")
    }


def test_rows_of_a_year_that_is_not_closed_are_refused():
    closed = "year,closed_on,closed_by\n2026,2027-01-15,anne\n"
    items = "year,debt,principal,interest\n2025,D1,1,1\n"

    assert refused(year_ends=closed, year_items=items) == {
        ("unknown-code", "year_items.csv", 2, "year")
    }
