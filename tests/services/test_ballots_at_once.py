"""Two hundred ballots sent in the same second: each counts, and counts once.

Once on each database; twenty times when ARBITRAGE_LONG is set.
"""

import os
import threading
from collections import Counter

from nouns import told
from sitting import ABSTAIN, AGAINST, FOR, counts, put, settle, sit, vote, votes

from data.journal import verify

MEMBERS = 200
TIMES = 20 if os.environ.get("ARBITRAGE_LONG") else 1
CHOICES = (FOR, FOR, AGAINST, ABSTAIN)  # each member's, in turn: 100 for, 50 against, 50 abstain


class Device(threading.Thread):
    """A member's own: it sends her vote with the others', and again under the same key."""

    def __init__(self, store, member, motion, choice, together):
        super().__init__()
        self.store, self.member, self.motion, self.choice = store, member, motion, choice
        self.together = together
        self.answers, self.fault = [], None

    def run(self):
        try:
            self.together.wait(60)
            for _ in range(2):
                key = f"{self.motion}-{self.member.code}"
                sent = vote(self.store, self.member, self.choice, self.motion, request=key)
                self.answers.append(sent)
        except BaseException as fault:
            self.fault = fault


def send_at_once(store, members, motion):
    together = threading.Barrier(len(members))
    devices = [
        Device(store, member, motion, CHOICES[at % len(CHOICES)], together)
        for at, member in enumerate(members)
    ]
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    return devices


def test_two_hundred_ballots_sent_at_once_are_all_counted_and_once(store):
    """In turn open and secret, and each device sends its vote again under its key."""
    members = sit(store, MEMBERS)
    for number in range(1, 2 * TIMES + 1):
        is_secret = number % 2 == 0
        put(store, "", is_secret=is_secret)

        devices = send_at_once(store, members, number)

        assert [str(d.fault) for d in devices if d.fault] == []
        assert all(first == again for first, again in (d.answers for d in devices))
        kept = votes(store, number)
        said = {member: one.choice for member, one in kept.items()}
        assert said == {d.member.code: None if is_secret else d.choice for d in devices}
        assert counts(settle(store, number)) == (200, 100, 50, 50)
    lines = Counter(line.actor for line in told(store) if line.act == "motions.vote")
    assert lines == {member.code: 2 * TIMES for member in members}
    with store.reading() as work:
        assert verify(work).is_sound
