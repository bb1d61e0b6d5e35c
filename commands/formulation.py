"""Formulation: the whole model on one screen, from what the rules say of themselves."""

import inspect
from collections.abc import Iterator
from typing import get_args

import typer

from portfolio.question import Question
from portfolio.rules import Rule
from portfolio.rules.envelope import EnvelopeLimit
from portfolio.rules.exposure import Exposure
from portfolio.rules.once import Once
from portfolio.rules.retirement import Retirement
from portfolio.rules.row import Stated
from portfolio.rules.team import TeamCapacity

ALWAYS: tuple[type[Stated], ...] = (Once, EnvelopeLimit, TeamCapacity, Retirement, Exposure)
ASKED: tuple[type[Stated], ...] = get_args(get_args(Rule)[0])
HEAD = """# The model

<!-- made by `python cli.py formulation > docs/formulation.md` from the rules' own docstrings -->

Choices: x[i,v,t] = 1 when project i starts in period t in variant v; it exists only where t is in \
the project's window and t + d[i,v], its duration, does not pass the horizon. s[i] = Σ_v Σ_t \
x[i,v,t] = 1 when i is chosen. w[d,p] = 1 when debt d is retired on its own in period p.

Amounts that follow: k[p] money carried out of a period, use[p] money used, y[d,p] share of debt d \
retired by the end of p, z[g] = 1 when all of a group are chosen, r[s] = 1 when system s is red at \
the end, z[s,k] = 1 when its likelihood k has come down.

Data: V value, f value factor of a variant, c cost (c[i,v] in all, c[i,v,n] in the n-th period of \
its life), e effort, q what a bound counts (cost, value, count or a measure), P principal, C cost \
of retiring a debt on its own, r share of a debt that a project retires, after periods of the \
project's life until it has retired it, terminal what a debt retired saves beyond the \
horizon, m a measure.

## Maximise

A weighted sum of these, a minus before a name to minimise it:
"""
FOOT = """
Among equal plans: the least cost, then the earliest starts, then the declared order. Every plan \
is checked against these inequalities in plain Python before anyone sees it. What each field \
means: [question.md](question.md).
"""


def formulation() -> None:
    """Write the whole model, in words and inequalities."""
    typer.echo(text(), nl=False)


def text() -> str:
    """docs/formulation.md."""
    objective = inspect.getdoc(Question.gain) or ""
    lines = [HEAD, "```", objective.split("\n\n")[1], "```", "", "## What always holds", ""]
    lines += [*table(ALWAYS), "", "## What a question may ask", "", *table(ASKED), FOOT]
    return "\n".join(lines)


def table(rules: tuple[type[Stated], ...]) -> Iterator[str]:
    """One line a rule: its name, the sentence a member would say, the inequality."""
    yield "| | in words | inequality |"
    yield "|---|---|---|"
    for rule in rules:
        sentence, inequality = said(rule)
        yield f"| {name(rule)} | {sentence.replace('``', '`')} | `{inequality}` |"


def name(rule: type[Stated]) -> str:
    """As a question file calls it; in plain words where it never does."""
    kind = getattr(rule, "__dataclass_fields__", {}).get("kind")
    if kind is not None:
        return f"`{kind.default}`"
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in rule.__name__)
    return words.strip()


def said(rule: type[Stated]) -> tuple[str, str]:
    """The two paragraphs a rule opens with: sentence, inequality; ValueError where one lacks."""
    sentence, inequality = (inspect.getdoc(rule) or "").split("\n\n")[:2]
    return " ".join(sentence.split()), " ".join(inequality.split())
