"""A paste: shown first, by name or downwards, and filled only when it is accepted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from indicators.models import QuarterlyActual
from tests.cast import Cast
from tests.entry.desk import (
    PROVIDED,
    EntryDesk,
    address,
    form,
    printed_half_year,
    signed_in,
    texts,
)
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod

pytestmark = pytest.mark.django_db


def preview(desk: EntryDesk, text: str, start: int | str = "", **more: str) -> str:
    clerk = desk.cast.clerk
    sent = form(clerk, *((target, "") for target in desk.own), pasted=text, start=str(start), **more)
    answer = signed_in(clerk).post(desk.url("paste/"), sent)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_block_fills_downwards_from_its_cell(desk: EntryDesk) -> None:
    page = preview(desk, "6\r\n\r\n7\r\n", desk.own[0].pk, part="yes")
    assert f'data-key="{desk.own[0].pk}" data-text="6"' in page
    assert f'data-key="{desk.own[1].pk}"' not in page
    assert f'data-key="{desk.own[2].pk}" data-text="7"' in page
    assert "<html" not in page
    beyond = preview(desk, "1\n2\n3", desk.own[2].pk)
    assert beyond.count("超出了表格的末行") == 2
    assert "不知道从哪一行填起" in preview(desk, "1\n2", desk.theirs.pk)


def test_lines_of_names_go_to_their_rows_wherever_they_are_pasted(desk: EntryDesk) -> None:
    text = f"{desk.own[2].name}\t7\n{desk.own[0].name}\t6"
    page = preview(desk, text, desk.own[1].pk)
    assert f'data-key="{desk.own[0].pk}" data-text="6"' in page
    assert f'data-key="{desk.own[2].pk}" data-text="7"' in page


def test_what_is_not_understood_is_listed(desk: EntryDesk) -> None:
    page = preview(desk, f"{desk.theirs.name}\t9\n没有的指标 5")
    assert "没有认出可以填的数据" in page
    assert "没有读取的 2 处" in page
    assert not QuarterlyActual.objects.exists()


def test_the_preview_shows_old_and_new_and_what_is_wrong(desk: EntryDesk) -> None:
    desk.small.draft(desk.own[0], "5.5")
    clerk = desk.cast.clerk
    sent = form(clerk, (desk.own[0], "5.5"), pasted="六点几\n7", start=str(desk.own[0].pk))
    page = signed_in(clerk).post(desk.url("paste/"), sent).content.decode()
    for said in ("5.5", "六点几", "看不懂"):
        assert said in page
    assert texts(desk.own[0]) == ["5.5"]


def test_accepting_without_a_script_fills_what_is_ticked(desk: EntryDesk) -> None:
    keys = [str(target.pk) for target in desk.own]
    sent: dict[str, Any] = form(desk.cast.clerk, do="save") | {
        f"fill-{key}": str(n) for n, key in enumerate(keys)
    }
    sent["take"] = [keys[0], keys[2]]
    assert signed_in(desk.cast.clerk).post(desk.url(), sent).status_code == 303
    assert texts(*desk.own) == ["0", "", "2"]


def test_a_paste_is_posted(desk: EntryDesk) -> None:
    assert signed_in(desk.cast.clerk).get(desk.url("paste/")).status_code == 302


def test_a_sheet_a_sentence_and_a_call_land_every_figure_in_its_row(
    half_year: ReportingPeriod, cast: Cast
) -> None:
    """A shuffled sheet with short names, a chat sentence and one phoned figure, each with its provider."""
    reviewer, client = cast.reviewer, signed_in(cast.reviewer)
    sheet = (
        "水质\t\tⅡ类\n优良天数\t天\t161\n森林覆盖\t%\t56.5\n税收\t%\t18.4\n财政收入\t%\t8.4\n居民收入\t%\t5"
    )
    said = "GDP增长6%，固投7.3%，社零6.1"
    call = "失业率5.5%以内"
    ways = [(sheet, "李四", "sheet"), (said, "王五", "wechat"), (call, "赵六", "phone")]
    for text, provider, channel in ways:
        seen_page = client.post(address(half_year, "paste/"), {"reader": reviewer.pk, "pasted": text})
        assert "没有读取" not in seen_page.content.decode()
        accept(client, half_year, seen_page.context, reviewer, provider, channel)
    found = {
        entry.target.indicator.code: (str(entry.value or entry.wording), entry.provider, entry.channel)
        for entry in half_year.actuals.select_related("target__indicator")
    }
    printed = printed_half_year()
    assert {code: float(value[0]) for code, value in found.items() if code not in IN_WORDS} == {
        code: float(value) for code, value in printed.items() if code not in IN_WORDS
    }
    assert found["yangtze-water-quality"] == ("Ⅱ类", "李四", "sheet")
    assert found["surveyed-unemployment"] == ("5.5%以内", "赵六", "phone")
    assert found["gdp-growth"][1:] == ("王五", "wechat")
    assert len(found) == len(printed) == 10


IN_WORDS = ("yangtze-water-quality", "surveyed-unemployment")


def accept(
    client: Client, period: ReportingPeriod, context: Any, reader: User, provider: str, channel: str
) -> None:
    """Press the button of the preview as it was shown."""
    fillings = context["found"].fillable
    sent = {
        **PROVIDED, "reader": reader.pk, "take": [one.row.key for one in fillings], "do": "save",
        "provider": provider, "channel": channel, "seen": context["grid"].seen,
    }  # fmt: skip
    sent |= {f"fill-{one.row.key}": one.cell.text for one in fillings}
    assert client.post(address(period), sent).status_code == 303
