"""Package addresses (purl) as bills of materials write them."""

from packageurl import PackageURL

from data.scans.values import line

LONGEST = 1000


def read(value: object) -> tuple[str, str]:
    """(the purl as it is written, the same without qualifiers); "" for what cannot be read."""
    written = line(value, LONGEST)
    whole = _parsed(written)
    if whole is None:
        return written, ""
    bare = PackageURL(whole.type, whole.namespace, whole.name, whole.version)
    return written, bare.to_string()


def without_version(value: object) -> str:
    """What names the package in all of its versions; "" when it cannot be read."""
    whole = _parsed(line(value, LONGEST))
    return PackageURL(whole.type, whole.namespace, whole.name).to_string() if whole else ""


def _parsed(written: str) -> PackageURL | None:
    try:
        return PackageURL.from_string(written) if written else None
    except ValueError:
        return None
