"""What a lead typed in one tab while the proposal was submitted in another: shown, never lost."""

import streamlit as st

from portfolio.criterion import Framework
from portfolio.filed import Filed
from portfolio.project import Project
from portfolio.project_changes import differences
from portfolio.registry import Registry
from views import proposal_diff, proposal_draft
from views.desk import Desk


def show(desk: Desk, registry: Registry, framework: Framework, project: Project) -> None:
    """Both versions, where they differ, until the lead has taken note."""
    draft: proposal_draft.Draft | None = st.session_state.get(proposal_draft.KEY)
    if draft is None or draft.kept.code != project.code or draft.mine is None:
        return
    st.warning(desk.text("dossier.typed_late"))
    with st.container(border=True):
        shown = proposal_diff.Shown(desk, registry, framework, project.code)
        proposal_diff.listed(shown, differences(Filed(project), Filed(draft.mine)))
        st.button(desk.text("dossier.noted"), key="proposals_noted", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(proposal_draft.KEY, None)
