"""What one reader is shown of projects: laid over everything that is read for her."""

from dataclasses import dataclass, field, replace

from portfolio import confidential
from portfolio.person import Person
from portfolio.project import Project
from portfolio.registry import Registry


@dataclass(frozen=True, eq=False)
class Veil:
    """The reader, and the registries she was last shown, by cycle, with the whole of each."""

    reader: Person
    shown: dict[str, tuple[Registry, Registry]] = field(default_factory=dict)

    def over(self, project: Project) -> Project:
        """The project without what it keeps from the reader."""
        return confidential.veiled(self.reader, project)

    def over_all(self, whole: Registry) -> Registry:
        """The registry so: the very same where nothing is kept from the reader."""
        code = whole.cycle.code
        known, shown = self.shown.get(code, (None, whole))
        if known is not whole:
            projects = tuple(map(self.over, whole.projects))
            shown = whole if projects == whole.projects else replace(whole, projects=projects)
            self.shown[code] = whole, shown
        return shown
