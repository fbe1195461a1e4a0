"""Replacing a published figure: from the row that is public to both standing in the log."""

from __future__ import annotations

from typing import Any

import pytest

from indicators.models import PublishedRow, QuarterlyActual
from tests.admin.conftest import SignIn
from tests.admin.office import address
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db
NEW: dict[str, Any] = {
    "because": "correction", "outcome_state": "reported", "value": "6.40", "wording": "", "version": "final",
    "source": "", "place": "第3页", "reason": "小数点录错",
}  # fmt: skip


@pytest.fixture
def published(cast: Cast) -> QuarterlyActual:
    small = SmallPlan.of(cast)
    row = small.approved(small.target("6左右"), "61")
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    row.refresh_from_db()
    return row


def place(row: QuarterlyActual) -> str:
    return f"/admin/replace/{row.pk}/"


def test_from_the_published_row_to_the_log(published: QuarterlyActual, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.publisher)
    told = PublishedRow.objects.get()
    assert place(published) in client.get(address(PublishedRow, "change", told.pk)).content.decode()
    page = client.get(place(published)).content.decode()
    for words in ("测试指标1", "61", "6左右", "录入差错", "市级反馈", told.sentence):
        assert words in page
    done = client.post(place(published), NEW, follow=True).content.decode()
    assert "的替换已报送，须由另一人审核，再经发布才会公开" in done
    draft = QuarterlyActual.objects.latest("id")
    assert (draft.state, draft.replaces, draft.replaced_because) == (State.SUBMITTED, published, "correction")
    assert (str(draft.value), draft.wording, draft.note) == ("6.400000", "6.4", "小数点录错")
    assert "替换已发布的 61（录入差错）" in sign_in(cast.reviewer).get("/admin/review/").content.decode()
    steps.approve([draft], by=cast.reviewer)
    publish(plan=draft.target.plan, period=draft.period, by=cast.publisher, why="更正")
    log = PublishedRow.objects.history()
    assert [(row.outcome_wording, row.replaced_because) for row in log] == [("61", ""), ("6.4", "correction")]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"because": ""}, "这个字段是必填项"),
        ({"reason": " "}, "这个字段是必填项"),
        ({"value": ""}, "须填写数值或表述。0 是数值，空白不是。"),
        ({"value": "六"}, "输入一个数字。"),
        ({"outcome_state": "redefined"}, "口径调整、年度指标不能有数值或表述"),
    ],
)
def test_a_form_filled_in_badly_comes_back(
    published: QuarterlyActual, cast: Cast, sign_in: SignIn, changes: dict[str, str], says: str
) -> None:
    page = sign_in(cast.publisher).post(place(published), NEW | changes).content.decode()
    assert says in page
    assert "第3页" in page
    assert QuarterlyActual.objects.count() == 1


def test_zero_is_a_figure_and_a_state_is_none(
    published: QuarterlyActual, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.publisher)
    client.post(place(published), NEW | {"value": "0"})
    zero = QuarterlyActual.objects.latest("id")
    assert (str(zero.value), zero.wording) == ("0.000000", "0")
    steps.send_back([zero], by=cast.reviewer, note="请改")
    page = client.post(place(published), NEW).content.decode()
    assert "已有一条尚未发布的替换（退回，测试发改发布录入）" in page


def test_only_what_is_published_is_replaced(published: QuarterlyActual, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.publisher)
    client.post(place(published), NEW | {"outcome_state": "awaiting_city", "value": ""})
    draft = QuarterlyActual.objects.latest("id")
    assert client.get(place(draft)).status_code == 404
    assert client.get("/admin/replace/999999/").status_code == 404


def test_a_clerk_replaces_nothing_by_the_desks_form(
    published: QuarterlyActual, cast: Cast, sign_in: SignIn
) -> None:
    facts = {
        "target": published.target_id, "period": published.period_id, "outcome_state": "reported", "value": "6",
        "wording": "6", "channel": "system", "replaces": published.pk, "replaced_because": "revision",
    }  # fmt: skip
    page = sign_in(cast.clerk).get(address(QuarterlyActual, "add")).content.decode()
    assert 'name="replaces"' not in page
    sign_in(cast.clerk).post(address(QuarterlyActual, "add"), facts)
    assert not QuarterlyActual.objects.filter(replaces=published).exists()
