"""What the tests of the app do not pay again and again: the same style sheet parsed, frames nobody sees, naps.

Nothing of the app is left out. Each style sheet is parsed once a run; a screen is painted when the app has come to rest,
instead of sixty times a second on the way there; and the app is at rest when it says so itself, where Textual's pilot
naps a fiftieth of a second before and after each key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, process_time
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual._compositor import Compositor
from textual._context import active_app
from textual.app import App
from textual.css import parse, stylesheet
from textual.message_pump import MessagePump

NAP = 0.005
"""Seconds in which the threads of the app may show that they are at work."""
QUIET = NAP * 0.12
"""Seconds of processor time in a nap that belong to the waiting itself."""


@contextmanager
def hurried() -> Iterator[None]:
    """Textual, as quick as tests want it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stylesheet, "parse", _remembering(parse.parse))
        paint = Compositor.render_update
        patch.setattr(Compositor, "render_update", _mark)
        wait = _waiting(paint)
        patch.setattr(textual.app, "wait_for_idle", wait)
        patch.setattr(textual.pilot, "wait_for_idle", wait)
        yield


def _remembering(read: Callable[..., Any]) -> Callable[..., list[Any]]:
    """`read` of Textual's style sheets, by text and variables. Nobody changes the rules that come out of it."""
    known: dict[object, list[Any]] = {}

    def remembered(scope: str, css: str, read_from: object, **options: Any) -> list[Any]:
        variables = options.get("variable_tokens") or {}
        values = tuple((name, tuple((each.name, each.value) for each in tokens)) for name, tokens in variables.items())
        others = tuple(sorted((name, value) for name, value in options.items() if name != "variable_tokens"))
        key = (scope, css, read_from, values, others)
        if key not in known:
            known[key] = list(read(scope, css, read_from, **options))
        return known[key]

    return remembered


def _mark(compositor: Compositor, full: bool = False, **_: object) -> None:
    """In place of painting at once: what has changed stays marked until the app is at rest."""
    if full:
        compositor._dirty_regions.add(compositor.size.region)


def _waiting(paint: Callable[..., object]) -> Callable[..., Any]:
    async def wait_for_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
        """Until nothing is queued, laid out or worked at, as a nap shows; a second at most, as Textual does."""
        app: Any = active_app.get()
        begun = monotonic()
        while app._running and app.screen_stack and monotonic() - begun < max_sleep:
            before = process_time()
            await asyncio.sleep(NAP)
            quiet = process_time() - before < QUIET
            screen = app.screen
            if screen._update_timer._active.is_set() and not app._batch_count:
                screen._on_timer_update()
            elif quiet and monotonic() - begun >= min_sleep and not any(map(_is_busy, (app, *app._registry))):
                break
        _paint(app, paint)

    return wait_for_idle


def _is_busy(pump: MessagePump) -> bool:
    """Whether it has something in its queue, or is at work on what it took from it."""
    queue: Any = pump._message_queue
    return bool(
        queue.values or pump._next_callbacks or pump._pending_message is not None or not queue.ready_event._waiters
    )


def _paint(app: App[Any], paint: Callable[..., object]) -> None:
    if app._running and app.screen_stack and app.screen._compositor._dirty_regions:
        paint(app.screen._compositor, screen_stack=app._background_screens)
