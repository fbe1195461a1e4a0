"""`manage.py write_report YEAR`: a document, written from the data."""

from __future__ import annotations

import io
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TypeVar

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.utils import DatabaseError, ProgrammingError

from indicators.scoreboard import Basis
from wanzhou.kernel import localpg
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.terms import Term
from wanzhou.site.reports.writing.documents import DocumentRefused
from wanzhou.site.reports.writing.forms import Form, written
from wanzhou.site.reports.writing.making import Made, Order, Sort, make

Known = TypeVar("Known", bound=Term)
EMPTY = "数据库还没有准备好：请先运行 ./run --setup，再写报告。"
MOST_PROBLEMS = 30  # lines that are told


class Command(BaseCommand):
    """Writes the whole file, or nothing."""

    help = "由数据生成报告文稿：年度报告、年中报告、一页纸；默认只用已发布的数据。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be asked; what was asked is read below, so that refusals are Chinese."""
        parser.add_argument("year", metavar="YEAR", help="计划年度，如 2022")
        parser.add_argument("--format", default=Form.DOCX, help=f"文件形式：{_listed(Form)}；默认 docx")
        parser.add_argument("-o", "--output", metavar="FILE", default="", help="写到哪个文件（必填）")
        parser.add_argument("--kind", default=Sort.ANNUAL, help=f"文稿：{_listed(Sort)}；默认 annual")
        parser.add_argument("--period", default="", help=f"填报期：{_listed(Period)}；默认最新的一期")
        parser.add_argument(
            "--basis", default=Basis.PUBLISHED, help=f"依据：{_listed(Basis)}；默认 published"
        )
        parser.add_argument("--draft", action="store_true", help="征求意见稿：加水印，列出尚待补齐的内容")
        parser.add_argument("--force", action="store_true", help="文件已经存在时覆盖")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say what was written; or say on lines of its own what stands against it."""
        form, order = _read(Form, "--format", options["format"]), _order(options)
        if not options["output"]:
            raise CommandError("请用 -o 写明写到哪个文件，如 -o 报告.docx。")
        place = Path(options["output"])
        self._require_place(place, force=options["force"])
        made = self._made(order)
        self._write(place, written(made.document, form), force=options["force"])
        self.stdout.write(f"已写到 {place}：《{made.document.title}》（{form.label}）。")

    def _made(self, order: Order) -> Made:
        try:
            self._prepare()
            if not Plan.objects.exists():
                raise CommandError(EMPTY)
            return make(order)
        except ProgrammingError as reason:
            raise CommandError(EMPTY) from reason
        except DatabaseError as reason:
            raise CommandError(f"数据库不能读取：{' '.join(str(reason).split())}") from reason
        except DocumentRefused as refused:
            raise CommandError(_told(refused.problems)) from refused

    def _prepare(self) -> None:
        """In a checkout that was never started, its own server holds nothing yet: fill it as the first start does."""
        if os.environ.get("DATABASE_URL") or connection.introspection.table_names():
            return
        self.stderr.write("数据库是空的，先建好并载入公开报告的计划……")
        for command in ("migrate", "apply_roles", "load_plans"):
            call_command(command, stdout=io.StringIO())

    def _require_place(self, place: Path, *, force: bool) -> None:
        """Say at once what would stop the writing in the end."""
        if place.is_dir():
            raise CommandError(f"{place} 是一个目录；请写明文件名。")
        if place.exists() and not force:
            raise CommandError(f"{place} 已经存在，没有覆盖；要覆盖请加 --force。")
        if not place.absolute().parent.is_dir():
            raise CommandError(f"目录 {place.absolute().parent} 不存在；请先建好，或换一个地方。")

    def _write(self, place: Path, content: bytes, *, force: bool) -> None:
        """All or nothing: a file beside it takes its name once it is whole."""
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            draft.write_bytes(content)
            if not force:
                place.touch(exist_ok=False)  # fails where somebody made the file meanwhile
            draft.replace(place)
        except FileExistsError as reason:
            raise CommandError(f"{place} 已经存在，没有覆盖；要覆盖请加 --force。") from reason
        except OSError as reason:
            raise CommandError(f"{place} 不能写入（{localpg.why(reason)}）；请换一个地方。") from reason
        finally:
            draft.unlink(missing_ok=True)


def _order(options: dict[str, Any]) -> Order:
    """What was asked for; raises CommandError."""
    year = options["year"]
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise CommandError(f"“{year[:20]}”不是年度；请写四位数字，如 2022。")
    return Order(
        sort=_read(Sort, "--kind", options["kind"]),
        year=int(year),
        period=_read(Period, "--period", options["period"]) if options["period"] else "",
        basis=_read(Basis, "--basis", options["basis"]),
        draft=options["draft"],
    )


def _read(terms: type[Known], option: str, code: str) -> Known:
    """The term that an option names; raises CommandError with those that there are."""
    try:
        return terms(code)
    except ValueError:
        raise CommandError(f"{option} 没有“{code[:20]}”；可选：{_listed(terms)}。") from None


def _listed(terms: type[Term]) -> str:
    return "、".join(f"{term.value}（{term.label}）" for term in terms)


def _told(problems: tuple[str, ...]) -> str:
    """What stands against it, one line each; the rest is counted."""
    lines = ["报告不能生成：", *(f"  {problem}" for problem in problems[:MOST_PROBLEMS])]
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"  另有 {len(problems) - MOST_PROBLEMS} 个问题。")
    return "\n".join(lines)
