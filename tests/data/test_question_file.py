"""The question file: read without indulgence, written back, hashed, and answered."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from builders import a_candidate, a_question
from random_debts import a_joint_question
from random_questions import a_random_question

from data import question_file
from data.importers import bring
from portfolio.errors import Invalid
from portfolio.plan import Chosen, NoPlan, Plan, Proof
from portfolio.question import Question
from portfolio.registry import pose

ROOT = Path(__file__).parents[2]
OLDER = "610f84c9bd27c5dad3213e4291844dee1e84754e2eb3c799683862244ce828c9"  # before systems came
WHOLE = {
    "horizon": {"start": 2027, "periods": 3, "per_year": 1},
    "discount": 0.0,
    "envelopes": {"PDI": {"limits": [500, 500, 300], "carry": 0.0}},
    "teams": {"DEV": {"capacity": [220, 220, 220]}},
    "projects": [
        {"code": "P1", "title": "Identifiant numérique", "value": 63.5, "window": [0, 1],
         "measures": {"carbon": 12.0, "equity": 3}, "debt_share": 0.5,
         "tags": {"ambition": "2.1", "category": "nouveau"},
         "variants": [{"code": "base", "duration": 2, "value_factor": 1.0,
                       "cost": {"PDI": [100, 250]}, "effort": {"DEV": [120, 80]}}]},
        {"code": "P2", "cost": {"PDI": [40.25]}, "tags": {"category": "obligatoire"}},
        {"code": "P3", "measures": {"carbon": 1}},
        {"code": "P4", "cost": {"PDI": [0, 9]}, "duration": 2, "tags": {"service": ["A", "B"]}},
    ],
    "debts": [
        {"code": "D1", "system": "SECI", "principal": 120, "interest": [30, 33, 36],
         "retired_by": {"P1": 1.0}, "standalone": {"envelope": "PDI", "cost": 120}},
        {"code": "D2", "principal": 8.5, "created_by": "P3"},
        {"code": "D3", "retired_by": {"P1": 0.5}, "retired_after": {"P1": 1}, "terminal": 4.5},
    ],
    "systems": [
        {"code": "SECI", "title": "", "likelihood": [6, 3, 5, 4, 2, 6, 3],
         "impact": [3, 3, 2, 4, 3, 4], "replaced_by": ["P4"],
         "lowered": [{"criterion": 0, "to": 2, "debts": ["D1", "D2"]}]},
    ],
    "rules": [
        {"kind": "needs", "project": "P2", "on": "P1", "lag": 0},
        {"kind": "needs-one-of", "project": "P2", "any": ["P1", "P3"]},
        {"kind": "excludes", "projects": ["P3", "P4"], "at_most": 1},
        {"kind": "together", "projects": ["P1", "P2"]},
        {"kind": "synergy", "projects": ["P1", "P2"], "value": 5.0, "saving": {"PDI": [10, 0, 0]}},
        {"kind": "mandatory", "project": "P2", "deadline": 2},
        {"kind": "mandatory", "project": "P1"},
        {"kind": "force", "project": "P3", "in": False, "reason": "executive"},
        {"kind": "window", "project": "P4", "earliest": 1, "latest": 2},
        {"kind": "at-most-starts", "count": 4},
        {"kind": "floor", "of": "cost", "where": {"tag": "ambition", "is": "2.1"}, "share": 0.15},
        {"kind": "floor", "of": "count", "where": {"tag": "category", "is": "nouveau"}, "limit": 0},
        {"kind": "ceiling", "of": "count", "where": {"projects": ["P1", "P2"]}, "limit": 2},
        {"kind": "ceiling", "of": "carbon", "limit": 1000},
        {"kind": "debt-floor", "share": 0.15},
        {"kind": "debt-ceiling", "principal": 900},
        {"kind": "red-limit", "count": 2},
    ],
    "maximize": {"value": 1, "interest": 0.01},
}  # fmt: skip


def read(document):
    return question_file.read(json.dumps(document).encode())


def problems(content):
    with pytest.raises(Invalid, match="question-unreadable") as caught:
        question_file.read(content if isinstance(content, bytes) else json.dumps(content).encode())
    return [(p.code, p.facts["path"]) for p in caught.value.facts["problems"]]


def changed(path, value):
    document = json.loads(json.dumps(WHOLE))
    node = document
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return document


def test_every_part_of_a_question_is_read_and_written_back():
    question = read(WHOLE)

    assert question.rules[7].chosen is False
    assert question_file.read(question_file.write(question)) == question


@pytest.mark.parametrize("seed", range(100))
def test_any_question_is_written_and_read_back(seed):
    question = a_random_question(seed)

    again = question_file.read(question_file.write(question))

    assert again == question
    assert question_file.sha256(again) == question_file.sha256(question)


def test_the_hash_is_of_the_question_not_of_its_spelling():
    spelled = json.dumps(WHOLE, indent=3).replace("500", "500.0").encode("utf-8-sig")

    assert question_file.sha256(question_file.read(spelled)) == question_file.sha256(read(WHOLE))
    assert question_file.sha256(read(changed(["discount"], 0.01))) != question_file.sha256(
        read(WHOLE)
    )


def test_what_came_later_leaves_the_hash_of_an_older_question_as_it_was():
    older = read({"horizon": {"start": 2027, "periods": 2}, "debts": [{"code": "D1"}]})

    assert question_file.sha256(older) == OLDER


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (["projects", 0, "variants", 0, "cost", "PDI", 1], "250",
         ("not-a-number", "projects[0].variants[0].cost.PDI[1]")),
        (["projects", 0, "title"], 4, ("not-text", "projects[0].title")),
        (["debts", 1, "created_by"], "P9", ("unknown-code", "debts[1].created_by")),
        (["debts", 2, "retired_after", "P1"], 0, ("too-low", "debts[2].retired_after.P1")),
        (["debts", 2, "retired_after"], {"P2": 1}, ("unknown-code", "debts[2].retired_after.P2")),
        (["debts", 2, "terminal"], -1, ("too-low", "debts[2].terminal")),
        (["systems", 0, "likelihood"], [6] * 6, ("too-few", "systems[0].likelihood")),
        (["systems", 0, "impact", 1], 6, ("out-of-range", "systems[0].impact[1]")),
        (["systems", 0, "likelihood", 1], 2.5,
         ("not-a-whole-number", "systems[0].likelihood[1]")),
        (["systems", 0, "lowered", 0, "criterion"], 7,
         ("out-of-range", "systems[0].lowered[0].criterion")),
        (["systems", 0, "likelihood", 0], 1, ("out-of-range", "systems[0].lowered[0].to")),
        (["systems", 0, "lowered", 0, "debts", 1], "D9",
         ("unknown-code", "systems[0].lowered[0].debts")),
        (["systems", 0, "lowered", 0, "debts"], [], ("too-few", "systems[0].lowered[0].debts")),
        (["systems", 0, "lowered", 0, "from"], 4, ("unknown-field", "systems[0].lowered[0].from")),
        (["systems", 0, "replaced_by", 0], "P9", ("unknown-code", "systems[0].replaced_by")),
        (["rules", 16, "count"], -1, ("too-low", "rules[16].count")),
        (["maximize"], "red", ("red-not-to-grow", "maximize")),
        (["maximize"], "-avoided", ("debt-not-to-grow", "maximize")),
        (["rules", 13, "of"], "red", ("unknown-code", "rules[13].of")),
        (["projects", 0, "valeur"], 4, ("unknown-field", "projects[0].valeur")),
        (["projects", 0, "window"], [0, 1, 2], ("too-long", "projects[0].window")),
        (["projects", 0, "window"], [0], ("missing-field", "projects[0].window[1]")),
        (["projects", 0, "window"], [1, 0], ("not-a-window", "projects[0].window")),
        (["projects", 0, "debt_share"], 1.4, ("not-a-share", "projects[0].debt_share")),
        (["projects", 0, "tags", "a"], 5, ("wrong-shape", "projects[0].tags.a")),
        (["projects"], {}, ("not-a-list", "projects")),
        (["horizon", "periods"], 2.5, ("not-a-whole-number", "horizon.periods")),
        (["horizon", "per_year"], 3, ("not-one-of", "horizon.per_year")),
        (["horizon"], 3, ("not-an-object", "horizon")),
        (["rules", 0, "kind"], "nope", ("unknown-kind", "rules[0].kind")),
        (["rules", 0], {"project": "P1"}, ("missing-field", "rules[0].kind")),
        (["rules", 0], {"kind": "needs", "project": "P1"}, ("missing-field", "rules[0].on")),
        (["rules", 0, "on"], "ZZ", ("unknown-code", "rules[0].on")),
        (["rules", 7, "in"], "no", ("not-true-or-false", "rules[7].in")),
        (["rules", 10, "where"], {"tag": "x"}, ("missing-field", "rules[10].where.is")),
        (["rules", 10, "where"], {"projects": [3]}, ("not-text", "rules[10].where.projects[0]")),
        (["rules", 10, "limit"], 3, ("share-or-limit", "rules[10].share")),
        (["maximize"], 5, ("wrong-shape", "maximize")),
        (["maximize"], "beauty", ("unknown-code", "maximize")),
        (["debts", 0, "standalone", "envelope"], "X",
         ("unknown-code", "debts[0].standalone.envelope")),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_path(path, value, problem):
    assert problems(changed(path, value)) == [problem]


def test_several_mistakes_are_told_at_once():
    document = changed(["projects", 0, "title"], 4)
    document["rules"][0]["lagg"] = 1
    del document["horizon"]

    assert problems(document) == [
        ("missing-field", "horizon"),
        ("not-text", "projects[0].title"),
        ("unknown-field", "rules[0].lagg"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-json"), (b"{", "not-json"), (b"\xff{}", "not-utf-8"), (b"[]", "not-an-object"),
        (b'{"discount": NaN}', "not-finite"), (b'{"discount": -Infinity}', "not-finite"),
        (b'{"discount": 1e400}', "not-finite"), (b'{"a": 1, "a": 2}', "key-twice"),
        (b'{"maximize": "\\ud800"}', "broken-text"), (b"[" * 100_000, "too-deep"),
        (b'{"discount": ' + b"9" * 6000 + b"}", "too-high"),
        (b'{"a":' + b"[" * 150 + b"]" * 150 + b"}", "too-deep"),
    ],
)  # fmt: skip
def test_json_is_read_without_indulgence(content, code):
    assert problems(content)[0][0] == code


def test_comments_are_left_aside_and_names_are_kept():
    document = changed(["$schema"], "x")
    document["projects"][0]["note"] = {"any": ["thing"]}
    document["_by"] = 1
    document["envelopes"]["comment"] = "a text, so a comment"
    document["envelopes"]["note"] = {"limits": [1]}

    question = read(document)

    assert set(question.envelopes) == {"PDI", "note"}
    assert question_file.sha256(read(WHOLE | {"comment": "x"})) == question_file.sha256(read(WHOLE))


def test_lines_are_read_one_by_one_and_a_bad_one_does_not_stop_the_rest():
    lines = b"\n".join(
        [json.dumps(WHOLE).encode(), b"{oops", b"", b"\xff", json.dumps(WHOLE).encode()]
    )

    found = list(question_file.read_lines(lines))

    assert [type(f) for f in found] == [Question, Invalid, Invalid, Question]
    assert found[1].facts["line"] == 2


def test_an_answer_says_what_the_plan_does():
    question = a_question(
        a_candidate("A", cost=(10, 5)), a_candidate("B", cost=(95,)), limits=(100, 50)
    )
    plan = Plan({"A": Chosen("base", 0)}, {}, Proof("optimal", 3.0, 3.0, 0.0, "HiGHS", 0.1))

    answer = question_file.answer(plan, question)

    assert list(answer) == [
        "status",
        "objective",
        "bound",
        "gap",
        "starts",
        "debts",
        "standalone",
        "use",
        "red",
        "binding",
        "ties",
        "solver",
        "seconds",
        "question_sha256",
    ]
    assert answer["starts"] == {"A": {"variant": "base", "period": 0}}
    assert answer["use"]["E"] == [10, 5]
    assert answer["question_sha256"] == question_file.sha256(question)
    again = question_file.read_answer(json.dumps(answer).encode())
    assert (again.starts, again.standalone) == (plan.starts, plan.standalone)
    assert again.proof.objective == 3.0


def test_no_plan_is_an_answer_too_but_not_a_plan():
    question = a_question(a_candidate("A"))
    answer = question_file.answer(NoPlan(Proof("infeasible", bound=float("inf"))), question)

    assert (answer["status"], answer["starts"], answer["bound"]) == ("infeasible", {}, None)
    with pytest.raises(Invalid, match="answer-without-plan"):
        question_file.read_answer(json.dumps(answer).encode())


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"starts": {"A": 0}}', b'{"starts": {}, "x": 1}']
)
def test_an_answer_that_cannot_be_read_is_refused(content):
    with pytest.raises(Invalid, match="answer-unreadable"):
        question_file.read_answer(content)


def test_the_published_schema_is_current():
    published = (ROOT / "docs" / "question.schema.json").read_text(encoding="utf-8")

    assert json.loads(published) == question_file.schema(), (
        'run: python -c "import json; from data import question_file as q; '
        'print(json.dumps(q.schema(), indent=1))" > docs/question.schema.json'
    )


def test_the_published_schema_accepts_questions_and_refuses_mistakes():
    validator = jsonschema.Draft202012Validator(question_file.schema())

    validator.validate(WHOLE | {"$note": 1})
    for seed in range(20):
        validator.validate(json.loads(question_file.write(a_random_question(seed))))
    for path, value in (
        (["rules", 0, "kind"], "nope"),
        (["projects", 0, "valeur"], 1),
        (["horizon"], 3),
        (["projects", 0, "title"], 4),
    ):
        assert not validator.is_valid(changed(path, value))


def test_the_documented_example_is_a_question():
    text = (ROOT / "docs" / "question.md").read_text(encoding="utf-8")
    example = text.split("```json")[1].split("```")[0]

    assert question_file.read(example.encode()).projects


def posed_again(question):
    brought = bring("question.json", question_file.write(question))
    assert brought.refused == ()
    registry = brought.registry
    values = {p.code: p.given_value for p in registry.projects}
    return pose(registry, registry.scenarios[0], values)


def meaning(question):
    """What a question asks, without titles, zeros and the order of its rules."""
    tagged = {
        (
            r.kind,
            r.of,
            r.share,
            r.limit,
            tuple(p.code for p in question.projects if r.where.holds(p)),
        )
        for r in question.rules
        if getattr(r, "where", None) is not None
    }
    return {
        "horizon": question.horizon,
        "discount": question.discount,
        "maximize": question.maximize,
        "limits": {c: (e.limits, e.carry) for c, e in question.envelopes.items()},
        "teams": {c: t.capacity for c, t in question.teams.items()},
        "projects": [
            (
                p.code,
                p.value,
                p.window or (0, question.horizon.periods - 1),
                dict(p.measures),
                p.debt_share,
                [
                    (o.code, o.duration, o.value_factor, filled(o.cost), filled(o.effort))
                    for o in p.options
                ],
            )
            for p in question.projects
        ],
        "debts": [
            (
                d.code, d.principal, trimmed(d.interest), dict(d.retired_by), d.standalone,
                d.created_by, dict(d.retired_after),
            )
            for d in question.debts
        ],
        "systems": [
            replace(
                s, title="", lowered=tuple(o for o in s.lowered if o.to < s.likelihood[o.criterion])
            )
            for s in question.systems
        ],
        "rules": sorted(repr(r) for r in question.rules if getattr(r, "where", None) is None),
        "groups": tagged,
    }


def trimmed(series):
    while series and not series[-1]:
        series = series[:-1]
    return tuple(series)


def filled(uses):
    return {code: trimmed(series) for code, series in uses.items() if any(series)}


def test_a_question_becomes_a_registry_that_asks_the_same():
    question = read(WHOLE)

    posed = posed_again(question)

    assert (posed.left_out, posed.dropped) == ((), ())
    assert meaning(posed.question) == meaning(question)


@pytest.mark.parametrize("seed", range(150))
def test_any_question_becomes_a_registry_that_asks_the_same(seed):
    question = a_random_question(seed)

    assert meaning(posed_again(question).question) == meaning(question)


@pytest.mark.parametrize("seed", range(50))
def test_any_question_of_debt_becomes_a_registry_that_asks_the_same(seed):
    question = a_joint_question(seed)

    assert meaning(posed_again(question).question) == meaning(question)


def test_a_question_finer_than_a_cent_is_not_a_registry():
    brought = bring("q.json", json.dumps(changed(["projects", 1, "cost", "PDI"], [0.125])).encode())

    assert brought.registry is None
    assert [(r.code, r.where.column) for r in brought.refused] == [
        ("too-precise", "projects[1].cost.PDI[0]")
    ]


def test_what_a_project_makes_and_how_soon_it_repays_come_in_with_a_question():
    document = {
        "horizon": {"start": 2027, "periods": 3},
        "projects": [{"code": "A", "duration": 2}, {"code": "B"}],
        "debts": [{"code": "D", "retired_by": {"A": 0.5}, "retired_after": {"A": 1},
                   "created_by": "B"}],
    }  # fmt: skip
    question = question_file.read(json.dumps(document).encode())
    again = posed_again(question).question.debts[0]

    assert (again.created_by, again.retired_after) == ("B", {"A": 1})
