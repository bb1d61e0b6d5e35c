"""Compile ahead of time, once a machine, what is compiled: nobody waits for it afterwards."""

import numpy as np

from optimizer.frontier import frontier
from optimizer.model import Model
from optimizer.posed import AS_IT_IS, Posed
from optimizer.program import write
from optimizer.rebuild import frame, rebuilt
from optimizer.search import Search
from optimizer.space import Space
from portfolio.candidate import Candidate, Limits
from portfolio.horizon import Horizon
from portfolio.question import Question


def ahead() -> None:
    """Use every compiled function once, on a question of four projects; kept on disk by numba."""
    projects = tuple(
        Candidate(code, value=float(value), measures={"other": 9.0 - value}, cost={"E": (1.0,)})
        for code, value in zip("ABCD", (1, 2, 4, 7), strict=True)
    )
    question = Question(Horizon(2027, 1), projects, envelopes={"E": Limits((2.0,))})
    model = Model(write(question, question.choices()))
    space = Space.of(model.arrays, Posed.of(model.arrays, AS_IT_IS))
    groups = np.ones(len(space.held))
    rebuilt(space, frame(space, groups, space.gain, groups), space.least, 10, 1.0, 0)
    frontier(question, ["value", "other"], Search(60.0))
