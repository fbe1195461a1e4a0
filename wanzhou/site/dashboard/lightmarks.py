"""How a light looks: its colour class, its icon and the word beside it. Never colour alone."""

from __future__ import annotations

from projects.lights import Light

from .tones import Tone

LIGHTS = {
    Light.GREEN: Tone("is-met", Light.GREEN.label, "met"),
    Light.YELLOW: Tone("is-wait", Light.YELLOW.label, "late", flagged=True),
    Light.RED: Tone("is-miss", Light.RED.label, "miss", flagged=True),
    Light.OFF: Tone("is-none", Light.OFF.label, "none"),
}


def light_mark(light: str) -> Tone:
    """The look of a light by its code."""
    return LIGHTS[Light(light)]
