"""About the site: names from the settings, what is public and since when, from which documents."""

from __future__ import annotations

import dataclasses

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django import Settings

from wanzhou.site.dashboard.tones import TONES

from .public_pages import (
    PLANTED,
    anchors_lead_somewhere,
    assert_sound,
    fifty_more_years,
    plant_what_is_not_public,
    queries_anew,
)
from .reading import page_at


def test_it_says_what_is_published(client: Client, year_over: int, year_under_way: int) -> None:
    words = page_at(client, "/about/")
    assert "至今发布 3 次" in words
    assert "2031 年计划2031年测试计划" in words
    assert "2032 年计划2032年测试计划起草上半年" in words


def test_it_explains_every_word(client: Client, year_over: int) -> None:
    words = page_at(client, "/about/")
    assert [tone.word for tone in TONES.values() if tone.word not in words] == []


def test_sources_stand_with_their_dates_once(client: Client, year_over: int) -> None:
    assert page_at(client, "/about/").count("《虚构报告》，发布日期报告未载") == 1


def test_without_a_contact_nothing_is_said_of_one(client: Client, year_over: int) -> None:
    words = page_at(client, "/about/")
    assert "反映差错" not in words
    assert "请联系" not in words


def test_names_and_contact_come_from_the_settings(client: Client, year_over: int, settings: Settings) -> None:
    settings.FOOTER = dataclasses.replace(configured.FOOTER, contact="虚构电话 000", host_unit="虚构主办单位")
    settings.DISTRICT = dataclasses.replace(configured.DISTRICT, name="虚构区", congress="虚构区人民代表大会")
    settings.DEBUG = True  # a release is read once per process
    words = page_at(client, "/about/")
    for text in (
        "本站公开虚构区国民经济和社会发展年度计划",
        "由虚构主办单位主办",
        "请告诉虚构主办单位：虚构电话 000",
        "哪里用不了，请联系：虚构电话 000",
        "目标以虚构区人民代表大会审查的计划为准",
    ):
        assert text in words


def test_before_the_first_publication_nothing_is_published(client: Client, year_over: int) -> None:
    words = page_at(client, "/about/?as_of=2020-01-01")
    assert "尚未发布任何年度计划" in words
    assert "虚构报告" not in words


def test_an_empty_site_is_calm(client: Client, db: None) -> None:
    assert "尚未发布任何年度计划" in page_at(client, "/about/")


def test_what_is_not_public_never_shows(client: Client, year_over: int) -> None:
    plant_what_is_not_public(year_over)
    html = client.get("/about/").content.decode()
    assert PLANTED not in html
    assert "至今发布 1 次" in html


def test_the_page_is_sound(client: Client, year_over: int) -> None:
    html = client.get("/about/").content.decode()
    assert_sound(html)
    anchors_lead_somewhere(html)


def test_other_years_cost_no_queries(client: Client, year_over: int) -> None:
    alone = queries_anew(client, "/about/")
    fifty_more_years()
    assert queries_anew(client, "/about/") == alone <= 7


@pytest.mark.usefixtures("loaded_plans")
def test_the_real_sources(client: Client) -> None:
    words = page_at(client, "/about/")
    assert "《2023年区政府工作报告目标任务半年完成情况》，2023年9月20日发布" in words
    assert "审查批准" in words
    assert "提请审查（草案）" in words
