"""Doing one thing with many files in as many processes as there are cores, results in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from .last_net import sentence_of

FEW: Final = 12
"""Of fewer things each is done before processes would have started."""

MOST: Final = 8
"""Processes at once: each holds the program and one workbook in memory."""

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Failed:
    """What kept one thing from being done, in a sentence."""

    sentence: str


def each_in_order(
    work: Callable[[Item], Result], items: Sequence[Item], *, at_once: bool = True
) -> Iterator[Result | Failed]:
    """Yield what ``work`` returns for every item, in their order; Failed where it raised.

    ``work`` is a function of a module, or a ``partial`` of one, and what it takes and returns can be
    pickled. Where processes cannot be had, or one of them dies, the rest is done in this one; all of
    it where one must follow another (not ``at_once``).
    """
    done = 0
    processes = min(_cores(), MOST)
    if at_once and len(items) >= FEW and processes > 1:
        for result in _in_processes(partial(_tried, work), items, processes):
            done += 1
            yield result
    for item in items[done:]:
        yield _tried(work, item)


def _tried(work: Callable[[Item], Result], item: Item) -> Result | Failed:
    try:
        return work(item)
    except Exception as error:
        return Failed(sentence_of(error))


def _in_processes(
    work: Callable[[Item], Result | Failed], items: Sequence[Item], processes: int
) -> Iterator[Result | Failed]:
    """Yield results as far as processes bring them."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with suppress(Exception):  # whatever keeps processes from working on this computer
        pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin)
        try:
            yield from pool.map(work, items)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Make a new process as fit as the first; that one alone is stopped from the keyboard."""
    import signal

    from .last_net import make_fit

    make_fit()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
