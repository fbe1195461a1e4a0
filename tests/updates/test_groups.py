"""Groups that are listed by number only: how many of them are done, entered, kept, and never of a single project."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from projects.cells import Cells, understand
from projects.models import AnnualTask, StatusUpdate
from projects.updating import RowsRefused, Typed, confirm_unchanged, save_updates
from tests.updates.desk import UpdatesDesk, footing, form, newest, signed_in, task_in
from tests.updates.test_screens import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(desk: UpdatesDesk) -> AnnualTask:
    facts = {"group": True, "quantity": "20个以上"}
    return task_in(desk.small, "测试供水保障项目", desk.cast.department, **facts)


@pytest.mark.parametrize(("text", "count"), [("12", 12), ("１２个", 12), ("0", 0), ("", None)])
def test_a_count_is_read(text: str, count: int | None) -> None:
    read = understand(Cells(stage="underway", count=text))
    assert (read.count, dict(read.faults)) == (count, {})


@pytest.mark.parametrize("text", ["-1", "1.5", "几个", "99999"])
def test_what_is_no_count_is_named(text: str) -> None:
    faults = understand(Cells(stage="underway", count=text)).faults
    assert faults == {"count": f"已完成个数“{text}”不行：填整数，如12；一个都没有填0。"}


def test_the_page_of_a_group_asks_for_it_and_the_table_keeps_it(desk: UpdatesDesk, group: AnnualTask) -> None:
    client = signed_in(desk.cast.clerk)
    page = client.get(desk.one(group)).content.decode()
    assert f'name="count-{group.pk}"' in page
    assert "这一组计划 20个以上" in text_of(page.encode())
    assert f'name="count-{desk.own[0].pk}"' not in client.get(desk.one(desk.own[0])).content.decode()
    said = {f"stage-{group.pk}": "underway", f"count-{group.pk}": "12"}
    client.post(desk.one(group), form(desk.cast.clerk, group) | said | {"step": "save"})
    assert newest(group).reached_count == 12
    table = client.get(desk.url("table/")).content.decode()
    assert f'name="count-{group.pk}" value="12"' in table


def test_fewer_than_before_asks_why(desk: UpdatesDesk, group: AnnualTask) -> None:
    desk.published(group, reached_count=12)
    now = footing(group)
    assert now.setbacks(Cells(stage=now.cells.stage, count="11")) == ("已完成个数由12个降为11个",)


def test_a_repetition_keeps_it_to_the_letter(desk: UpdatesDesk, group: AnnualTask) -> None:
    desk.published(group, reached_count=12)
    (update,) = confirm_unchanged(plan=desk.plan, task_ids=[group.pk], by=desk.cast.clerk)
    assert update.reached_count == 12
    with pytest.raises(IntegrityError, match="没有变化的更新须与"), transaction.atomic():
        StatusUpdate.objects.filter(pk=update.pk).update(reached_count=13)


def test_a_single_project_has_none(desk: UpdatesDesk) -> None:
    task = desk.own[0]
    row = Typed(task.pk, Cells(stage="underway", count="3"), footing(task).stamp)
    with pytest.raises(RowsRefused) as refused:
        save_updates(plan=desk.plan, typed=[row], by=desk.cast.clerk, provider="")
    assert list(refused.value.reasons.values()) == ["只有成组项目才填已完成个数，请把它清掉。"]
