"""`manage.py export_site DIR`: the public site as a folder of files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wanzhou.kernel.pages.asof import as_of
from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.site.export.exporting import Exported, export
from wanzhou.site.export.folder import Refused

NAMED = 5  # links that the closing lines name


class Command(BaseCommand):
    """Writes every published page and file, or nothing."""

    help = "把全部公开页面和数据文件写成静态文件，链接都是相对的，可放到任何网站、内网或 CDN。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="写入的目录：不存在、空的，或以前导出的")
        parser.add_argument(
            "--as-of", default="", metavar="DATE", help="写某一天公开的内容，如 2023-01-31；默认为现在"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Export, and say what was written and what was not."""
        try:
            exported = export(options["folder"], as_of(options["as_of"]))
        except (Refused, BadQuestion) as reason:
            raise CommandError(f"{reason}。") from reason
        self._say_left_out(exported)
        self.stdout.write(
            f"已导出到 {options['folder']}：{exported.pages} 个页面、{exported.files} 个数据文件、"
            f"{exported.assets} 个样式和图片，共 {exported.size / 1_000_000:.1f} MB。"
        )

    def _say_left_out(self, exported: Exported) -> None:
        if not settings.SITE_ADDRESS:
            self.stdout.write(
                "没有设置 WANZHOU_ADDRESS（公众使用的网址），所以未写需要完整网址的 feed.xml、sitemap.xml、"
                "robots.txt，页面里也没有固定网址。"
            )
        if exported.dropped:
            named = "、".join(exported.dropped[:NAMED])
            more = f" 等 {len(exported.dropped)} 个" if len(exported.dropped) > NAMED else ""
            self.stdout.write(f"有链接指向不存在的页面，已去掉：{named}{more}。")
