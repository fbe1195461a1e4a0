"""The geometry of bullets: every position within the picture, the target where the eye expects it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanzhou.site.charts.bullets import Bullet, Gauge, Span, bullet

D = Decimal
NUMBERS = st.decimals(min_value=-2000, max_value=2000, places=3)


def test_a_miss_stops_short_of_the_zone_which_starts_at_the_firm_band() -> None:
    shown = bullet(Gauge(target=D("6"), low=D("5.9"), value=D("3.5")))
    assert shown == Bullet(
        target="75.0",
        origin="0.0",
        zone=Span("73.8", "26.2"),
        bar=Span("0.0", "43.8"),
        bound=None,
        expected=None,
        wait=None,
    )


def test_a_ceiling_is_met_to_its_left() -> None:
    shown = bullet(Gauge(target=D("3"), high=D("3"), value=D("2.1")))
    assert shown.zone == Span("0.0", "75.0")
    assert shown.bar == Span("0.0", "52.5")


def test_a_negative_figure_runs_left_of_zero() -> None:
    shown = bullet(Gauge(target=D("7"), low=D("7"), value=D("-0.9")))
    assert shown.bar is not None
    assert D(shown.bar.x) + D(shown.bar.width) == pytest.approx(D(shown.origin), abs=D("0.11"))
    assert D(shown.bar.x) < D(shown.origin) < D(shown.target)


def test_a_target_of_zero_keeps_a_small_figure_small() -> None:
    shown = bullet(Gauge(target=D("0"), low=D("0"), value=D("0.1")))
    assert (shown.target, shown.origin) == ("50.0", "50.0")
    assert shown.bar == Span("50.0", "5.0")


def test_a_price_index_is_drawn_from_one_hundred() -> None:
    shown = bullet(Gauge(target=D("103"), high=D("103"), value=D("101.5"), origin=D("100")))
    assert shown.origin == "0.0"
    assert shown.bar == Span("0.0", "37.5")


def test_no_figure_is_a_dotted_line_never_a_zero_bar() -> None:
    shown = bullet(Gauge(target=D("10"), low=D("10")))
    assert shown.bar is None
    assert shown.wait == Span("0.0", "75.0")


def test_zero_is_a_figure() -> None:
    shown = bullet(Gauge(target=D("10"), low=D("10"), value=D("0")))
    assert shown.bar == Span("0.0", "0.0")
    assert shown.wait is None


def test_a_bound_is_an_outline_not_a_bar() -> None:
    shown = bullet(Gauge(target=D("5.5"), high=D("5.5"), bound=D("5.5")))
    assert (shown.bar, shown.bound, shown.wait) == (None, Span("0.0", "75.0"), None)


def test_the_pace_so_far_has_its_own_mark() -> None:
    shown = bullet(Gauge(target=D("340"), low=D("340"), value=D("161"), expected=D("170")))
    assert shown.expected == "37.5"


def test_an_outcome_on_another_calibre_has_no_zone() -> None:
    assert bullet(Gauge(target=D("1.6"), low=D("1.6")), comparable=False).zone is None


def test_no_interval_no_zone() -> None:
    assert bullet(Gauge(target=D("1.6"))).zone is None


@given(target=NUMBERS, value=st.none() | NUMBERS, low=st.none() | NUMBERS, expected=st.none() | NUMBERS)
def test_everything_stays_within_the_picture(
    target: Decimal, value: Decimal | None, low: Decimal | None, expected: Decimal | None
) -> None:
    shown = bullet(Gauge(target=target, low=low, value=value, expected=expected))
    places = [shown.target, shown.origin, shown.expected or "0"]
    ends = [D(span.x) + D(span.width) for span in (shown.zone, shown.bar, shown.wait) if span]
    assert all(0 <= D(place) <= 100 for place in places)
    assert all(end <= D("100.1") for end in ends)
