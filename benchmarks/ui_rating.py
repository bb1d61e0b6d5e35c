"""What a keystroke on the page Notation costs the server: its save, and the page shown again.

Five members have given a round, a second one is open on every project of the demo. A person then
picks levels, types justifications and gives ratings. Each time is that of one whole rerun, the act
that it carries included; the browser's own time is not in it.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from streamlit.testing.v1 import AppTest

from data.store import Store
from portfolio.evaluation import Evaluation, Subject
from portfolio.person import Person, Role
from services import house, imports, rating, rounds
from services.people import console

CHAIR = Person("demo-animateur", "Animation", frozenset({Role.FACILITATOR}))
MEMBER = Person("demo-membre-1", "Membre 1", frozenset({Role.MEMBER}))
TIMES, BUDGET = 30, 300  # of each kind; ms that the issue allows
WHY = "Le contrat prévoit la sortie, et la Ville garde ses données."


def page(store, person) -> None:  # noqa: ANN001  run by itself: no name of here is known
    """The page at a desk of its own; run by itself, so everything is imported here."""
    from views import rating
    from views.desk import Desk
    from views.text import Text

    rating.render(Desk(store, person, Text("fr"), cycle="demo"))


def ms(act: Callable[[], object]) -> float:
    """Milliseconds that the act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def typed(at: AppTest, words: str) -> Callable[[], object]:
    """Type the words in the justification's field."""
    field = next(f for f in at.text_area if f.key and f.key.endswith("_justification"))
    return field.input(words).run


def keystrokes(store: Store) -> dict[str, list[float]]:
    """Kind of keystroke -> milliseconds of each."""
    at = AppTest.from_function(page, args=(store, MEMBER), default_timeout=60).run()
    took: dict[str, list[float]] = {"page": [], "level": [], "words": [], "give": []}
    for turn in range(TIMES):
        took["page"].append(ms(at.run))
        level = at.button(key=f"rating_level_{turn % 3}")
        took["level"].append(ms(level.click().run))
        took["words"].append(ms(typed(at, f"{WHY} {turn}")))
        took["give"].append(ms(at.button(key="rating_give").click().run))
        assert not at.exception
    return took


def alone(store: Store) -> list[float]:
    """Milliseconds of a save with no page around it."""
    sheet = rating.sheet(store, MEMBER, "demo")
    assert sheet.round is not None
    line = next(line for line in sheet.lines if line.mine is None)
    said = Evaluation(*line.key, MEMBER.code, 1, round=sheet.round.number)
    took = []
    for turn in range(TIMES):
        began = time.perf_counter()
        said = rating.save(store, MEMBER, "demo", said)
        took.append((time.perf_counter() - began) * 1000)
        said = Evaluation(*line.key, MEMBER.code, turn % 2, f"{WHY} {turn}",
                          round=said.round, version=said.version)  # fmt: skip
    return took


def main() -> None:
    """Print the median, the 95th percentile and the longest of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        with closing(house.open_house(url)) as store:
            imports.bring_in(store, console(store), imports.demo())
            rounds.begin(store, CHAIR, "demo", Subject.SCORES)
            took = keystrokes(store) | {"save alone": alone(store)}
    print(f"{'keystroke':<12}{'median':>9}{'p95':>9}{'longest':>9}   ms, {TIMES} of each")
    for kind, each in took.items():
        p95 = statistics.quantiles(each, n=20)[-1]
        print(f"{kind:<12}{statistics.median(each):>9.0f}{p95:>9.0f}{max(each):>9.0f}")
    print(f"allowed: {BUDGET} ms for a save and its rerun")


if __name__ == "__main__":
    main()
