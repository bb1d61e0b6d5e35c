"""The framework editor: editions, a draft written in both languages, advice, what changed."""

from collections.abc import Callable
from zlib import crc32

import streamlit as st

from portfolio.criterion import Framework, FrameworkEdition
from portfolio.cycle import Cycle
from portfolio.errors import Refusal
from portfolio.framework_changes import differences
from portfolio.framework_gaps import gaps
from scoring.measures import MEASURES
from services import cycles, frameworks
from services.frameworks import Consequences, Edition
from views import criteria_changes, criteria_draft, criteria_leaf, criteria_tree
from views.criteria_draft import Draft
from views.criteria_words import advised, named_key, problem
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import joined

REFUSED = "criteria_refused"
PICKED = "criteria_picked"


def show(desk: Desk, read: Callable[[Framework], None]) -> None:
    """Choose an edition, then write it, read it, or see what changed; ``read`` shows one whole."""
    every = {e.key: e for e in frameworks.editions(desk.store, desk.person)}
    cycle = next(c for c in cycles.cycles(desk.store, desk.person) if c.code == desk.cycle)
    edition = _picked(desk, every, cycle)
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        _refused(desk, refused, edition.framework)
    draft = criteria_draft.opened(edition) if edition.is_draft else None
    _acts(desk, edition, draft, cycle)
    _begin(desk, edition, every)
    first = "write" if edition.is_draft else "read"
    part = st.segmented_control(
        desk.text("framework.part_label"), (first, "advice", "compare"), default=first,
        required=True, format_func=lambda one: desk.text(f"framework.show.{one}"),
        key=f"criteria_part_{first}", label_visibility="collapsed",
    )
    framework = draft.framework if draft else edition.framework
    if part == "compare":
        _compare(desk, edition, framework, every, cycle)
    elif part == "advice":
        _advice(desk, framework, edition.is_draft)
    elif draft:
        _write(desk, draft)
    else:
        read(framework)


def _picked(desk: Desk, every: dict[tuple[str, str], Edition], cycle: Cycle) -> Edition:
    """The edition on the desk; at first, the one that the cycle uses."""
    keys = list(every)
    used = (cycle.framework, cycle.framework_version)
    if st.session_state.get(PICKED) not in keys:
        st.session_state[PICKED] = used if used in keys else keys[0]
    key: tuple[str, str] = st.session_state[PICKED]
    labels = [_edition(desk, every[one]) for one in keys]
    # A field whose options are worded anew forgets its choice: it is then another field.
    field = f"criteria_edition_{crc32(' '.join(labels).encode())}"
    st.selectbox(
        desk.text("framework.edition"), keys, index=keys.index(key), key=field, width=640,
        format_func=dict(zip(keys, labels, strict=True)).__getitem__,
        on_change=_pick, args=(field,),
    )
    edition = every[key]
    with st.container(horizontal=True, key="criteria_statuses"):
        state = "draft" if edition.is_draft else "shipped" if edition.is_shipped else "published"
        components.status(
            desk.text(f"framework.state.{state}"), "warning" if edition.is_draft else "good"
        )
        if key == used:
            components.status(desk.text("framework.in_use"), "good")
    return edition


def _pick(field: str) -> None:
    st.session_state[PICKED] = st.session_state[field]


def _edition(desk: Desk, edition: Edition) -> str:
    framework = edition.framework
    facts = {"title": framework.title.in_(desk.language), "version": framework.version}
    return desk.text("framework.named_draft" if edition.is_draft else "framework.named", **facts)


def _refused(desk: Desk, refused: Refusal, framework: Framework) -> None:
    """What was refused, with every problem at its place."""
    components.error(desk, refused)
    problems = refused.facts.get("problems", ())
    if isinstance(problems, tuple) and problems:
        is_file = refused.code == "framework-unreadable"
        told = [problem(desk, one, None if is_file else framework) for one in problems]
        st.markdown("\n".join(f"- {plain(one)}" for one in told))


def _done(act: Callable[[], object]) -> bool:
    """Do it; what is refused is shown at the next run."""
    try:
        act()
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return False
    return True


def _acts(desk: Desk, edition: Edition, draft: Draft | None, cycle: Cycle) -> None:
    """Publish or delete a draft; use a published edition; take its file."""
    text, (code, version) = desk.text, edition.key
    used = (cycle.framework, cycle.framework_version)
    with st.container(horizontal=True, key="criteria_acts"):
        if draft is not None:
            kept = draft.kept
            components.confirm(
                desk, key="criteria_publish", label=text("framework.publish"),
                question=text("framework.publish_question", version=version),
                act=lambda: _publish(desk, kept),
            )
            components.confirm(
                desk, key="criteria_delete", label=text("framework.delete"),
                question=text("framework.delete_question", version=version),
                act=lambda: _delete(desk, kept),
            )
        elif edition.key != used:
            would = frameworks.consequences(desk.store, desk.person, desk.cycle, code, version)
            components.confirm(
                desk, key="criteria_use", label=text("framework.use"),
                question=_would(desk, would, edition.framework),
                act=lambda: _use(desk, cycle, code, version),
            )
        st.download_button(
            text("framework.export"),
            frameworks.export(desk.store, desk.person, code, version),
            file_name=f"{code}-{version}.toml", mime="application/toml", key="criteria_export",
            icon=":material/download:", on_click="ignore",
        )


def _publish(desk: Desk, kept: FrameworkEdition) -> None:
    if _done(lambda: frameworks.publish(desk.store, desk.person, kept)):
        components.tell(desk.text("framework.published", version=kept.framework.version))


def _delete(desk: Desk, kept: FrameworkEdition) -> None:
    if _done(lambda: frameworks.remove(desk.store, desk.person, kept)):
        st.session_state.pop(PICKED, None)
        components.tell(desk.text("framework.deleted", version=kept.framework.version))


def _use(desk: Desk, cycle: Cycle, code: str, version: str) -> None:
    if _done(lambda: frameworks.use(desk.store, desk.person, cycle, code, version)):
        components.tell(desk.text("framework.used", version=version))


def _would(desk: Desk, would: Consequences, new: Framework) -> str:
    """What using the edition would do, one line each."""
    text = desk.text
    if would.is_open:
        return text("framework.would.open")
    old = would.compared.old if would.compared else new
    told = []
    if would.orphans:
        names = joined(desk, [named_key(desk, old, key) for key in would.orphans])
        n = sum(would.orphans.values())
        told.append(text("framework.would.orphans", n=n, names=plain(names)))
    for name in ("unrated", "unweighted"):
        keys = getattr(would, name)
        if keys:
            names = joined(desk, [named_key(desk, new, key) for key in keys])
            told.append(text(f"framework.would.{name}", n=len(keys), names=plain(names)))
    n = len(would.compared.differences) if would.compared else 0
    head = text("framework.would.head", n=n)
    told.append(text("framework.would.values"))
    return head + "\n\n" + "\n".join(f"- {line}" for line in told)


def _begin(desk: Desk, edition: Edition, every: dict[tuple[str, str], Edition]) -> None:
    """A draft from this edition, or from a file."""
    text = desk.text
    key = f"criteria_begin_{'_'.join(edition.key)}"  # folded again once there is a draft
    with st.expander(text("framework.begin"), icon=":material/edit_note:", key=key):
        left, right = st.columns(2, gap="large")
        with left, st.form("criteria_begin_form", border=False):
            version = frameworks.suggested(tuple(every.values()), edition)
            field = f"criteria_version_{'_'.join(edition.key)}"
            st.text_input(
                text("framework.begin_version"), version, key=field,
                help=text("framework.begin_help"),
            )
            st.form_submit_button(
                text("framework.begin_act"), type="primary", on_click=_begun,
                args=(desk, edition, field),
            )
        with right:
            st.file_uploader(
                text("framework.file"), type=["toml"], key="criteria_file", max_upload_size=1,
                on_change=_brought, args=(desk,), help=text("framework.file_help"),
            )


def _begun(desk: Desk, edition: Edition, field: str) -> None:
    typed = st.session_state[field]

    def begin() -> None:
        begun = frameworks.begin(desk.store, desk.person, *edition.key, typed)
        st.session_state[PICKED] = begun.framework.code, begun.framework.version

    _done(begin)


def _brought(desk: Desk) -> None:
    file = st.session_state.get("criteria_file")
    if file is None:
        return

    def bring() -> None:
        brought = frameworks.bring_in(desk.store, desk.person, file.getvalue(), file.name)
        framework = brought.framework
        st.session_state[PICKED] = framework.code, framework.version
        components.tell(desk.text("framework.brought", version=framework.version))

    _done(bring)


def _write(desk: Desk, draft: Draft) -> None:
    """The tree at the left with what is to look at, the chosen criterion at the right."""
    text = desk.text
    if draft.theirs is not None:
        _conflict(desk, draft, draft.theirs)
    elif draft.refused is not None:
        components.error(desk, draft.refused)
    else:
        st.caption(text("framework.kept", version=draft.kept.version))
    left, right = st.columns([3, 7], gap="large")
    with left:
        criteria_tree.show(desk, draft)
        _beside(desk, draft)
    if draft.chosen:
        with right:
            criteria_leaf.show(desk, draft)


def _beside(desk: Desk, draft: Draft) -> None:
    """What stops publication, and advice on the criterion being written, as it is written."""
    text, framework = desk.text, draft.framework
    lacking = gaps(framework, MEASURES)
    st.header(text("framework.beside"), anchor=False)  # no level skipped, for those who listen
    if lacking:
        st.markdown(said(text("framework.lacking", n=len(lacking))))
        told = [problem(desk, one, framework) for one in lacking[:5]]
        st.markdown("\n".join(f"- {plain(one)}" for one in told))
    else:
        st.markdown(said(text("framework.ready")))
    found = frameworks.advice(desk.store, desk.person, framework, desk.cycle)
    here = [a for a in found if draft.chosen in a.keys or not a.keys]
    for one in here:
        if not one.code.startswith("sentences-missing"):  # told above
            st.info(plain(advised(desk, framework, one)), icon=":material/lightbulb:")
    if others := len(found) - len(here):
        st.caption(said(text("framework.elsewhere", n=others)))


def _conflict(desk: Desk, draft: Draft, theirs: FrameworkEdition) -> None:
    """What the other person changed, what one's own change would do on top; the person decides."""
    text, old = desk.text, draft.framework
    st.warning(said(text("framework.stale", version=theirs.version)))
    try:
        mine = draft.pending(theirs.framework) if draft.pending else theirs.framework
    except Refusal:
        mine = theirs.framework  # what it would change is no longer there
    for name, before, after in (
        ("stale_theirs", old, theirs.framework), ("stale_mine", theirs.framework, mine),
    ):
        told = criteria_changes.lines(desk, before, after, differences(before, after))
        st.markdown(f"**{text(f'framework.{name}')}**\n\n{told or text('common.none')}")
    with st.container(horizontal=True):
        st.button(
            text("framework.keep_mine"), key="criteria_keep_mine", type="primary",
            on_click=criteria_draft.keep_mine, args=(desk, draft),
        )
        st.button(
            text("framework.take_theirs"), key="criteria_take_theirs",
            on_click=criteria_draft.take_theirs, args=(draft,),
        )


def _advice(desk: Desk, framework: Framework, is_draft: bool) -> None:
    """Everything to look at again, each with its evidence."""
    text = desk.text
    lacking = gaps(framework, MEASURES) if is_draft else []
    if lacking:
        st.header(text("framework.before_publishing"), anchor=False)
        told = [problem(desk, one, framework) for one in lacking]
        st.markdown("\n".join(f"- {plain(one)}" for one in told))
    st.header(text("framework.advice_head"), anchor=False)
    st.markdown(said(text("framework.advice_help")))
    found = frameworks.advice(desk.store, desk.person, framework, desk.cycle)
    if not found:
        st.success(text("framework.advice_none"), icon=":material/check:")
    for one in found:
        st.info(plain(advised(desk, framework, one)), icon=":material/lightbulb:")


def _compare(
    desk: Desk,
    edition: Edition,
    framework: Framework,
    every: dict[tuple[str, str], Edition],
    cycle: Cycle,
) -> None:
    """What changed from another edition to this one."""
    others = [key for key in every if key != edition.key]
    used = (cycle.framework, cycle.framework_version)
    same = [key for key in others if key[0] == edition.key[0]]
    first = used if used in others else next(iter([*same, *others]), None)
    if first is None:
        st.markdown(desk.text("framework.alone"))
        return
    other = st.selectbox(
        desk.text("framework.compare_with"), others, index=others.index(first), width=640,
        format_func=lambda one: _edition(desk, every[one]), key="criteria_other",
    )
    compared = frameworks.compare(every[other].framework, framework)
    st.header(desk.text("framework.changed", n=len(compared.differences)), anchor=False)
    criteria_changes.show(desk, compared)
