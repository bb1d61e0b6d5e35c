"""A server that answers to the acts which fetch: one product's lifecycle, one tool's project."""

from contextlib import contextmanager

from loopback import answering

UUID = "ca4f2da9-0fad-4a13-92d7-f627f3168a56"
TOLD = {
    f"/api/v1/project/{UUID}": f'{{"uuid": "{UUID}"}}',
    "/php.json": '[{"cycle": "8.1", "eol": true}]',
}
_addresses: list[str] = []


@contextmanager
def serving():
    """Answer as long as it is open."""
    with answering(lambda to: (200, {}, TOLD.get(to.path.split("?")[0], "[]").encode())) as address:
        _addresses.append(address)
        yield
        _addresses.pop()


def served():
    """Where it answers."""
    return _addresses[-1]
