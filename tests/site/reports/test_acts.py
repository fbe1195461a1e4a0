"""An act of publication: looked at before it is done, done only as it was seen, and never telling what must wait."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from indicators.models import AnnualTarget, PublishedRow, QuarterlyActual, ReferenceFigure, Replacement
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.actions import SecrecyCheck
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.reports.publishing import Act, PublicationChanged, PublicationRefused, propose, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def facts(small: SmallPlan, **more: Any) -> dict[str, Any]:
    return {"plan": small.plan, "period": small.period, "by": small.cast.publisher, **more}


def act(small: SmallPlan, **options: Any) -> Publication | None:
    return publish(**facts(small, why="测试", **options))


def digest(small: SmallPlan) -> str:
    return propose(
        plan=small.plan, period=small.period, by=small.cast.publisher, look=lambda seen: seen.digest
    )


def soon(minutes: int = 60) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(minutes=minutes)


class TestLookedAt:
    def test_nothing_is_left_behind(self, small: SmallPlan) -> None:
        row = small.approved(small.target())

        def look(seen: Act) -> list[str]:
            assert PublishedRow.objects.exists(), "inside, the act is real"
            return [told.verdict for told in seen.rows]

        assert propose(**facts(small, look=look)) == ["met"]
        row.refresh_from_db()
        assert (row.state, Publication.objects.count(), PublishedRow.objects.count()) == (
            State.APPROVED,
            0,
            0,
        )

    def test_problems_are_shown_and_not_raised(self, small: SmallPlan) -> None:
        small.approved(small.target("6"), "5")
        (problem,) = propose(**facts(small, look=lambda seen: seen.problems))
        assert "“测试指标1”未完成，尚无原因说明" in problem

    def test_only_who_may_publish_looks(self, small: SmallPlan) -> None:
        with pytest.raises(MoveRefused, match="没有发布的权限"):
            propose(plan=small.plan, period=small.period, by=small.cast.reviewer, look=lambda seen: seen)

    def test_the_same_act_has_the_same_digest(self, small: SmallPlan) -> None:
        small.approved(small.target())
        assert digest(small) == digest(small)

    @pytest.mark.parametrize(
        "change",
        [
            lambda small: small.approved(small.target()),
            lambda _: AnnualTarget.objects.update(name="改名"),
            act,
            lambda _: ReferenceFigure.objects.create(
                indicator=AnnualTarget.objects.earliest("id").indicator, year=1999, period="full_year",
                region="测试市", value=5,
            ),
        ],
        ids=["another figure", "another name", "published meanwhile", "another region"],
    )  # fmt: skip
    def test_what_nobody_saw_is_not_published(
        self, small: SmallPlan, change: Callable[[SmallPlan], Any]
    ) -> None:
        small.approved(small.target())
        seen = digest(small)
        change(small)
        before = Publication.objects.count()
        with pytest.raises(PublicationChanged):
            act(small, seen=seen)
        assert Publication.objects.count() == before

    def test_what_was_seen_is_published(self, small: SmallPlan) -> None:
        small.approved(small.target())
        assert act(small, seen=digest(small))


class TestSecrecy:
    def checked(self, small: SmallPlan, by: User, at: datetime.datetime | None = None) -> Publication | None:
        return act(small, secrecy=SecrecyCheck(by, at or timezone.now()))

    def test_who_and_when_are_recorded(self, small: SmallPlan) -> None:
        small.approved(small.target())
        at, later = timezone.now(), soon()
        publication = act(small, secrecy=SecrecyCheck(small.cast.reviewer, at), not_before=later, note="附注")
        assert publication is not None
        publication.refresh_from_db()
        assert (publication.secrecy_by, publication.secrecy_at) == (small.cast.reviewer, at)
        assert (publication.not_before, publication.note) == (later, "附注")

    def test_not_by_whoever_entered_it(self, small: SmallPlan) -> None:
        small.approved(small.target(), entered_by=small.cast.publisher)
        with pytest.raises(PublicationRefused, match="自己录入或报送了“1999年测试指标1·全年”"):
            self.checked(small, small.cast.publisher)

    def test_not_by_just_anybody(self, small: SmallPlan) -> None:
        small.approved(small.target())
        with pytest.raises(PublicationRefused, match="测试审计员没有保密审查的权限"):
            self.checked(small, small.cast.auditor)

    def test_not_before_there_was_something_to_check(self, small: SmallPlan) -> None:
        small.approved(small.target())
        with pytest.raises(PublicationRefused, match="当时还没有看到全部内容"):
            self.checked(small, small.cast.reviewer, timezone.now() - datetime.timedelta(days=1))

    def test_not_in_the_future(self, small: SmallPlan) -> None:
        small.approved(small.target())
        with pytest.raises(PublicationRefused, match="不能晚于现在"):
            self.checked(small, small.cast.reviewer, soon())


class TestEmbargo:
    """A publication that waits for its moment; what follows it must not tell what it holds."""

    @pytest.fixture
    def held(self, small: SmallPlan) -> QuarterlyActual:
        row = small.approved(small.target("6"), "6.1")
        assert act(small, not_before=soon())
        row.refresh_from_db()
        return row

    def replaced(self, small: SmallPlan, held: QuarterlyActual) -> None:
        small.approved(held.target, "6.4", replaces=held, replaced_because=Replacement.REVISION)

    def test_the_same_row_is_not_told_early(self, small: SmallPlan, held: QuarterlyActual) -> None:
        self.replaced(small, held)
        with pytest.raises(PublicationRefused, match="“测试指标1”属于尚未到公开时间的发布“1999年全年·测试”"):
            act(small)
        with pytest.raises(PublicationRefused, match="请把“不早于”填为"):
            act(small, not_before=soon(30))
        assert act(small, not_before=soon(61))

    def test_a_figure_of_another_region_would_tell_it_too(
        self, small: SmallPlan, held: QuarterlyActual
    ) -> None:
        indicator = held.target.indicator
        ReferenceFigure.objects.create(
            indicator=indicator, year=1999, period="full_year", region="市", value=5
        )
        with pytest.raises(PublicationRefused, match="“测试指标1”属于"):
            act(small)

    def test_a_row_that_leans_on_it_is_not_told_early(self, small: SmallPlan, held: QuarterlyActual) -> None:
        later = SmallPlan.of(small.cast, year=2000)
        leaning = later.target("较1999年提升0.2个百分点", code=held.target.indicator.code)
        later.approved(leaning, "6.5")
        with pytest.raises(PublicationRefused, match="“测试指标1”的目标要用到尚未到公开时间的发布"):
            act(later)
        assert act(later, not_before=soon(61))

    def test_other_rows_go_their_way(self, small: SmallPlan, held: QuarterlyActual) -> None:
        small.approved(small.target("7"), "7.1")
        assert act(small)

    def test_after_its_moment_everything_does(self, small: SmallPlan) -> None:
        row = small.approved(small.target("6"), "6.1")
        assert act(small, not_before=timezone.now())
        row.refresh_from_db()
        self.replaced(small, row)
        assert act(small)


@pytest.mark.django_db(transaction=True)
def test_of_two_publishers_at_once_one_publishes(cast: Cast) -> None:
    small = SmallPlan.of(cast, period=Period.FULL_YEAR)
    small.approved(small.target())
    seen = digest(small)
    together, came_of_it = threading.Barrier(2), list[str]()

    def try_it() -> None:
        try:
            together.wait(timeout=10)
            came_of_it.append("published" if act(small, seen=seen) else "nothing")
        except PublicationChanged:
            came_of_it.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(came_of_it) == ["published", "told"]
    assert Publication.objects.count() == 1
