"""The door of the house for people: who is at the desk, in which language, before which page."""

import logging
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from portfolio.cycle import Cycle
from portfolio.errors import Refusal
from portfolio.person import Person
from services import cycles, doors, house, people
from services.doors import Door
from services.jobs import Jobs
from views import web
from views.desk import Desk
from views.look import components
from views.pages import Page, pages_for
from views.text import LANGUAGES, Text

if TYPE_CHECKING:
    from data.store import Store

ICON = str(Path(__file__).parent / "static" / "icon.svg")
GUEST = Person("guest", "—")
NAMES = {"fr": "Français", "en": "English"}


@st.cache_resource(show_spinner=False)
def open_jobs() -> Jobs:
    """The long work of this process, shared by every session."""
    return Jobs()


@st.cache_resource(show_spinner=False)
def open_store() -> "Store":
    """The store, opened once for every session."""
    return house.open_house()


def main() -> None:
    """Set the desk, offer the pages, show the one asked for."""
    # Set twice: here for the layout of everything, then with the name of the page.
    st.set_page_config(page_title="Arbitrage", page_icon=ICON, layout="wide")
    text = Text(_language())
    try:
        store = open_store()
        door = doors.door(store)
        known = people.demo_people(store) if door is Door.DEMO else ()
        person = _person(known) if door is Door.DEMO else _signed_in(store)
    except Refusal as refusal:
        st.error(text.refusal(refusal))
        return
    if person is None:
        st.info(text("sign_in.needed"))
        st.html(_way("/connexion", text("sign_in.title")))
        return
    st.session_state.projection = _is_projected()
    pages = pages_for(person, _asked())
    if not pages:
        st.info(text("common.nobody" if person is GUEST else "sign_in.no_role"))
        return
    there = cycles.cycles(store, person) if person.roles else ()
    _show(_desk(store, person, text, pages, _cycle(there)), pages, known, there)


def _cycle(there: Sequence[Cycle]) -> Cycle | None:
    """The cycle chosen in this session, else named in the address, else the first."""
    asked = st.session_state.get("cycle"), st.query_params.get("cycle")
    by_code = {cycle.code: cycle for cycle in there}
    first = there[0] if there else None
    return next((by_code[code] for code in asked if code in by_code), first)


def _desk(
    store: "Store", person: Person, text: Text, pages: Sequence[Page], cycle: Cycle | None
) -> Desk:
    places: dict[str, st.Page] = {}
    desk = Desk(
        store=store,
        person=person,
        text=text,
        projection=st.session_state.projection,
        is_dark=st.context.theme.type == "dark",
        is_demo=cycle is not None and cycle.is_illustrative,
        cycle=cycle.code if cycle else "",
        jobs=open_jobs(),
        places=places,
    )
    for page in pages:
        title, run = text(f"{page.key}.menu"), _runner(page, desk)
        places[page.key] = st.Page(run, title=title, url_path=page.url_path, default=not places)
    return desk


def _runner(page: Page, desk: Desk):  # noqa: ANN202  a page for st.Page
    def run() -> None:
        _guarded(page, desk)

    run.__name__ = page.key
    return run


def _guarded(page: Page, desk: Desk) -> None:
    """Run a page; what it did not foresee is logged under a reference that people can pass on."""
    try:
        page.render(desk)
    except Refusal as refusal:
        components.error(desk, refusal)
    except Exception:
        if st.get_option("client.showErrorDetails") == "full":
            raise
        reference = secrets.token_hex(4)
        logging.getLogger("arbitrage").exception("page %s, reference %s", page.key, reference)
        st.error(desk.text("errors.unexpected", reference=reference))


def _show(
    desk: Desk, pages: Sequence[Page], known: Sequence[Person], there: Sequence[Cycle]
) -> None:
    place = st.navigation(
        list(desk.places.values()),
        position="top" if desk.projection else "sidebar",
        expanded=True,  # every page in sight, and reached by name
    )
    st.set_page_config(
        page_title=f"{place.title} · {desk.text('common.app')}",
        page_icon=ICON,
        menu_items={"About": desk.text("common.about")},
    )
    components.dress(desk)
    if desk.projection:
        _way_out(desk)
    else:
        _sidebar(desk, known, there)
    place.run()


def _sidebar(desk: Desk, known: Sequence[Person], there: Sequence[Cycle]) -> None:
    text = desk.text
    with st.sidebar:
        if len(there) > 1:
            _cycles(desk, there)
        if not known and desk.person is not GUEST:
            _signed(desk)
        if known:
            st.markdown(f"**{text('common.demo.title')}**")
            codes = [person.code for person in known]
            titles = {person.code: _called(person, text) for person in known}
            st.selectbox(
                text("common.demo.person"),
                codes,
                index=codes.index(desk.person.code),
                format_func=titles.__getitem__,
                key="shell_person",
                help=text("common.demo.explanation"),
                on_change=_keep_person,
            )
        st.button(
            text("common.projection"),
            key="projection_enter",
            icon=":material/present_to_all:",
            help=text("common.projection_help"),
            on_click=_project,
            args=(True,),
        )
        _languages(desk)


def _signed(desk: Desk) -> None:
    """Who is signed in, and the way out: a plain link, which leaves the application itself."""
    st.caption(desk.text("sign_in.signed_in_as", name=desk.person.name))
    st.html(_way("/deconnexion", desk.text("sign_in.leave")))


def _way(address: str, title: str) -> str:
    return f'<a href="{address}" target="_self" style="color:inherit">{title}</a>'


def _cycles(desk: Desk, there: Sequence[Cycle]) -> None:
    titles = {cycle.code: cycle.title.in_(desk.language) for cycle in there}
    st.session_state.shell_cycle = desk.cycle  # a page may have begun a cycle since
    st.selectbox(
        desk.text("common.cycle"),
        list(titles),
        format_func=titles.__getitem__,
        key="shell_cycle",
        on_change=_keep_cycle,
    )


def _keep_cycle() -> None:
    st.session_state.cycle = st.session_state.shell_cycle


def _called(person: Person, text: Text) -> str:
    roles = ", ".join(text(f"common.role.{role}") for role in sorted(person.roles))
    return f"{roles} – {person.name}" if roles else person.name


def _languages(desk: Desk) -> None:
    """Plain links: they load the page anew, so that its language is told to screen readers."""
    other = next(code for code in LANGUAGES if code != desk.language)
    way = f'href="?lang={other}" hreflang="{other}" lang="{other}" target="_self"'
    st.html(f'<a {way} style="color:inherit">{NAMES[other]}</a>')


def _way_out(desk: Desk) -> None:
    st.button(
        desk.text("common.projection_exit"),
        key="projection_exit",
        icon=":material/close_fullscreen:",
        on_click=_project,
        args=(False,),
    )


def _project(on: bool) -> None:
    st.session_state.projection = on
    if on:
        st.query_params["projection"] = "1"
    else:
        st.query_params.pop("projection", None)


def _is_projected() -> bool:
    return bool(st.session_state.get("projection", "projection" in st.query_params))


def _language() -> str:
    """Asked for in the address, then chosen earlier in the session, then kept in the cookie."""
    kept = st.session_state.get("language"), st.context.cookies.get(web.LANGUAGE)
    asked = (st.query_params.get("lang"), *kept)
    language = next((code for code in asked if code in LANGUAGES), LANGUAGES[0])
    st.session_state.language = language
    return language


def _signed_in(store: "Store") -> Person | None:
    """Whose session the browser bears, as the store knows them at this run."""
    token = st.context.cookies.get(web.SESSION)
    return doors.who(store, token if isinstance(token, str) else "", doors.now())


def _person(known: Sequence[Person]) -> Person:
    """The person chosen in this session, else named in the address, else the first.

    Who was named in the address once is chosen: other pages' addresses name nobody.
    """
    asked = st.session_state.get("person"), st.query_params.get("person")
    by_code = {person.code: person for person in known}
    code = next((code for code in asked if code in by_code), None)
    if code is None:
        return known[0] if known else GUEST
    st.session_state.person = code
    return by_code[code]


def _keep_person() -> None:
    st.session_state.person = st.session_state.shell_person


def _asked() -> str:
    """A page from inside the house, once asked for in the address, stays for the session."""
    if "gallery" in st.query_params:
        st.session_state.inside = "gallery"
    return st.session_state.get("inside", "")


main()
