"""Whose turn it is to write: everybody's in order, an alarm's first."""

import threading
from collections.abc import Callable

import pytest

from hub.turns import Turns


class Crowd:
    """Threads that ask one after the other while somebody has the turn; `order` is that in which they got it."""

    def __init__(self, turns: Turns) -> None:
        self.turns, self.order = turns, list[str]()
        self._threads: list[threading.Thread] = []

    def ask(self, name: str, around: Callable[[], object] | None = None) -> None:
        def work() -> None:
            def take() -> None:
                with self.turns:
                    self.order.append(name)

            if name.startswith("urgent"):
                with self.turns.first():
                    take()
            else:
                take()

        thread = threading.Thread(target=work)
        self._threads.append(thread)
        before = self.waiting()
        thread.start()
        while self.waiting() == before:
            pass

    def waiting(self) -> int:
        return len(self.turns._waiting) + len(self.turns._urgent)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()


def test_in_the_order_of_asking_and_what_is_urgent_first() -> None:
    crowd = Crowd(Turns())
    with crowd.turns:
        for name in ("a", "b", "urgent 1", "c", "urgent 2"):
            crowd.ask(name)
    crowd.join()
    assert crowd.order == ["urgent 1", "urgent 2", "a", "b", "c"]


def test_a_thread_may_take_its_own_turn_again() -> None:
    crowd = Crowd(Turns())
    with crowd.turns:
        with crowd.turns:
            crowd.ask("other")
        assert crowd.order == []
    crowd.join()
    assert crowd.order == ["other"]


def test_never_two_at_once_and_nobody_is_forgotten() -> None:
    turns, inside, most, done = Turns(), [0], [0], [0]

    def work() -> None:
        for _ in range(300):
            with turns:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                done[0] += 1
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (most[0], done[0]) == (1, 3600)


def test_who_fails_gives_the_turn_back() -> None:
    crowd = Crowd(Turns())

    def fail() -> None:
        with crowd.turns:
            crowd.ask("next")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    crowd.join()
    assert crowd.order == ["next"]
