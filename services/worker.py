"""A worker process: loads what it is given once, then answers through its pipes."""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from optimizer.search import Watch


def main() -> None:
    """Answer until the one who asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks hears it, and lets us go
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    serve(sys.stdin.buffer, out)


def serve(asked: BinaryIO, out: BinaryIO) -> None:
    """Take (kind, thing) after (kind, thing); give (True, answer) or (False, what was raised)."""
    work: Callable[[Any], Any] | None = None
    while True:
        try:
            kind, thing = pickle.load(asked)
        except EOFError:
            return
        try:
            if kind == "make":
                work, reply = pickle.loads(thing)(Watch()), (True, None)
            else:
                assert work is not None
                reply = (True, work(thing))
            packed = pickle.dumps(reply)
        except Exception as error:  # carried to the one who asked
            packed = _packed(error)
        out.write(packed)
        out.flush()


def _packed(error: Exception) -> bytes:
    try:
        packed = pickle.dumps((False, error))
        pickle.loads(packed)
    except Exception:  # an error that cannot travel is told in words
        packed = pickle.dumps((False, RuntimeError(repr(error))))
    return packed


if __name__ == "__main__":
    main()
