"""A decision pack replays a meeting from its files alone, and names whatever was changed in it."""

import contextlib
import io
import json
import shutil
import zipfile
from dataclasses import replace

import pytest
from a_meeting import CYCLE, NUMBER, OBSERVER, ON, a_closed_meeting, a_committee
from seated import FACILITATOR
from typer.testing import CliRunner

import cli
from data import frozen_file, pack_manifest
from data.exporters import pack as written
from data.importers import pack as importer
from data.importers.pack import Fault
from data.store import open_store
from optimizer.search import Search
from portfolio import record
from portfolio.errors import Forbidden, Invalid, Missing
from services import meetings, pack_replay, packs, people
from services.jobs import Jobs

SEARCH = Search(20.0)
MINUTES = {"minutes.pdf": b"%PDF-1.7 Proc\xc3\xa8s-verbal"}
INPUTS, RECORD = packs.INPUTS, packs.RECORD


@pytest.fixture(scope="module")
def closed(migrated_file, tmp_path_factory):
    """(the file of a house whose first meeting is closed, its decision pack)."""
    path = shutil.copy(migrated_file, tmp_path_factory.mktemp("closed") / "closed.db")
    jobs = Jobs()
    with contextlib.closing(open_store(f"sqlite:///{path}")) as store:
        a_closed_meeting(store, jobs)
        content = packs.pack(store, FACILITATOR, CYCLE, NUMBER, MINUTES)
    jobs.close()
    return path, content


@pytest.fixture
def content(closed):
    return closed[1]


@pytest.fixture
def files(content):
    return dict(importer.read(content).files)


def zipped(parts):
    """A zip of these (name, bytes), in order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts:
            archive.writestr(name, held)
    return packed.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def with_part(content, name, held):
    """The pack with other bytes in one file, and the manifest that it had."""
    return zipped((n, held if n == name else was) for n, was in parts_of(content))


def flipped(held, at):
    return held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :]


def sealed(files):
    """A pack made anew around changed files, its manifest in order: a forger's."""
    return written.pack(files, record.from_json(files[RECORD]))


def test_the_pack_is_the_same_each_time_and_everything_in_it_is_worked_out_again(closed, files):
    path, content = closed
    with contextlib.closing(open_store(f"sqlite:///{path}")) as store:
        again = packs.pack(store, FACILITATOR, CYCLE, NUMBER, MINUTES)

    found = pack_replay.replay(importer.read(content), SEARCH)

    assert again == content
    assert files["minutes.pdf"] == MINUTES["minutes.pdf"]
    assert importer.read(content).faults == ()
    assert [check.name for check in found.checks] == [
        "record", "inputs", "question", "scores", "posed", "kept", "solved", "overrides", "voted",
        "derived",
    ]  # fmt: skip
    assert found.holds
    assert found.found.proof.objective == 301.25
    assert [(o.project, o.price) for o in found.told.overrides] == [("P4", 12.03125),
                                                                   ("P2", 1.71875)]


def test_one_changed_byte_of_any_file_names_that_file(content):
    for name, held in parts_of(content):
        for at in (0, len(held) // 3, len(held) // 2, len(held) - 1):
            faults = importer.read(with_part(content, name, flipped(held, at))).faults

            assert {fault.file for fault in faults} == {name}, (name, at)


def test_a_byte_changed_anywhere_in_the_zip_is_named_or_changes_no_file(content, files):
    for at in range(0, len(content), 23):
        try:
            opened = importer.read(flipped(content, at))
        except Invalid:
            continue
        assert opened.faults or opened.files == files, at


def test_a_byte_changed_in_the_compressed_stream_names_the_file(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo(INPUTS).header_offset + 200

    assert importer.read(flipped(content, at)).faults == (Fault("damaged", INPUTS),)


def test_what_differs_in_a_json_file_is_named_by_its_key(content, files):
    inputs = json.loads(files[INPUTS])
    inputs["registry"]["evaluations"][0]["rating"] = 0
    inputs["values"]["P1"] = 99
    changed = json.dumps(inputs).encode()

    assert importer.read(with_part(content, INPUTS, changed)).faults == (
        Fault("changed", INPUTS, ("registry.evaluations", "values.P1")),
    )
    assert importer.read(with_part(content, INPUTS, files[INPUTS][:-1])).faults[0].place


def test_a_file_missing_or_added_and_a_manifest_changed_or_gone_are_named(content):
    parts, name = parts_of(content), pack_manifest.NAME
    without = zipped(p for p in parts if p[0] != INPUTS)
    more = zipped([*parts, ("note.txt", b"?")])
    manifest = json.loads(dict(parts)[name])
    manifest["meeting"] = 2
    other = (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    assert importer.read(without).faults == (Fault("missing", INPUTS),)
    assert importer.read(more).faults == (Fault("added", "note.txt"),)
    assert importer.read(with_part(content, name, other)).faults == (Fault("manifest", name),)
    bare = zipped(p for p in parts if p[0] != name)
    assert importer.read(bare).faults == (Fault("no-manifest", name),)


def test_a_zip_cut_short_or_hostile_is_refused(content):
    for cut in (0, 4, 100, len(content) // 2, len(content) - 30, len(content) - 1):
        with pytest.raises(Invalid, match="zip-unreadable"):
            importer.read(content[:cut])
    for name in ("../etc/passwd", "/etc/passwd", "a/b.json", "C:\\x", "..", "inputs.json\n"):
        with pytest.raises(Invalid, match="pack-path"):
            importer.read(zipped([*parts_of(content), (name, b"")]))
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = zipped([*parts_of(content), (INPUTS, b"{}")])
    with pytest.raises(Invalid, match="pack-path"):
        importer.read(twice)
    with pytest.raises(Invalid, match="zip-unpacks-too-big"):
        importer.read(zipped([("a.json", b"0" * 5_000_000)]))
    with pytest.raises(Invalid, match="zip-too-many-parts"):
        importer.read(zipped((f"{n}.json", b"") for n in range(51)))


def test_what_is_changed_in_a_pack_sealed_anew_is_named_by_what_is_worked_out_again(files):
    """A rating of P3, the price of P4, and P7 in the plan, whose envelope has no room for it."""
    kept = frozen_file.read(files[INPUTS])
    at = next(n for n, e in enumerate(kept.registry.evaluations) if e.project == "P3")
    given = list(kept.registry.evaluations)
    given[at] = replace(given[at], rating=0.0)
    forged = replace(kept, registry=replace(kept.registry, evaluations=tuple(given)))
    told = record.from_json(files[RECORD])
    first, *others = told.overrides
    cheaper = replace(told, overrides=(replace(first, price=1.0), *others))
    answer = json.loads(files[packs.ANSWER])
    answer["starts"]["P7"] = {"variant": "base", "period": 0}
    whole = files | {
        INPUTS: frozen_file.write(forged),
        RECORD: record.to_json(cheaper),
        packs.ANSWER: json.dumps(answer).encode(),
    }

    found = pack_replay.replay(importer.read(sealed(whole)), SEARCH)
    wrong = {check.name: check.wrong for check in found.checks if not check.holds}

    assert wrong.pop("kept")[0].startswith("envelope:PDI")
    wrong.pop("solved", None)
    assert wrong == {
        "inputs": (),
        "scores": ("P3",),
        "posed": ("projects[2].value",),
        "overrides": ("P4",),
        "derived": (packs.OVERRIDES,),
    }


def test_a_pack_that_lacks_a_file_or_holds_another_is_refused(files):
    told = record.from_json(files[RECORD])
    other = importer.read(written.pack(files | {RECORD: b"{}"}, told))
    with pytest.raises(Invalid, match="pack-unreadable"):
        pack_replay.replay(other, SEARCH)
    del files[packs.QUESTION]
    with pytest.raises(Invalid, match="pack-lacks"):
        pack_replay.replay(importer.read(sealed(files)), SEARCH)


def test_the_command_line_replays_a_pack_without_a_house_and_asks_one_to_vouch(
    closed, files, tmp_path, monkeypatch
):
    monkeypatch.setenv("ARBITRAGE_DATABASE_URL", f"sqlite:///{tmp_path}/none/none.db")
    path, content = closed

    def run(held, *more):
        file = tmp_path / "pack.zip"
        file.write_bytes(held)
        done = CliRunner().invoke(cli.app, ["replay", str(file), *more])
        return done.exit_code, done.output.replace("\xa0", " ")

    status, said = run(content)
    assert (status, "✗" in said) == (0, False)
    assert "Question résolue de nouveau : objectif 301,25, borne 301,25" in said
    assert "Repère du journal : " in said
    assert not (tmp_path / "none").exists()

    status, said = run(with_part(content, INPUTS, flipped(files[INPUTS], 40)))
    assert (status, f"✗ {INPUTS}" in said) == (1, True)
    assert run(content[:500])[0] == 2

    told = replace(record.from_json(files[RECORD]), place="Ailleurs")
    elsewhere = sealed(files | {RECORD: record.to_json(told)})
    status, said = run(elsewhere, "--database", f"sqlite:///{path}")
    assert status == 1
    assert "✗ Cette maison ne garde pas ce compte rendu" in said
    assert "✓ Le repère du dossier est bien dans le journal de cette maison" in said


def test_the_house_vouches_for_its_own_pack_and_not_for_another_journal_s(closed):
    path, content = closed
    opened = importer.read(content)
    journal = replace(opened.manifest.journal, head="0" * 64)
    other = replace(opened, manifest=replace(opened.manifest, journal=journal))
    with contextlib.closing(open_store(f"sqlite:///{path}")) as store:
        by = people.console(store)
        assert packs.vouched(store, by, opened).holds
        found = packs.vouched(store, by, other)

    assert (found.is_kept, found.verdict.fault, found.holds) == (True, "anchor", False)


def test_a_pack_is_for_those_who_read_opinions_once_the_meeting_is_closed(migrated_file, tmp_path):
    path = shutil.copy(migrated_file, tmp_path / "own.db")
    with contextlib.closing(open_store(f"sqlite:///{path}")) as store:
        a_committee(store)
        meetings.prepare(store, FACILITATOR, CYCLE, ON, "base")
        with pytest.raises(Missing, match="no-such-record"):
            packs.pack(store, FACILITATOR, CYCLE, NUMBER)
        with pytest.raises(Forbidden):
            packs.pack(store, OBSERVER, CYCLE, NUMBER)
