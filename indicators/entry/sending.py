"""What a screen sends back, read from the form: typed cells, what was seen, who provided the figures."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from indicators.actions import FOR_OTHERS, Provided, Typed
from indicators.cells import WITHOUT_FIGURE, Cell
from indicators.explaining import Explained, Explanation
from indicators.judging.terms import OutcomeState
from indicators.models import Channel

BACK = "back"
"""The button of a preview that fills nothing and goes back to what was typed."""
_KEY = re.compile(r"[0-9]{1,18}")
_CELL = re.compile(r"cell-(?P<key>[0-9]{1,18})")
_WHY = re.compile(r"why-(?P<key>[0-9]{1,18})")
_SEEN = re.compile(r"(?P<key>[0-9]{1,18}):(?P<stamp>[0-9a-f-]{0,64})")


class ProvidedForm(forms.Form):
    """代填: who provided the figures, how and when; all three or none."""

    provider = forms.CharField(label="提供人", max_length=50, required=False)
    channel = forms.ChoiceField(
        label="提供渠道",
        required=False,
        choices=[("", "（请选）"), *((one.value, one.label) for one in FOR_OTHERS)],
        error_messages={"invalid_choice": "提供渠道请选微信、电话、表格或公函。"},
    )
    provided_at = forms.DateTimeField(
        label="提供时间",
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "提供时间看不懂，应如2023-07-05 10:30。"},
    )

    def clean(self) -> dict[str, Any]:
        """Half of it says nothing; the future has provided nothing yet."""
        cleaned = super().clean() or {}
        given = [bool(cleaned.get(name)) for name in ("provider", "channel", "provided_at")]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError("代填须写明提供人、提供渠道和提供时间，三项都要。")
        moment = cleaned.get("provided_at")
        if moment is not None and moment > timezone.now() + datetime.timedelta(minutes=5):
            raise forms.ValidationError("提供时间不能晚于现在。")
        return cleaned

    def provided(self) -> Provided | None:
        """What was said of the provider, once the form is valid."""
        if not self.cleaned_data.get("provider"):
            return None
        return Provided(
            self.cleaned_data["provider"],
            Channel(self.cleaned_data["channel"]),
            self.cleaned_data["provided_at"],
        )

    def reasons(self) -> str:
        return "".join(str(said) for errors in self.errors.values() for said in errors)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a screen as sent; `theirs` are those where the person yields to the other."""

    typed: tuple[Typed, ...]
    theirs: frozenset[int]
    explained: tuple[Explained, ...] = ()

    @property
    def explanations(self) -> dict[int, Explanation]:
        return {one.target_id: one.explanation for one in self.explained}

    @property
    def cells(self) -> dict[int, Cell]:
        return {one.target_id: one.cell for one in self.typed}


def read_sheet(sent: QueryDict) -> Sheet:
    """The cells that came with a form; what is not a cell of ours is ignored. Never raises.

    A preview's fillings stand in the place of what was typed, where they are ticked.
    """
    seen = stamps_in(sent)
    typed = tuple(_typed(sent, seen))
    theirs = frozenset(one.target_id for one in typed if sent.get(f"keep-{one.target_id}") == "theirs")
    mine = tuple(one for one in typed if one.target_id not in theirs)
    return Sheet(mine, theirs, tuple(_explained(sent)))


def stamps_in(sent: QueryDict) -> dict[int, str]:
    """What the person had before his eyes, by target; the last of several stamps counts."""
    return {int(match["key"]): match["stamp"] for match in _SEEN.finditer(sent.get("seen", ""))}


def _typed(sent: QueryDict, seen: dict[int, str]) -> Iterator[Typed]:
    takes = () if sent.get("do") == BACK else sent.getlist("take")
    filled = {key for key in takes if _KEY.fullmatch(key) and f"fill-{key}" in sent}
    for key in sorted(filled):
        cell = Cell(_clean(sent.get(f"fill-{key}", "")), note=_clean(sent.get(f"fillnote-{key}", "")))
        yield Typed(int(key), cell, seen.get(int(key), ""))
    for name in sent:
        match = _CELL.fullmatch(name)
        if match is None or match["key"] in filled:
            continue
        key = match["key"]
        mine = sent.get(f"keep-{key}") == "mine"
        stamp = sent.get(f"newest-{key}", "") if mine else seen.get(int(key), "")
        yield Typed(int(key), _cell(sent, key), stamp)


def _explained(sent: QueryDict) -> Iterator[Explained]:
    for name in sent:
        if match := _WHY.fullmatch(name):
            key = match["key"]
            text, measures, forecast = (
                _clean(sent.get(f"{field}-{key}", "")) for field in ("why", "next", "forecast")
            )
            yield Explained(
                int(key), Explanation(text, measures, forecast), sent.get(f"whyseen-{key}", "")[:40]
            )


def _cell(sent: QueryDict, key: str) -> Cell:
    picked = sent.get(f"state-{key}", "")
    silent = next((state for state in WITHOUT_FIGURE if state.value == picked), OutcomeState.REPORTED)
    return Cell(_clean(sent.get(f"cell-{key}", "")), silent, _clean(sent.get(f"note-{key}", "")))


def _clean(text: str) -> str:
    """Without what no keyboard types and no database keeps."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable() or sign == "\u3000").strip()
