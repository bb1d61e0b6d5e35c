"""A real mail server on loopback, which keeps what it takes and refuses what it is told to."""

import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from services.post import MailServer


class PostOffice:
    """refused   address -> what the server answers to it"""

    def __init__(self):
        self.letters, self.refused = [], {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address):
        return [letter for letter in self.letters if letter["To"] == address]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def open_office(port=0, **settings):
    """The office, and the server to write to; port 0 = any that is free."""
    office = PostOffice()
    port = port or free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    try:
        yield office, MailServer("127.0.0.1", port, "arbitrage@exemple.org")
    finally:
        controller.stop()
