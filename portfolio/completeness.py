"""What a proposal still lacks before it can be judged."""

from collections.abc import Iterator

from portfolio.criterion import Framework
from portfolio.project import Project

TEXTS = ("problem", "outcome", "beneficiaries", "service", "lead")


def missing(project: Project, framework: Framework) -> tuple[str, ...]:
    """Names of what is not given yet, in the order of the form; none = complete.

    A gate question is named ``question:<key>``.
    """
    return tuple(_missing(project, framework))


def _missing(project: Project, framework: Framework) -> Iterator[str]:
    yield from (name for name in TEXTS if not getattr(project, name).strip())
    if not any(tag.grid == "ambition" for tag in project.tags):
        yield "ambition"
    if all(variant.cost is None for variant in project.variants):
        yield "amount"
    if all(variant.duration is None for variant in project.variants):
        yield "duration"
    if project.is_mandatory and not (project.legal_basis and project.legal_basis.proof):
        yield "proof"
    answered = {answer.question for answer in project.answers if answer.answer}
    yield from (f"question:{q.key}" for q in framework.questions if q.key not in answered)
