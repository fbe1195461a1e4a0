"""Every download, with what its fields mean."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import Page, public
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.downloads import downloads_page


@public()
def downloads(visit: Visit) -> Page:
    """The lists of the site as files."""
    page = downloads_page(visit.plans, visit)
    return Page(
        "downloads.html",
        page,
        title="开放数据",
        canonical="/data/",
        section="data",
        description="全部指标和重点项目的 CSV、XLSX、JSON 下载，逐个字段的说明，以及数据接口。",
        sources=page.sources,
    )
