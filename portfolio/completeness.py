"""What a proposal still lacks before it can be judged, section by section of its form."""

from collections.abc import Iterator, Mapping

from portfolio.criterion import Framework
from portfolio.project import Project

WITH_LESS = "maison.avec-moins"  # the house's question: could it be done with less?
NONE_WITH_LESS = "aucune"  # the answer that its comment explains
QUESTION = "question:"
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "identity": ("service", "lead"),
    "need": ("problem", "outcome", "beneficiaries"),
    "variants": ("amount", "duration", "with_less"),
    "links": (),
    "systems": (),
    "marks": ("ambition",),
    "gate": (),  # the framework's own questions
    "footprint": (),
    "legal": ("law", "proof"),
}  # the form's sections, in order, with the names of what each must give


def missing(project: Project, framework: Framework) -> tuple[str, ...]:
    """Names of what is not given yet, in the order of the form; none = complete.

    A gate question is named ``question:<key>``.
    """
    lacking = by_section(project, framework)
    return tuple(name for names in lacking.values() for name in names)


def by_section(project: Project, framework: Framework) -> dict[str, tuple[str, ...]]:
    """What each section of the form still lacks, in order; () = nothing."""
    gone = {name for name, is_given in _asked(project, framework) if not is_given}
    return {
        section: tuple(name for name in _names(section, framework) if name in gone)
        for section in SECTIONS
    }


def given(project: Project, framework: Framework) -> tuple[int, int]:
    """(how much of what is asked of the project is given, how much is asked)."""
    asked = [is_given for _, is_given in _asked(project, framework)]
    return sum(asked), len(asked)


def is_asked(project: Project, section: str, framework: Framework) -> bool:
    """Whether something of that section must be given."""
    names = set(_names(section, framework))
    return any(name in names for name, _ in _asked(project, framework))


def has_less(project: Project) -> bool:
    """Whether there is a choice of variants, or the reason why there is none.

    A copy that nothing sets apart is no choice.
    """
    said = (a.comment for a in project.answers if a.question == WITH_LESS)
    ways = {(v.duration, v.value_factor, v.spends, v.efforts) for v in project.variants}
    return len(ways) > 1 or any(reason.strip() for reason in said)


def has_proof(project: Project) -> bool:
    """Whether something shows that the law asks for it."""
    basis = project.legal_basis
    return bool(basis and basis.proof.strip())


def _names(section: str, framework: Framework) -> tuple[str, ...]:
    if section == "gate":
        return tuple(QUESTION + question.key for question in framework.questions)
    return SECTIONS[section]


def _asked(project: Project, framework: Framework) -> Iterator[tuple[str, bool]]:
    """(name, whether it is given) of all that is asked of this project."""
    for name in ("service", "lead", "problem", "outcome", "beneficiaries"):
        yield name, bool(getattr(project, name).strip())
    yield "amount", any(variant.cost is not None for variant in project.variants)
    yield "duration", any(variant.duration is not None for variant in project.variants)
    yield "with_less", has_less(project)
    yield "ambition", any(tag.grid == "ambition" for tag in project.tags)
    answered = {answer.question for answer in project.answers if answer.answer}
    for question in framework.questions:
        yield QUESTION + question.key, question.key in answered
    if project.is_mandatory:
        basis = project.legal_basis
        yield "law", bool(basis and basis.law.strip())
        yield "proof", has_proof(project)
