"""Robust, near and risk: what stands whatever the weights, values and costs turn out to be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from commands.said import (
    LANG,
    NO_PLAN,
    UNREADABLE,
    Answer,
    Database,
    Language,
    Out,
    Questions,
    Seconds,
    answer_each,
    cycle_of,
    fail,
    give,
    say,
)  # fmt: skip
from data import doubts_file, question_file, references
from optimizer import near as near_plans
from optimizer import risk as risks
from optimizer.search import Search
from optimizer.solve import solve
from optimizer.stability import End
from portfolio.errors import Invalid
from portfolio.overruns import Overruns
from portfolio.plan import NoPlan, Plan
from portfolio.question import Question
from portfolio.weights import WeightSet
from services import agreed, house, people, robustness, scenarios
from services.executors import executor
from services.robustness import Doubt, Intervals, Studied
from services.work import Executor
from views import sentences
from views.text import Text

T = TypeVar("T")
JSON = "a file, or the JSON itself"
Weights = Annotated[str | None, typer.Option("--weights-set", help=JSON)]
Values = Annotated[str | None, typer.Option("--value-intervals", help=JSON)]
Costs = Annotated[str | None, typer.Option("--costs", help=JSON)]
Federal = Annotated[
    bool, typer.Option("--past", help="other projects overrun as 192 federal ones did")
]
Draws = Annotated[int, typer.Option("--draws", min=1)]
Seed = Annotated[int, typer.Option("--seed", min=0)]
Who = Annotated[str, typer.Option("--executor", help="here, processes, dask, tcp://…")]
Workers = Annotated[int | None, typer.Option("--workers", min=1)]


def robust(
    file: Annotated[Path | None, typer.Argument(help="question.json or .jsonl")] = None,
    weights_set: Weights = None, value_intervals: Values = None,
    samples: Annotated[int, typer.Option("--samples", min=0)] = 0, seed: Seed = 0,
    who: Who = "here", workers: Workers = None,
    time_limit: Seconds = 300.0, out: Out = None,
    cycle: Annotated[str | None, typer.Option(help="without a file: the cycle")] = None,
    scenario: Annotated[str, typer.Option(help="without a file: the scenario")] = "base",
    database: Database = None, lang: Language = LANG,
) -> None:  # fmt: skip
    """Say which projects stand whatever the weights and values: core, contested or out.

    Without a file: under the weights that the committee of the cycle left open, else under all
    that lies between its members' ballots.
    """
    text = Text(lang)
    if file is None:
        search = Search(time_limit, seed=seed)
        with executor(who, workers) as crew:
            _of_cycle(text, (cycle, scenario, database), search, samples, crew, out)
        return
    weights = _given(text, weights_set, _possible)
    reading = doubts_file.values_by_criterion if weights else doubts_file.values
    intervals = _given(text, value_intervals, reading) or {}
    with executor(who, workers) as crew:

        def work(question: Question) -> Answer:
            doubt = _doubt(question, weights, intervals)
            search = Search(time_limit, seed=seed)
            studied = robustness.study(question, doubt, search, samples, crew)
            return _studied(question, doubt, studied)

        answer_each(text, file, out, work)


def _of_cycle(
    text: Text, which: tuple[str | None, str, str | None], search: Search, samples: int,
    crew: Executor, out: Path | None,
) -> None:  # fmt: skip
    cycle, scenario, database = which
    store = house.open_house(database)
    by = people.console(store)
    asked = scenarios.ask(store, by, cycle_of(text, store, by, cycle), scenario)
    doubt = agreed.doubt(asked)
    source = agreed.source(asked)
    say(text(f"cli.weights_{source}", n=len(doubt.corners)), error=True)
    answer = _studied(
        asked.posed.question, doubt,
        robustness.study(asked.posed.question, doubt, search, samples, crew),
    )  # fmt: skip
    give(answer | {"weights": source}, out)
    if answer["status"] in ("infeasible", "unbounded", "no-answer"):
        raise typer.Exit(NO_PLAN)


def near(
    file: Questions, within: Annotated[float, typer.Option(min=0, max=1)] = 0.01,
    count: Annotated[int, typer.Option(min=1)] = 5,
    time_limit: Seconds = 120.0, out: Out = None, lang: Language = LANG,
) -> None:  # fmt: skip
    """Give plans nearly as good as the best, that differ the most from it and from one another."""

    def work(question: Question) -> Answer:
        found = solve(question, Search(time_limit))
        answer = question_file.answer(found, question)
        if isinstance(found, NoPlan):
            return answer
        others = near_plans.near(question, found, within, count, Search(time_limit))
        head = {key: answer[key] for key in ("status", "objective", "bound", "gap", "starts")}
        return head | {
            "within": within,
            "plans": [_near(one) for one in others],
            "question_sha256": answer["question_sha256"],
        }

    answer_each(Text(lang), file, out, work)


def risk(
    file: Questions, costs: Costs = None, past: Federal = False, draws: Draws = 1000,
    asked: Annotated[int, typer.Option("--asked", min=0, help="draws solved anew")] = 100,
    level: Annotated[float, typer.Option(min=0.5, max=0.999)] = risks.LEVEL,
    holds: Annotated[float | None, typer.Option(min=0, max=1)] = None,
    seed: Seed = 0, who: Who = "here", workers: Workers = None,
    time_limit: Seconds = 300.0, out: Out = None, lang: Language = LANG,
) -> None:  # fmt: skip
    """Draw costs: how often the plan stays within each envelope, and who is in how often."""
    text = Text(lang)
    said = _given(text, costs, doubts_file.overruns) or Overruns()
    overruns = robustness.with_past(said, references.federal().overruns) if past else said
    if not past and costs is None:
        fail(text("cli.no_costs"), UNREADABLE)
    with executor(who, workers) as crew:

        def work(question: Question) -> Answer:
            found = solve(question, Search(time_limit))
            if isinstance(found, NoPlan):
                return question_file.answer(found, question)
            _known(question, "costs", overruns.projects)
            told = robustness.fares(
                question, found, overruns, Search(time_limit, seed=seed),
                robustness.Draws(draws, asked, level, holds), crew,
            )  # fmt: skip
            return _fares(question, found, told)

        answer_each(text, file, out, work)


def _given(text: Text, said: str | None, read: Callable[[bytes], T]) -> T | None:
    """What an option holds, inline or in a file; ends with 2 when it cannot be read."""
    if said is None:
        return None
    try:
        is_inline = said.lstrip().startswith("{")
        return read(said.encode() if is_inline else Path(said).read_bytes())
    except Invalid as refusal:
        is_placed = "path" in refusal.facts
        line = sentences.problem(text, refusal) if is_placed else text.refusal(refusal)
        fail(line, UNREADABLE)
    except OSError:
        fail(text("cli.no_file", found=said), UNREADABLE)


def _possible(content: bytes) -> WeightSet:
    """A weight set that some weighting keeps."""
    weights = doubts_file.weight_set(content)
    weights.corners()
    return weights


def _doubt(question: Question, weights: WeightSet | None, intervals: Intervals) -> Doubt:
    """The criteria of a weight set are measures of the question."""
    _known(question, "value-intervals", intervals)
    measures = sorted({name for project in question.projects for name in project.measures})
    for name in weights.criteria if weights else ():
        if name not in measures:
            raise Invalid(
                "unknown-code", field="weights-set.criteria", kind="measure", found=name,
                accepted=measures,
            )  # fmt: skip
    return robustness.doubt_of(question, weights, intervals)


def _known(question: Question, field: str, codes: Mapping[str, object]) -> None:
    known = [project.code for project in question.projects]
    for code in codes:
        if code not in known:
            raise Invalid("unknown-code", field=field, kind="project", found=code, accepted=known)


def _studied(question: Question, doubt: Doubt, studied: Studied) -> Answer:
    told, sampled = studied.robust, studied.sampled
    projects: dict[str, dict[str, object]] = {}
    for code, standing in told.standing.items():
        projects[code] = {"standing": standing, "core_index": told.index.get(code)}
        if sampled:
            projects[code]["chosen_in"] = asdict(sampled.chosen[code])
    answer: dict[str, object] = {
        "status": told.status,
        "complete": told.is_complete,
        "extreme_points": [dict(corner) for corner in doubt.corners],
        "projects": projects,
        "portfolios": [
            {"projects": list(p.projects), "least": list(p.low), "most": list(p.high),
             "starts": _starts(p.plan)}
            for p in told.portfolios
        ],
        "tolerance": told.tolerance,
        "seconds": told.seconds,
    }  # fmt: skip
    if sampled:
        answer["sampled"] = {
            "draws": sampled.draws, "asked": sampled.asked, "unproved": sampled.unproved,
            "portfolios": [
                {"projects": list(projects), "chosen_in": asdict(share)}
                for projects, share in sampled.portfolios[:10]
            ],
        }  # fmt: skip
    if studied.bands:
        answer["bands"] = {
            band.criterion: {"weight": band.weight, "low": _end(band.low), "high": _end(band.high)}
            for band in studied.bands
        }
    return answer | {"question_sha256": question_file.sha256(question)}


def _end(end: End) -> Answer:
    return asdict(end) | {"is_proved": end.is_proved}


def _fares(question: Question, plan: Plan, told: robustness.Fares) -> Answer:
    answer = question_file.answer(plan, question)
    head = {key: answer[key] for key in ("status", "objective", "bound", "gap", "starts")}
    return head | {
        "draws": told.draws,
        "within_every_envelope": asdict(told.within),
        "envelopes": {code: asdict(held) for code, held in told.envelopes.items()},
        "chosen_in": {code: asdict(share) for code, share in told.chosen.items()},
        "asked": told.asked,
        "impossible": told.impossible,
        "holding": _holding(told.holding),
        "question_sha256": answer["question_sha256"],
    }


def _holding(held: risks.Holding | None) -> Answer | None:
    if held is None:
        return None
    return {
        "objective": held.objective, "within_every_envelope": asdict(held.within),
        "cushion": held.cushion, "starts": _starts(held.plan),
    }  # fmt: skip


def _near(one: near_plans.Near) -> Answer:
    lists: dict[str, Sequence[str]] = {"enters": list(one.enters), "leaves": list(one.leaves)}
    return {
        "objective": one.objective, "lost": one.lost, **lists, "differs": one.differs,
        "is_furthest": one.is_furthest, "starts": _starts(one.plan),
    }  # fmt: skip


def _starts(plan: Plan) -> Mapping[str, object]:
    return {
        code: {"variant": chosen.variant, "period": chosen.period}
        for code, chosen in plan.starts.items()
    }
