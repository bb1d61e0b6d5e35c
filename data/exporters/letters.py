"""Letters that the typesetter's own fonts have: without them it would make no PDF at all."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

# Latin, Greek, Cyrillic, and common signs; measured letter by letter on the fonts of typst 0.15.
# Marks that stand over a letter of another font are left out, and what turns the direction of
# writing: it could make a sentence read as another one.
_UNSHOWN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1"
    "\u03a3-\u0482\u048a-\u04ff\u1e00-\u1f15\u2000-\u200a\u2010-\u2027\u202f-\u2040\u2044-\u2052"
    "\u2054-\u205f\u2070\u2071\u2074-\u208e\u20a0-\u20c0\u2100-\u211e\u2120\u2122\u2190-\u23ff"
    "\u2460-\u2606\u2609-\u262f\u2638-\u268b\u2701-\u2704\u2706-\u2709\u270c-\u2714\u2717-\u2726"
    "\u2758-\u275e\u2761-\u277f\u2794\u2798-\u27af\ufb00-\ufb06\ufffd]"
)
UNKNOWN = "\ufffd"


def displayable(value: Any) -> Any:  # noqa: ANN401  whatever JSON holds
    """The same, each letter that the fonts lack shown as one that is unknown (�)."""
    if isinstance(value, str):
        return _UNSHOWN.sub(UNKNOWN, unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {name: displayable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [displayable(part) for part in value]
    return value
