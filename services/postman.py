"""The postman: in the served process, sends what waits every minute, and reminds every day."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

from data.store import Store
from portfolio.clock import day_of
from portfolio.errors import Refusal
from services import post, reminders

EVERY = 60.0  # seconds


class Postman:
    """One thread; ``close`` ends it. Several processes may each have one: a notice has one taker.

    opened   gives the house, when it can be had
    server   None = nothing leaves by e-mail, people are reminded all the same
    """

    def __init__(
        self,
        opened: Callable[[], Store],
        server: post.MailServer | None,
        write: post.Write,
        every: float = EVERY,
    ) -> None:
        self.opened, self.server, self.write, self.every = opened, server, write, every
        self._reminded: date | None = None
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._walk, name="postman", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End, once the letter in hand has left."""
        self._is_over.set()
        self._thread.join(post.SECONDS)

    def _walk(self) -> None:
        while not self._is_over.wait(self.every):
            try:
                self._round()
            except Refusal as refusal:  # a database that is busy or away: the next round tries
                logging.getLogger("arbitrage").warning("postman: %s", refusal)

    def _round(self) -> None:
        store, today = self.opened(), day_of(datetime.now(UTC))
        if self._reminded != today:
            reminders.remind(store, today)
            self._reminded = today
        if self.server is not None:
            told = post.deliver(store, self.server, self.write)
            if told.waiting or told.refused:
                logging.getLogger("arbitrage").warning("postman: %s", told)
