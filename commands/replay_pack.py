"""Replay of a decision pack: every file, every figure, and the journal's anchor, in sentences."""

from pathlib import Path

from commands.said import UNREADABLE, fail, problems, say
from data.importers.archive import MOST_BYTES
from data.importers.pack import Fault, Opened
from optimizer.search import Search
from portfolio.errors import Invalid, Refusal
from services import house, pack_replay, packs, people
from services.pack_replay import Check, Replayed
from views import journal_words
from views.text import Text

YES, NO = "✓", "✗"


def replay_pack(text: Text, file: Path, search: Search, database: str | None) -> None:
    """Say of each thing whether it is the same; ends with 1 when anything is not, 2 unreadable."""
    try:
        with file.open("rb") as content:
            opened = pack_replay.opened(content.read(MOST_BYTES + 1))
        _files(text, opened)
        told = pack_replay.replay(opened, search)
    except Refusal as refusal:
        _unreadable(text, refusal)
    _checks(text, told)
    is_vouched = database is None or _vouched(text, opened, database)
    if not (told.holds and is_vouched):
        fail(text("cli.pack.differs"))
    say(text("cli.pack.same"))


def fault(text: Text, one: Fault) -> str:
    """What is wrong with a file, and where in it."""
    name = one.what
    if name == "changed" and one.keys:
        return text("cli.pack.fault.changed_keys", file=one.file, keys=one.keys)
    if name == "changed" and one.place:
        return text("cli.pack.fault.changed_place", file=one.file, place=one.place)
    return text(f"cli.pack.fault.{name}", file=one.file)


def check(text: Text, one: Check) -> str:
    """One thing that was worked out again, whether it is the same, and what is not."""
    facts = {name: _shown(fact) for name, fact in one.facts.items()}
    line = text(f"cli.pack.check.{one.name}", **facts)
    if one.holds:
        return f"{YES} {line}"
    told = text(f"cli.pack.wrong.{one.name}", **facts)
    if one.wrong:
        told = f"{told} {text('cli.pack.wrong.these', wrong=one.wrong)}"
    return f"{NO} {told}"


def _files(text: Text, opened: Opened) -> None:
    """The files; ends with 1 when one does not hold, nothing being worked out from it."""
    for one in opened.faults:
        say(f"{NO} {fault(text, one)}", error=True)
    if opened.faults or opened.manifest is None:
        fail(text("cli.pack.faulty", n=len(opened.faults)))
    said = opened.manifest
    say(text("cli.pack.head", cycle=said.cycle, meeting=said.meeting, record=said.record))
    say(f"{YES} {text('cli.pack.files', n=len(said.files))}")


def _checks(text: Text, told: Replayed) -> None:
    for one in told.checks:
        say(check(text, one), error=not one.holds)
    if told.opened.manifest is not None:
        say(journal_words.printed(text, told.opened.manifest.journal))


def _vouched(text: Text, opened: Opened, database: str) -> bool:
    """Whether the house vouches for the pack, said line by line."""
    store = house.open_house(database)
    found = packs.vouched(store, people.console(store), opened)
    name = "kept" if found.is_kept else "not_kept"
    say(f"{YES if found.is_kept else NO} {text(f'cli.pack.{name}')}", error=not found.is_kept)
    is_sound = found.verdict.is_sound
    name = "vouched" if is_sound else "not_vouched"
    line = text(f"cli.pack.{name}", bad=found.verdict.bad or 0, n=found.verdict.count)
    say(f"{YES if is_sound else NO} {line}", error=not is_sound)
    return found.holds


def _unreadable(text: Text, refusal: Refusal) -> None:
    lines = problems(text, refusal) if isinstance(refusal, Invalid) else [text.refusal(refusal)]
    for line in lines:
        say(f"{NO} {line}", error=True)
    fail(text("cli.pack.unreadable"), UNREADABLE)


def _shown(fact: object) -> object:
    return "–" if fact is None else round(fact, 6) if isinstance(fact, float) else fact
