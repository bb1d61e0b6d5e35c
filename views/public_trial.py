"""The page where anyone tries her own weights on a published portfolio."""

from starlette.responses import Response

from portfolio.errors import Invalid, Missing
from services import publication_trial as trial
from services.publication import Published, published
from views.public_served import Visit, page

PREFIX = "w."
DETAIL = "detail"


def shown(visit: Visit) -> Response:
    """The form, and what would change once weights are given."""
    cycle = visit.request.path_params["cycle"]
    held = published(visit.store, cycle)
    typed = {
        name.removeprefix(PREFIX): value
        for name, value in visit.request.query_params.items() if name.startswith(PREFIX)
    }  # fmt: skip
    found, error, wrong = None, "", ""
    if not any(one.scores for one in held.dossier.projects):
        error, typed = visit.text("public.trial.no_scores"), {}
    elif typed:
        try:
            given = trial.read(held.dossier, typed, bool(visit.asked(DETAIL)))
            found = trial.tried(visit.store, cycle, given)
            error = "" if found else visit.text("public.trial.no_plan")
        except Invalid as refused:
            error, wrong = _why(visit, held, refused), str(refused.facts["field"])
        except Missing as refused:
            if refused.code != "no-frozen-question":
                raise
            error = visit.text("public.trial.no_question")
    return page(
        visit, "trial.html", visit.text("public.trial.title"), held,
        422 if wrong else 200, here="trial", by_leaf=bool(visit.asked(DETAIL)),
        fields=_fields(visit, held, typed), found=found, error=error, wrong=wrong,
    )  # fmt: skip


def _why(visit: Visit, held: Published, refused: Invalid) -> str:
    if refused.code == "weights-all-zero":
        return visit.text("public.trial.zero")
    criterion = visit.words(held.dossier).criterion(str(refused.facts["field"]))
    found = str(refused.facts["found"])[:40]
    return visit.text("public.trial.bad", found=found, criterion=criterion)


def _fields(
    visit: Visit, held: Published, typed: dict[str, str]
) -> list[tuple[str, str, str, float]]:
    """(key, title, points, the committee's share) of each criterion that may be weighed."""
    words = visit.words(held.dossier)
    return [
        (one.key, words.said(one.title), typed.get(one.key, str(round(100 * one.share))), one.share)
        for one in trial.weighable(held.dossier, bool(visit.asked(DETAIL)))
    ]  # fmt: skip
