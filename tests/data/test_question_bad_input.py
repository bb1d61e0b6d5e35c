"""A question file with impossible numbers, names or links: each refused, or read and told."""

import json

import pytest

from data import question_file
from data.importers import bring
from portfolio.errors import Invalid

A = {"code": "A", "cost": {"E": [1]}}
B = {"code": "B"}
PLAIN = {
    "horizon": {"start": 2027, "periods": 2}, "envelopes": {"E": {"limits": [5, 5]}},
    "projects": [A, B],
}  # fmt: skip


def problems(document):
    content = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(Invalid, match="question-unreadable") as caught:
        question_file.read(content.encode())
    return [(p.code, p.facts["path"]) for p in caught.value.facts["problems"]]


@pytest.mark.parametrize(
    ("written", "code"),
    [("NaN", "not-finite"), ("Infinity", "not-finite"), ("-Infinity", "not-finite"),
     ("1e999", "not-finite"), ("-1", "too-low"), ('"12"', "not-a-number"), ("null", "not-a-number"),
     ("1" * 40, "too-high")],
)  # fmt: skip
@pytest.mark.parametrize("place", ["cost", "limits", "interest"])
def test_money_that_is_no_money_is_refused_where_it_stands(written, code, place):
    document = json.dumps(PLAIN | {"debts": [{"code": "D", "principal": 1, "interest": [1]}]})
    old, new, path = {
        "cost": ('"cost": {"E": [1]}', f'"cost": {{"E": [{written}]}}', "projects[0].cost.E[0]"),
        "limits": ("[5, 5]", f"[5, {written}]", "envelopes.E.limits[1]"),
        "interest": ('"interest": [1]', f'"interest": [{written}]', "debts[0].interest[0]"),
    }[place]  # fmt: skip
    found = problems(document.replace(old, new))
    assert (code, path) in found


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"rules": [{"kind": "needs", "project": "A", "on": "Z"}]},
         ("unknown-code", "rules[0].on")),
        ({"rules": [{"kind": "needs", "project": "A", "on": "A"}]}, ("twice", "rules[0].on")),
        ({"rules": [{"kind": "together", "projects": ["A", "Z"]}]},
         ("unknown-code", "rules[0].projects[1]")),
        ({"rules": [{"kind": "excludes", "projects": ["A", "A"]}]},
         ("twice", "rules[0].projects")),
        ({"projects": [A | {"cost": {"X": [1]}}, B]}, ("unknown-code", "projects[0].cost")),
        ({"projects": [A, A]}, ("twice", "projects")),
        ({"projects": [A | {"window": [1, 0]}, B]}, ("not-a-window", "projects[0].window")),
        ({"projects": [A | {"cost": {"E": [1, 2, 3]}}, B]}, ("too-long", "projects[0].cost.E")),
        ({"horizon": {"start": 2027, "periods": 0}}, ("too-low", "horizon.periods")),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_at_its_place(change, problem):
    assert problem in problems(PLAIN | change)


@pytest.mark.parametrize(
    "change",
    [
        {"projects": []},
        {"projects": [A]},
        {"envelopes": {"E": {"limits": []}}},
        {"rules": [{"kind": "needs", "project": "A", "on": "B"},
                   {"kind": "needs", "project": "B", "on": "A"}]},
        {"rules": [{"kind": "together", "projects": ["A", "B"]},
                   {"kind": "excludes", "projects": ["A", "B"]}]},
        {"projects": [A | {"window": [9, 9]}]},
    ],
)  # fmt: skip
def test_what_only_leaves_nothing_to_choose_is_read(change):
    question_file.read(json.dumps(PLAIN | change).encode())


def test_a_portfolio_whose_needs_run_in_a_circle_is_refused_with_the_circle():
    needs = [("A", "B"), ("B", "C"), ("C", "A")]
    rules = [{"kind": "needs", "project": one, "on": other} for one, other in needs]
    document = PLAIN | {"projects": [A, B, {"code": "C"}], "rules": rules}

    brought = bring("q.json", json.dumps(document).encode())

    assert brought.registry is None
    assert [(r.code, r.found) for r in brought.refused] == [("needs-in-a-circle", "A → B → C → A")]
