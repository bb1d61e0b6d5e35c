"""What a proposal lacks, section by section; a choice with less is asked for."""

from dataclasses import replace

import pytest

from data import frameworks
from portfolio.completeness import (
    NONE_WITH_LESS,
    SECTIONS,
    WITH_LESS,
    by_section,
    given,
    is_asked,
    missing,
)
from portfolio.errors import Invalid
from portfolio.project import (
    Answer,
    Category,
    Estimate,
    LegalBasis,
    Project,
    Spend,
    Tag,
    Variant,
)


@pytest.fixture(scope="module")
def framework():
    return frameworks.load("montreal_2030", "2026.1")


def whole(framework):
    """A project with everything that is asked."""
    base = Variant("base", duration=1, spends=(Spend("PDI", 0, Estimate(100)),))
    return Project(
        "P1", "Un projet", service="Parcs", lead="anne", problem="p", outcome="o",
        beneficiaries="b", tags=(Tag("ambition", "2.1"),),
        variants=(replace(base, code="minimale", value_factor=0.6), base),
        answers=tuple(Answer(q.key, q.answers[0].key) for q in framework.questions),
    )


def test_a_whole_project_lacks_nothing(framework):
    project = whole(framework)

    assert missing(project, framework) == ()
    done, asked = given(project, framework)
    assert done == asked == 9 + len(framework.questions)


def test_a_bare_project_lacks_each_thing_in_the_order_of_the_form(framework):
    lacking = missing(Project("P1", "Un projet"), framework)

    assert lacking[:8] == (
        "service", "lead", "problem", "outcome", "beneficiaries", "amount", "duration", "with_less",
    )
    assert lacking[8] == "ambition"
    assert lacking[9:] == tuple(f"question:{q.key}" for q in framework.questions)


def test_one_variant_asks_for_another_with_less(framework):
    alone = replace(whole(framework), variants=whole(framework).variants[1:])

    assert missing(alone, framework) == ("with_less",)
    assert by_section(alone, framework)["variants"] == ("with_less",)


def test_a_copy_that_nothing_sets_apart_is_no_choice(framework):
    _, base = whole(framework).variants
    copied = replace(whole(framework), variants=(replace(base, code="minimale", title="M"), base))

    assert missing(copied, framework) == ("with_less",)


@pytest.mark.parametrize(("reason", "lacking"), [("La loi.", ()), ("  ", ("with_less",))])
def test_the_reason_why_there_is_none_counts_as_given(framework, reason, lacking):
    alone = replace(whole(framework), variants=whole(framework).variants[1:])
    said = replace(alone, answers=(*alone.answers, Answer(WITH_LESS, NONE_WITH_LESS, reason)))

    assert missing(said, framework) == lacking


def test_a_mandatory_project_gives_its_law_and_its_proof(framework):
    project = replace(whole(framework), category=Category.MANDATORY)

    assert missing(project, framework) == ("law", "proof")
    proven = replace(project, legal_basis=LegalBasis("Loi 25", proof="Avis"))
    assert missing(proven, framework) == ()
    assert is_asked(project, "legal", framework)
    assert not is_asked(whole(framework), "legal", framework)


def test_every_section_has_a_state(framework):
    assert list(by_section(whole(framework), framework)) == list(SECTIONS)


def test_only_fields_of_the_list_may_be_confidential():
    assert Project("P1", "t", confidential=frozenset({"problem"})).confidential == {"problem"}
    with pytest.raises(Invalid, match="not-one-of"):
        Project("P1", "t", confidential=frozenset({"title"}))
