"""Without scripts a preview is a page of its own: what was typed before and not yet saved goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from indicators.models import Cause, QuarterlyActual
from tests.entry.desk import EntryDesk, form, signed_in, texts
from tests.entry.uploads import sheet

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """What a browser would send of a page's form: hidden fields, texts, ticks, choices."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.choice = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        kind, name = said.get("type", "text"), said.get("name", "")
        ticked = kind not in ("checkbox", "radio") or "checked" in said
        if tag == "input" and name and kind != "file" and ticked:
            self.sent.setdefault(name, []).append(said.get("value", ""))
        if tag == "select":
            self.choice = name
        if tag == "option" and "selected" in said:
            self.sent[self.choice] = [said["value"]]


def sent_by(page: Any, **more: Any) -> dict[str, Any]:
    fields: Mapping[str, list[str]] = Fields(page.content.decode()).sent
    return {**fields, **more}


def typed(desk: EntryDesk, **more: Any) -> dict[str, Any]:
    """A grid page as it was opened, in whose last row something was typed and not saved."""
    c = desk.own[2]
    page = signed_in(desk.cast.clerk).get(desk.url())
    return sent_by(page, **{f"cell-{c.pk}": "6.7", f"note-{c.pk}": "手填"}, **more)


@pytest.mark.parametrize("way", ["paste/", "workbook/"])
def test_what_was_typed_is_saved_with_what_is_filled(desk: EntryDesk, way: str) -> None:
    a, b, c = desk.own
    client = signed_in(desk.cast.clerk)
    coming = (
        {"pasted": f"{a.name}\t6.1"}
        if way == "paste/"
        else {"workbooks": [sheet(("指标", "完成情况"), (a.name, "6.1"))]}
    )
    previewed = client.post(desk.url(way), typed(desk, **coming))
    assert "还有 1 行改了没有保存" in previewed.content.decode()
    assert client.post(desk.url(), sent_by(previewed, do="save")).status_code == 303
    assert texts(a, b, c) == ["6.1", "", "6.7"]
    assert QuarterlyActual.objects.get(target=c).note == "手填"


@pytest.mark.parametrize("way", ["paste/", "workbook/"])
def test_going_back_brings_what_was_typed_back(desk: EntryDesk, way: str) -> None:
    client = signed_in(desk.cast.clerk)
    previewed = client.post(desk.url(way), typed(desk, pasted="看不懂的"))
    back = client.post(desk.url(), sent_by(previewed, do="back"))
    page = back.content.decode()
    assert "还没有保存" in page
    assert 'value="6.7"' in page
    assert 'value="手填"' in page
    assert not QuarterlyActual.objects.exists()


def test_a_filling_that_is_not_ticked_leaves_what_was_typed(desk: EntryDesk) -> None:
    c = desk.own[2]
    client = signed_in(desk.cast.clerk)
    previewed = client.post(desk.url("paste/"), typed(desk, pasted=f"{c.name}\t9"))
    (filling,) = previewed.context["found"].fillings
    assert (filling.before, filling.cell.text) == ("6.7", "9")
    unticked = {name: value for name, value in sent_by(previewed, do="save").items() if name != "take"}
    client.post(desk.url(), unticked)
    assert texts(c) == ["6.7"]
    ticked = client.post(desk.url("paste/"), sent_by(client.get(desk.url()), pasted=f"{c.name}\t9"))
    client.post(desk.url(), sent_by(ticked, do="save"))
    assert texts(c) == ["9"]


def test_explanations_go_with_it(desk: EntryDesk) -> None:
    a, _, c = desk.own
    desk.small.draft(c, "5")
    client = signed_in(desk.cast.clerk)
    page = client.get(desk.url())
    why = {f"why-{c.pk}": "测试原因", f"next-{c.pk}": "测试措施", f"forecast-{c.pk}": "5.5"}
    previewed = client.post(desk.url("paste/"), sent_by(page, pasted=f"{a.name}\t6.1", **why))
    client.post(desk.url(), sent_by(previewed, do="save"))
    cause = Cause.objects.get()
    assert (cause.target, cause.text, cause.measures) == (c, "测试原因", "测试措施")
    assert texts(a) == ["6.1"]


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(desk: EntryDesk) -> None:
    """The typed cell keeps the stamp that its page had; the preview does not make it newer."""
    a, _, c = desk.own
    client, head = signed_in(desk.cast.clerk), desk.cast.head
    sent = typed(desk, workbooks=[sheet(("指标", "完成情况"), (a.name, "6.1"))])
    signed_in(head).post(desk.url("save/"), form(head, (c, "8")))
    previewed = client.post(desk.url("workbook/"), sent)
    refused = client.post(desk.url(), sent_by(previewed, do="save"))
    assert refused.status_code == 409
    assert "刚改为：8" in refused.content.decode()
    assert texts(a, c) == ["", "8"], "all or nothing"


def test_a_page_that_is_not_touched_carries_nothing(desk: EntryDesk) -> None:
    desk.small.draft(desk.own[1], "6.2", note="有备注")
    page = sent_by(signed_in(desk.cast.clerk).get(desk.url()), pasted=f"{desk.own[0].name}\t6.1")
    previewed = signed_in(desk.cast.clerk).post(desk.url("paste/"), page)
    assert previewed.context["typed"] == {}
    assert not [name for name in previewed.context["carried"] if name.startswith("cell-")]


@pytest.mark.parametrize("way", ["paste/", "workbook/"])
def test_a_page_of_an_earlier_sign_in_keeps_what_was_typed(desk: EntryDesk, way: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.cast.clerk)
    answer = client.post(desk.url(way), typed(desk, pasted=f"{desk.own[0].name}\t6.1"))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'value="6.7"' in page
    assert f'<form method="post" action="{desk.url()}" id="entry"' in page, "saved where a grid is saved"
    assert client.post(desk.url(way), {"pasted": "x"}, headers={"accept": "application/json"}).json()["renew"]
    assert not QuarterlyActual.objects.exists()
