"""The few colours, sizes and signs of the look; config.toml gives Streamlit the same colours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of one theme: told apart without red-green vision, at 3:1 from the page.

    series   for categories, in order: at most seven, and never without a label or a shape
    ramp     light to strong, from nothing to full
    """

    page: str
    panel: str
    ink: str
    line: str
    accent: str
    good: str
    warning: str
    bad: str
    quiet: str
    series: tuple[str, ...]
    ramp: tuple[str, ...]


LIGHT = Tones(
    page="#ffffff",
    panel="#f4f6f8",
    ink="#101820",
    line="#c9d1d9",
    accent="#0b5394",
    good="#006b4f",
    warning="#9a5b00",
    bad="#b3261e",
    quiet="#4d5966",
    series=("#0065a2", "#aa4f0f", "#0b9f69", "#724672", "#b98505", "#1286d2", "#7a92aa"),
    ramp=("#eef3f8", "#c6daec", "#8fb8dc", "#4d8dc4", "#1f6aa8", "#0b4a85"),
)

DARK = Tones(
    page="#12171c",
    panel="#1c232a",
    ink="#f2f5f8",
    line="#3a444e",
    accent="#2a76b8",
    good="#5fd3ab",
    warning="#ffb454",
    bad="#ff8a80",
    quiet="#a7b2bd",
    series=("#68a4ec", "#f29743", "#3ece9c", "#d48cca", "#ffcf59", "#ace0f7", "#858d9d"),
    ramp=("#1d2832", "#23435f", "#2a628f", "#3a87c2", "#6cb3ea", "#b5dcfb"),
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixels, for a desk or for a wall."""

    root: int
    chart_text: int
    chart_height: int
    mark: int
    row: int
    band: int


ON_DESK = Sizes(root=16, chart_text=13, chart_height=300, mark=2, row=33, band=30)
ON_WALL = Sizes(root=24, chart_text=21, chart_height=460, mark=4, row=50, band=52)

FONT = "Arbitrage Sans, sans-serif"

# A status is a shape and a word before it is a colour.
SIGNS = {"good": "●", "warning": "▲", "bad": "■", "quiet": "○"}
BADGES = {"good": "green", "warning": "orange", "bad": "red", "quiet": "gray"}


def tones(is_dark: bool) -> Tones:
    """The colours of the theme in use."""
    return DARK if is_dark else LIGHT


def sizes(projection: bool) -> Sizes:
    """The sizes for the surface in use."""
    return ON_WALL if projection else ON_DESK
