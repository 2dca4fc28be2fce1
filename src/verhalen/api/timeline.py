"""The way every item of a family went, as screens take it from the door; the rule stands in `scores.timeline`."""

from verhalen.scores.timeline import Registration, Remark, Timeline, Track, timelines

__all__ = ["Registration", "Remark", "Timeline", "Track", "timelines"]
