"""The Canadian federal list of large IT projects: a total budget and a completion date, no more.

Source: House of Commons sessional papers, as lists of 15 columns. What the list does not say is
assumed, and every assumption is a note: the horizon opens with the fiscal year of ``asOfDate``
(April 1), a project lasts from then to the fiscal year of its completion, and its cost is spread
evenly over those years, in whole cents whose sum is exact.
"""

from datetime import date

from data import frameworks
from data.importers.assumed import COUNTED, SHARE
from data.importers.brought import Brought, nothing
from data.importers.delimited import Delimited, read
from data.importers.messy_dates import completion, fiscal_year
from data.refused import Findings, Where
from data.tables.assemble import GENERIC
from data.tables.numbers import cents
from portfolio.cycle import Cycle, Envelope
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.project import Estimate, Project, Spend, Variant
from portfolio.registry import Registry
from portfolio.words import Bilingual

NEEDED = ("department", "projectName", "totalBudget", "estimatedCompletionDate", "asOfDate")
TITLE = Bilingual("Budget fédéral (non réparti)", "Federal budget (not allotted)")
ENVELOPE = Envelope("FED", TITLE)
LONGEST = 25  # fiscal years: a completion further away is a mistake
Listed = tuple[int, dict[str, str]]  # row, text by column


def recognises(header: tuple[str, ...]) -> bool:
    """Whether the header is that of the federal list."""
    return sum(name in header for name in NEEDED) >= 4 and "totalBudget" in header


def bring(name: str, content: bytes, into: Cycle | None) -> Brought:
    """The list as a registry: rows without an amount or a date are kept, and noted."""
    found = Findings()
    try:
        table = read(content)
    except Invalid as refusal:
        row = refusal.facts.get("row")
        found.take(Where(name, row=row if isinstance(row, int) else None), refusal)
        return nothing(found, "federal")
    for column in NEEDED:
        if column not in table.header:
            found.refuse(Where(name, row=1), "missing-column", ", ".join(table.header), column)
    if found.refused:
        return nothing(found, "federal")
    rows = _rows(table)
    as_of = _as_of(rows, name, found)
    if found.refused or as_of is None:
        return nothing(found, "federal")
    start = fiscal_year(as_of)
    codes = _codes(rows, name, found)
    projects = tuple(
        _project(row, code, start, as_of, name, found)
        for row, code in zip(rows, codes, strict=True)
    )
    if found.refused:
        return nothing(found, "federal")
    return _brought(projects, len(rows), start, found)


def _rows(table: Delimited) -> list[Listed]:
    width = len(table.header)
    return [
        (n, dict(zip(table.header, cells + ("",) * (width - len(cells)), strict=False)))
        for n, cells in table.rows
    ]


def _as_of(rows: list[Listed], name: str, found: Findings) -> date | None:
    """The one date of the list."""
    if not rows:
        found.refuse(Where(name), "no-rows")
    dates = {row["asOfDate"]: n for n, row in reversed(rows)}
    for text, n in dates.items():
        if completion(text) is None:
            where = Where(name, row=n, column="asOfDate")
            found.refuse(where, "not-a-date", text, "April 25, 2022")
    return max((day for text in dates if (day := completion(text))), default=None)


def _codes(rows: list[Listed], name: str, found: Findings) -> list[str]:
    """One code a row: the list's own, told apart where it stands twice."""
    codes: list[str] = []
    taken: set[str] = set()
    for n, row in rows:
        department = row.get("deptAcronym", "").strip() or "row"
        given = row.get("uniqueId", "").strip() or f"{department}-{n}"
        code, place = given, 2
        while code in taken:
            code, place = f"{given}-{place}", place + 1
        if code != given:
            found.remark(Where(name, row=n, column="uniqueId"), "code-renamed", given, code)
        taken.add(code)
        codes.append(code)
    return codes


def _project(
    listed: Listed, code: str, start: int, as_of: date, name: str, found: Findings
) -> Project:
    n, row = listed
    where = Where(name, row=n)
    if not row["projectName"].strip():
        found.refuse(Where(name, row=n, column="projectName"), "missing-value")
    amount = _amount(row["totalBudget"], where, found)
    duration = _duration(row, start, as_of, where, found)
    return Project(
        code=code,
        title=row["projectName"].strip() or code,
        service=row["department"].strip(),
        outcome=row.get("description", "").strip(),
        source=f"{row.get('source', '').strip()} ({row['asOfDate'].strip()})".strip(),
        variants=(Variant("base", "", duration, 1.0, _spends(amount, duration)),),
    )


def _amount(text: str, where: Where, found: Findings) -> int | None:
    """Cents; None when not given, be it an empty cell or words in the place of an amount."""
    place = Where(where.file, row=where.row, column="totalBudget")
    if not text.strip():
        found.remark(place, "amount-not-given")
        return None
    try:
        amount = cents(text.strip().strip("*"), "en")
    except Invalid:
        found.remark(place, "amount-unreadable", text, "$1,944,523")
        return None
    if amount < 0:
        found.remark(place, "amount-unreadable", text, "≥ 0")
        return None
    return amount


def _duration(
    row: dict[str, str], start: int, as_of: date, where: Where, found: Findings
) -> int | None:
    """Fiscal years from the start to the one of completion, both counted; None = not given."""
    text = row["estimatedCompletionDate"].strip() or row.get("rawProvidedDate", "").strip()
    place = Where(where.file, row=where.row, column="estimatedCompletionDate")
    day = completion(text)
    if day is None:
        found.remark(place, "date-unreadable" if text else "date-not-given", text, "March 31, 2024")
        return None
    if day < as_of:
        found.remark(place, "date-past", day.isoformat(), as_of.isoformat())
        return 1
    years = fiscal_year(day) - start + 1
    if years > LONGEST:
        found.remark(place, "date-too-far", day.isoformat(), f"≤ {start + LONGEST - 1}")
        return None
    return years


def _spends(amount: int | None, duration: int | None) -> tuple[Spend, ...]:
    """The amount in equal parts, the first ones a cent more; whole where no duration is given."""
    if amount is None:
        return ()
    part, more = divmod(amount, duration or 1)
    return tuple(
        Spend(ENVELOPE.code, period, Estimate(part + (period < more)))
        for period in range(duration or 1)
    )


def _brought(projects: tuple[Project, ...], read_: int, start: int, found: Findings) -> Brought:
    known = [v.cost for p in projects for v in p.variants if v.cost is not None]
    longest = max((v.duration or 1 for p in projects for v in p.variants), default=1)
    framework = frameworks.load(GENERIC)
    title = Bilingual(
        f"Grands projets TI du gouvernement du Canada, liste de {start}",
        f"Large IT projects of the Government of Canada, {start} list",
    )
    source = Bilingual("Chambre des communes, documents parlementaires",
                       "House of Commons, sessional papers")
    cycle = Cycle(f"gc-{start}", title, Horizon(start, longest), framework.code, framework.version,
                  (ENVELOPE,), source=source)
    found.note("federal-start", start=start)
    found.note("federal-duration", longest=longest)
    found.note("federal-spread", count=len(known))
    found.note("limits-not-given", envelope=ENVELOPE.code, share=SHARE)
    found.note("values-not-given", maximize=str(COUNTED.maximize))
    return Brought(
        Registry(cycle, projects, scenarios=(COUNTED,)), "federal", read_, len(known), sum(known),
        noted=tuple(found.noted), notes=tuple(found.notes), counts={"projects": len(projects)},
    )
