"""The public routes alone, behind the gate, answering in this very process: begun in no time."""

import threading
import time
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from views.gate import Gate
from views.public_pages import routes

STATIC = Path(__file__).parent.parent / "static"


@contextmanager
def answering(store, opened=None):
    """Where the public pages of the store answer; ``opened`` gives it, when that takes long."""
    opened = opened or (lambda: store)
    held = [*routes(opened), Mount("/app/static", StaticFiles(directory=STATIC))]
    app = Starlette(routes=held, middleware=[Middleware(Gate, opened=opened)])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        (port,) = {line.getsockname()[1] for held in server.servers for line in held.sockets}
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
