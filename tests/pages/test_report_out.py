"""/YEAR/report/: the report as published, its files, and what the congress saw of it."""

from __future__ import annotations

import datetime
import hashlib
import io
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from indicators.judging.terms import OutcomeState, Verdict
from indicators.models import AnnualTarget, QuarterlyActual, Replacement
from tests.cast import Cast
from wanzhou.kernel.plans.models import Edition, Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.dashboard.sitemap import addresses
from wanzhou.site.reports.editions import generated, mark

from .plans import figure, publish, publisher, row
from .public_pages import anchors_lead_somewhere, assert_sound, links_of, queries_anew
from .reading import page_at, words_of

ADDRESS = "/2031/report/"
FILES = [f"/2031/report.{form}" for form in ("docx", "xlsx", "txt")]


@pytest.fixture
def written_year(db: None) -> int:
    """2031 is over and can be told; 2032 is planned."""
    act = publish(2031, Period.FULL_YEAR, complete=True)
    row(act, 1, "6", verdict=Verdict.MET, **figure("6.5"))
    row(act, 2, "7", verdict=Verdict.MISSED, cause="虚构的原因。", **figure("4.5"))
    row(act, 3, verdict=Verdict.AWAITING_CITY, outcome_state=OutcomeState.AWAITING_CITY)
    plan = publish(2032)
    row(plan, 1, "8以上", outcome_state="")
    return 2031


def test_the_page_tells_the_year_and_the_plan_of_the_next(client: Client, written_year: int) -> None:
    html = client.get(ADDRESS).content.decode()
    assert_sound(html)
    anchors_lead_somewhere(html)
    words = words_of(html)
    assert "3项年度目标中，“虚构指标3”指标市级暂未反馈数据；其余2项指标中1项达到或超过年度目标。" in words
    assert "“虚构指标2”指标未完成年度目标，主要原因：虚构的原因。" in words
    assert "2032年测试计划共1项指标，均为预期性指标" in words
    assert html.count("<h1") == 1
    assert set(FILES) <= links_of(html)


def test_the_year_page_leads_there(client: Client, written_year: int) -> None:
    assert ADDRESS in links_of(client.get("/2031/").content.decode())
    assert ADDRESS not in links_of(client.get("/2032/").content.decode())


@pytest.mark.parametrize("file", FILES)
def test_the_files_are_there_and_always_the_same(client: Client, written_year: int, file: str) -> None:
    first = client.get(file)
    cache.clear()
    assert first.status_code == 200
    assert "attachment" in first["Content-Disposition"]
    assert client.get(file).content == first.content


def test_the_word_file_says_what_the_page_says(client: Client, written_year: int) -> None:
    with ZipFile(io.BytesIO(client.get(FILES[0]).content)) as archive:
        assert "虚构的原因" in archive.read("word/document.xml").decode()


def test_other_forms_are_refused_in_chinese(client: Client, written_year: int) -> None:
    answer = client.get("/2031/report.pdf")
    assert answer.status_code == 404
    assert "可选：.docx、.xlsx、.txt" in answer.content.decode()


@pytest.mark.parametrize("address", ["/2032/report/", "/2032/report.docx", "/1999/report/"])
def test_a_year_that_was_never_told_has_no_report(client: Client, written_year: int, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "发布" in answer.content.decode()


def test_what_cannot_be_told_is_named_and_no_file_is_made(client: Client, year_over: int) -> None:
    words = words_of(client.get(ADDRESS).content.decode())
    assert "2031 年的报告暂时不能生成" in words
    assert "第8项“虚构指标8”的完成情况还没有发布。" in words
    answer = client.get(FILES[0])
    assert answer.status_code == 404
    assert "第8项" in answer.content.decode()
    listed = {one.path for one in addresses(timezone.now())}
    assert ADDRESS in listed
    assert not listed & set(FILES)


def test_a_sentence_that_the_table_does_not_bear_out_stops_it(client: Client, db: None) -> None:
    row(publish(2031, Period.FULL_YEAR), 1, "6", verdict=Verdict.MET, **figure("3"))
    words = words_of(client.get(ADDRESS).content.decode())
    assert "第1项“虚构指标1”文字与表对不上" in words
    assert "应为未完成，发布的结论却是达到或超过" in words


def test_nothing_unpublished_is_told(client: Client, written_year: int, cast: Cast) -> None:
    held = Publication.objects.get(plan__first_year=2032)
    later = timezone.now() + datetime.timedelta(days=1)
    act = Publication.objects.create(
        plan=held.plan, by=held.by, why="未到", rule_set=held.rule_set, not_before=later
    )
    row(act, 9, "98765.4321以上", outcome_state="", order=9)
    assert "98765" not in client.get(ADDRESS).content.decode()


def test_a_past_day_shows_that_days_report(client: Client, db: None) -> None:
    with time_machine.travel("2032-01-10T12:00+08:00", tick=False):
        row(
            publish(2031, Period.FULL_YEAR),
            1,
            verdict=Verdict.AWAITING_CITY,
            outcome_state=OutcomeState.AWAITING_CITY,
        )
    with time_machine.travel("2032-03-10T12:00+08:00", tick=False):
        row(publish(2031, Period.FULL_YEAR), 1, verdict=Verdict.MET, **figure("7"))
    with time_machine.travel("2032-04-10T12:00+08:00", tick=False):
        assert "1项指标均达到或超过年度目标" in page_at(client, ADDRESS)
        past = page_at(client, f"{ADDRESS}?as_of=2032-02-01")
        assert "指标市级暂未反馈数据" in past
        assert client.get(f"{ADDRESS}?as_of=2032-01-01").status_code == 404
        old = client.get(f"{FILES[0]}?as_of=2032-02-01")
        assert old.content != client.get(FILES[0]).content


def test_the_queries_are_fixed(client: Client, written_year: int) -> None:
    alone = queries_anew(client, ADDRESS)
    act = publish(2031, Period.FULL_YEAR)
    for ordinal in range(4, 30):
        row(act, ordinal, "6", verdict=Verdict.MET, order=ordinal, **figure("6.5"))
    assert queries_anew(client, ADDRESS) == alone <= 11


# --- editions -------------------------------------------------------------------------------------------------


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def edition_of(year: int, cast: Cast, *, public: bool = True) -> Edition:
    act = Publication.objects.filter(plan__first_year=year, period__isnull=False).earliest("id")
    return mark(
        publication=act,
        title="虚构大会文件",
        issued_on=None,
        held=generated(act),
        public=public,
        by=cast.publisher,
    )


def test_an_edition_shows_its_document_and_fingerprint(
    client: Client, written_year: int, cast: Cast, media: Path
) -> None:
    edition = edition_of(written_year, cast)
    html = client.get(ADDRESS).content.decode()
    assert_sound(html)
    words = words_of(html)
    assert "虚构大会文件" in words
    assert "印发：报告未载" in words
    assert edition.sha256 in words
    assert "此后没有变化。" in words
    [file] = [link for link in links_of(html) if "/editions/" in link]
    answer = client.get(file)
    assert hashlib.sha256(answer.content).hexdigest() == edition.sha256
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert file in {one.path for one in addresses(timezone.now())}


def test_marking_is_seen_at_once_though_nothing_was_published(
    client: Client, written_year: int, cast: Cast, media: Path
) -> None:
    before = client.get(ADDRESS)
    edition_of(written_year, cast)
    after = client.get(ADDRESS, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "虚构大会文件" in after.content.decode()


def test_what_changed_since_is_told_row_by_row(
    client: Client, written_year: int, cast: Cast, media: Path
) -> None:
    edition_of(written_year, cast)
    act = publish(2031, Period.FULL_YEAR)
    first = row(
        act, 3, verdict=Verdict.MET, replaced_because=Replacement.ARRIVAL, actual=entry(3), **figure("6.5")
    )
    assert first.counted
    row(
        act,
        2,
        "7",
        verdict=Verdict.MET,
        replaced_because=Replacement.CORRECTION,
        actual=entry(2),
        **figure("7.5"),
    )
    words = words_of(client.get(ADDRESS).content.decode())
    assert "此后有 2 处变化" in words
    since = words[words.index("此后有 2 处变化") : words.index("3项年度目标中")]
    assert since.index("录入差错") < since.index("市级反馈"), "our own errors come first"
    for said in ("虚构指标2", "4.5%", "7.5%", "虚构指标3", "市级暂未反馈", "6.5%"):
        assert said in since, said


def entry(ordinal: int) -> QuarterlyActual:
    """An entry behind a published figure."""
    return QuarterlyActual.objects.create(
        target=AnnualTarget.objects.get(plan__first_year=2031, ordinal=ordinal),
        period=ReportingPeriod.objects.get(plan__first_year=2031),
        outcome_state=OutcomeState.REPORTED,
        value="6.5",
        wording="6.5",
        entered_by=publisher(),
    )


def test_a_document_that_is_not_public_has_no_address(
    client: Client, written_year: int, cast: Cast, media: Path
) -> None:
    edition = edition_of(written_year, cast, public=False)
    html = client.get(ADDRESS).content.decode()
    assert edition.sha256 in html
    assert "/editions/" not in html
    assert client.get(f"/2031/report/editions/{edition.pk}.docx").status_code == 404


def test_a_document_that_was_changed_on_the_disk_is_not_sent(
    client: Client, written_year: int, cast: Cast, media: Path
) -> None:
    edition = edition_of(written_year, cast)
    place = f"/2031/report/editions/{edition.pk}.docx"
    assert client.get(place).status_code == 200
    Path(edition.document.path).write_bytes(b"other")
    answer = client.get(place)
    assert answer.status_code == 404
    assert "找不到" in answer.content.decode()


@pytest.mark.parametrize("wrong", ["{pk}.pdf", "{pk}.exe", "99999.docx", "{pk}.docx?as_of=x"])
def test_wrong_addresses_of_documents_are_refused(
    client: Client, written_year: int, cast: Cast, media: Path, wrong: str
) -> None:
    edition = edition_of(written_year, cast)
    answer = client.get(f"/2031/report/editions/{wrong.format(pk=edition.pk)}")
    assert answer.status_code in {400, 404}
    assert client.post(f"/2031/report/editions/{edition.pk}.docx").status_code == 405
    assert client.get(f"/2030/report/editions/{edition.pk}.docx").status_code == 404


def test_an_edition_is_of_its_time(client: Client, written_year: int, cast: Cast, media: Path) -> None:
    edition_of(written_year, cast)
    yesterday = (timezone.localdate() - datetime.timedelta(days=1)).isoformat()
    assert client.get(f"{ADDRESS}?as_of={yesterday}").status_code == 404


def test_the_queries_are_fixed_with_editions(
    client: Client, written_year: int, cast: Cast, media: Path
) -> None:
    edition_of(written_year, cast)
    alone = queries_anew(client, ADDRESS)
    for _ in range(3):
        edition_of(written_year, cast)
    assert queries_anew(client, ADDRESS) == alone <= 16
