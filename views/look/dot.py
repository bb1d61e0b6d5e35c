"""Boxes and arrows in Graphviz's language, in the desk's colours."""

from dataclasses import dataclass, field
from textwrap import wrap

from views.desk import Desk
from views.look import tokens

WIDE = 24  # letters in a line of a box
LINES = 4  # lines of a box, the first of which may be a code
LETTERS = 0.8  # of the page's own


@dataclass(slots=True)
class Drawing:
    """Boxes by key and arrows between them; said twice, each is drawn once.

    last   the boxes that stand together at the right
    """

    boxes: dict[str, str] = field(default_factory=dict)
    last: dict[str, None] = field(default_factory=dict)
    arrows: dict[tuple[str, str], str] = field(default_factory=dict)

    def box(
        self, key: str, label: str, *, shape: str = "box", is_bold: bool = False,
        is_last: bool = False,
    ) -> None:  # fmt: skip
        """One box; ``label`` breaks where it is told to, then where it is too wide."""
        if is_last:
            self.last[key] = None
        parts = [line for part in label.split("\n") for line in wrap(part, WIDE)]
        if len(parts) > LINES:
            parts = [*parts[: LINES - 1], f"{parts[LINES - 1]} …"]
        bold = " penwidth=3" if is_bold else ""
        self.boxes[key] = f"label={quoted(chr(10).join(parts))} shape={shape}{bold}"

    def arrow(self, start: str, end: str, *, is_dashed: bool = False) -> None:
        """One arrow."""
        self.arrows[start, end] = "style=dashed" if is_dashed else ""


def written(desk: Desk, drawing: Drawing) -> str:
    """The drawing from left to right, to be shown beside its sentence and its table."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    return "\n".join([
        "digraph drawing {",
        'rankdir=LR; bgcolor="transparent"; nodesep=0.2; ranksep=0.6;',
        f'node [style="rounded,filled", fillcolor="{tone.panel}", color="{tone.quiet}",'
        f' fontcolor="{tone.ink}", fontname="{tokens.FONT}",'
        f' fontsize={round(size.root * LETTERS)}, margin="0.12,0.07"];',
        f'edge [color="{tone.quiet}", arrowsize=0.7];',
        *(f"{quoted(key)} [{look}];" for key, look in drawing.boxes.items()),
        f"{{ rank=max; {'; '.join(map(quoted, drawing.last))} }}",
        *(f"{quoted(a)} -> {quoted(b)} [{look}];" for (a, b), look in drawing.arrows.items()),
        "}",
    ])  # fmt: skip


def quoted(words: str) -> str:
    """The words between quotes, whatever they hold."""
    plain = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'
