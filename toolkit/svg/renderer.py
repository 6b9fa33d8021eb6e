"""Draws and measures icons; a run makes one renderer and hands it down."""

from functools import cache, lru_cache
from threading import Thread
from types import TracebackType
from typing import Any, Protocol, Self
from weakref import finalize

from toolkit.svg.canvas import canvas
from toolkit.svg.drawable import NotMeasured, UndrawableError, beyond_the_renderer, drawable
from toolkit.svg.inspection import Inspection, inspect
from toolkit.svg.measurement import Measurement
from toolkit.svg.process import NoRendererError, RenderError, RenderProcess
from toolkit.svg.reader import SvgError
from toolkit.svg.statistics import Statistics
from toolkit.svg.vocabulary import ANIMATIONS

AREA = 144 * 144
MARGIN = 16
REMEMBERED, REMEMBERED_BYTES = 4096, 50_000_000
"""Icons that are remembered with what was measured, and their bytes together."""
INSPECTED = 64


class Figures(Protocol):
    """Remembers from one run to the next what the pixels of icons said, as plain tuples, by the bytes of the icon."""

    def get(self, icon: bytes, /) -> tuple[Any, ...] | None:
        """The statistics of an icon, if they are known."""

    def put(self, icon: bytes, statistics: tuple[Any, ...], /) -> None:
        """Remembers the statistics of an icon."""


class _Task:
    """The measuring of one icon, perhaps in a thread; ``result`` waits for it."""

    def __init__(self, renderer: "IconRenderer", icon: bytes, inspection: Inspection) -> None:
        self._work: tuple[IconRenderer, bytes, Inspection] | None = renderer, icon, inspection
        self._thread: Thread | None = None
        self._result: Measurement | NotMeasured

    def start(self) -> None:
        thread = Thread(target=self._run_ahead, daemon=True)
        try:
            thread.start()
        except RuntimeError:  # no more threads: it is done when the result is wanted
            return
        self._thread = thread

    @property
    def pending(self) -> bool:
        """Whether there is no result yet."""
        return self._work is not None

    @property
    def result(self) -> Measurement | NotMeasured:
        if self._thread:
            self._thread.join()
            self._thread = None
        if self._work:
            self._run()
        return self._result

    def _run_ahead(self) -> None:
        if self._work:
            with self._work[0]._process.ahead:
                self._run()

    def _run(self) -> None:
        if self._work:
            renderer, icon, inspection = self._work
            self._result = renderer._measured(icon, inspection)
            self._work = None


class IconRenderer:
    """Measures every content once, in one process that is started when the first icon is drawn, until ``close``.

    ``inspection`` is the function ``inspect``, which remembers the last INSPECTED contents. ``unavailable`` says why
    nothing can be drawn here, whatever the icon; it is empty until that is known. With ``figures`` an icon is not
    drawn whose statistics they remember.
    """

    def __init__(self, figures: Figures | None = None) -> None:
        self._figures = figures
        self.unavailable = ""
        self.inspection = lru_cache(INSPECTED)(inspect)
        self._process = RenderProcess()
        self._tasks: dict[bytes, _Task] = {}
        self._bytes = 0
        self._finalizer = finalize(self, self._process.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process; icons that were measured stay known."""
        self._finalizer()

    def warm_up(self) -> None:
        """Starts the process, without waiting for it."""
        try:
            self._process.start()
        except NoRendererError as error:
            self.unavailable = str(error)

    def begin(self, data: bytes) -> None:
        """Begins to measure an icon beside whatever else there is to do; ``measure`` then waits for it."""
        task, new = self._task(data)
        if new:
            task.start()

    def measure(self, data: bytes) -> Measurement | NotMeasured:
        """Draws an icon and measures it; nothing is drawn that cannot be read or is not safe.

        Raises nothing: what goes wrong with an icon is the reason why that one is not measured.
        """
        return self._task(data)[0].result

    def is_steady(self, data: bytes) -> bool:
        """Whether an icon was not measured, or would be measured in the same way again."""
        task = self._tasks.get(data)
        known = task.result if task and not task.pending else None
        return not self.unavailable and not (isinstance(known, NotMeasured) and known.defect)

    def draw(self, data: bytes, width: int, height: int) -> bytes:
        """PNG of an icon, as large as fits into ``width`` by ``height`` pixels.

        Raises SvgError where it cannot be read, UndrawableError where it is unsafe or has no size, RenderError where
        the renderer gives up, NoRendererError where there is none.
        """
        document, shape = drawable(self.inspection(data))
        across = min(width, round(height * shape.ratio))
        return self._process.png(canvas(document, shape, width=max(1, across)).svg)

    def _task(self, data: bytes) -> tuple[_Task, bool]:
        """The task of a content, and whether it is new."""
        if task := self._tasks.get(data):
            return task, False
        self._bytes += len(data)
        while self._tasks and (len(self._tasks) >= REMEMBERED or self._bytes > REMEMBERED_BYTES):
            oldest = next(iter(self._tasks))
            del self._tasks[oldest]
            self._bytes -= len(oldest)
        task = self._tasks[data] = _Task(self, data, self.inspection(data))
        return task, True

    def _measured(self, icon: bytes, inspection: Inspection) -> Measurement | NotMeasured:
        if self.unavailable:
            return NotMeasured(self.unavailable)
        try:
            return self._drawn(icon, inspection)
        except RenderError as error:
            return NotMeasured(str(error), error.help, defect=True)
        except NoRendererError as error:
            self.unavailable = str(error)
            return NotMeasured(str(error))
        except (SvgError, UndrawableError) as error:
            return NotMeasured(str(error))
        except Exception as error:
            message = f"cannot be measured: {type(error).__name__}: {error}"
            return NotMeasured(message, "this is a bug in ldit; report it with this icon", defect=True)

    def _drawn(self, icon: bytes, inspection: Inspection) -> Measurement | NotMeasured:
        document, shape = drawable(inspection)
        if reason := beyond_the_renderer(document):
            return NotMeasured(reason)
        sheet = canvas(document, shape, width=max(1, round((AREA * shape.ratio) ** 0.5)), margin=MARGIN)
        known = self._figures.get(icon) if self._figures else None
        statistics = Statistics(*known) if known else self._process.statistics(sheet)
        if self._figures and not known:
            self._figures.put(icon, statistics)
        measurement = Measurement.of(statistics, sheet, shape)
        if measurement.blank and document.named(*ANIMATIONS):
            return NotMeasured("appears by animation only")
        return measurement


@cache
def default_renderer() -> IconRenderer:
    """The renderer of whatever was handed none; it ends with the program."""
    return IconRenderer()
