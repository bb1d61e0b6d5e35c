"""Every act of the house: who may do it, what it is called with, and what is one's own.

To add an act, add its line to ``CALLS`` in the file of its domain here: the roles that may do it,
and the arguments after the store and the person, or a function of the store that makes what they
need. When it is for one's own only, declare so beside its roles (``@allowed(Role.LEAD,
own=(Role.LEAD,))``) and add a line to ``OWN`` of the same file: what someone else has, and the code
under which a stranger of the right role is refused. A new file goes into ``FILES`` below.

Then give the act its words (views/text/*/acts.toml: "module_act"), and write the table that people
read anew: ``python cli.py permissions --lang en --out docs/permissions.md``.
"""

from acts import (
    cycles,
    debts,
    decisions,
    doors,
    dossiers,
    files,
    frameworks,
    imports,
    journal,
    judgement,
    notices,
    papers,
    people,
    plans,
    promises,
    proposals,
    publication,
    register,
    room,
)

FILES = (
    cycles, debts, decisions, doors, dossiers, files, frameworks, imports, journal, judgement,
    notices, papers, people, plans, promises, proposals, publication, register, room,
)  # fmt: skip
CALLS = {act: call for file in FILES for act, call in file.CALLS.items()}
OWN = tuple(one for file in FILES for one in file.OWN)
NOT_ONES_OWN = (
    *debts.NOT_ONES_OWN, *decisions.NOT_ONES_OWN, *dossiers.NOT_ONES_OWN,
)  # fmt: skip
