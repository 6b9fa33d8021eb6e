"""Many URLs at once: each asked once, a few at a time from each host, and never for long."""

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from toolkit.integration import Answer, Link
from toolkit.integration.host import is_placeholder, is_possible
from toolkit.integration.unfinished import is_unfinished
from toolkit.links.addresses import Addresses, Resolve, resolve
from toolkit.links.limits import Limits
from toolkit.links.outcome import GoneError, UnsureError


def askable(link: Link) -> bool:
    """Whether a link is meant to be followed, and nothing that is known without asking speaks against it."""
    meant = link.is_web and not link.bare and not link.is_template and not is_unfinished(link.url)
    sound = link.parts is not None and bool(link.host) and is_possible(link.host) and "@" not in link.parts.netloc
    return meant and sound and not is_placeholder(link.host)


def ask(
    urls: Iterable[str], *, allow_private: bool = False, resolve: Resolve = resolve, limits: Limits | None = None
) -> Iterator[tuple[str, Answer]]:
    """Each distinct URL with what is there, in the order in which the answers come.

    Private and loopback addresses are not asked unless ``allow_private``. Ends when all have answered, or when nothing
    has come for ``limits.stall`` seconds; what is left then has an answer that says so.
    """
    limits = limits or Limits()
    waiting = dict.fromkeys(urls)
    results: SimpleQueue[tuple[str, Answer]] = SimpleQueue()
    _Work(waiting, Addresses(resolve, allow_private=allow_private), limits, results).start()
    try:
        while waiting:
            url, answer = results.get(timeout=limits.stall)
            del waiting[url]
            yield url, answer
    except Empty:
        yield from ((url, Answer(unsure="no answer in time")) for url in waiting)


class _Work:
    """Threads that take the URLs of one host after the other from its queue."""

    def __init__(
        self, urls: Iterable[str], addresses: Addresses, limits: Limits, results: SimpleQueue[tuple[str, Answer]]
    ) -> None:
        from toolkit.links.client import Client

        self._client = Client(addresses, limits)
        self._limits = limits
        self._results = results
        self._misses: Counter[str] = Counter()
        self._hosts: dict[str, deque[str]] = defaultdict(deque)
        for url in urls:
            self._hosts[urlsplit(url).netloc].append(url)
        rounds = range(limits.per_host)
        self._lanes = deque(host for turn in rounds for host, queue in self._hosts.items() if len(queue) > turn)

    def start(self) -> None:
        """Daemons: one that waits for a silent server does not keep the program from its end."""
        for _ in range(min(self._limits.workers, len(self._lanes))):
            threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while host := _next(self._lanes):
            while url := _next(self._hosts[host]):
                self._results.put((url, self._answer(host, url)))

    def _answer(self, host: str, url: str) -> Answer:
        from toolkit.links.follow import follow

        if self._misses[host] >= self._limits.misses:
            return Answer(unsure=f"{host} did not answer before")
        try:
            answer = follow(url, self._client, self._limits)
            self._misses[host] = 0
        except GoneError as error:
            return Answer(gone=str(error))
        except UnsureError as error:
            self._misses[host] = self._misses[host] + 1 if error.silent else 0
            return Answer(unsure=str(error))
        except Exception as error:  # whatever one answer brings, the lane goes on to the next
            return Answer(unsure=f"{type(error).__name__}: {error}")
        return answer


def _next(queue: deque[str]) -> str | None:
    try:
        return queue.popleft()
    except IndexError:
        return None
