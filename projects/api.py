"""The tasks of a year's boxes as data, filled from publications only."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from wanzhou.kernel.pages.answers import AS_OF, Problem, answers_of, json_answer
from wanzhou.kernel.pages.pages import public_twin, visit_of
from wanzhou.kernel.plans.shown import shown

from .filters import FREE, PARAMETERS, found_tasks
from .records import told_of
from .schemas import ProjectOut, YearTasks, project_out, year_out

router = Router(tags=["重点项目"])
BOX = Query("", title="专栏号", description="只要这一专栏的项目。", example="3")
SECTION = Query("", title="类别", description="只要专栏内这一分类的项目。", example="乡村振兴")
STAGE = Query(
    "",
    title="阶段",
    description="只要列于这一阶段的项目，用代码：计划有阶段的按计划阶段，否则按已达阶段。",
    example="completed",
)
DEPARTMENT = Query("", title="责任单位", description="只要这一单位的项目，用全名。", example="区交通局")
LIGHT = Query("", title="进度灯", description="只要亮这种灯的项目，用代码。", example="yellow")
WORDS = Query("", title="查找", description="名称、拼音或首字母中的字；各词都须符合。", example="lianjiedao")


@router.get(
    "/{int:year}/projects.json",
    response={200: YearTasks, 400: Problem, 404: Problem},
    url_name="projects",
    operation_id="projects",
    summary="一个年度的重点项目",
    description="计划各专栏列出的项目：计划阶段、已达阶段、原文和来源。",
    openapi_extra=answers_of("该年度已发布的重点项目", missing="该年度没有发布过", patterned=True),
)
@decorate_view(public_twin(*PARAMETERS, free=FREE))
def year_tasks(
    request: HttpRequest,
    year: Annotated[int, Path(title="年份", description="计划年度，四位数字。", example=2023, ge=0)],
    box: str = BOX,
    section: str = SECTION,
    stage: str = STAGE,
    department: str = DEPARTMENT,
    light: str = LIGHT,
    q: str = WORDS,
    as_of: str = AS_OF,
) -> HttpResponse:
    visit = visit_of(request)
    plan = shown(visit.plans, year).plan
    tasks, _, _ = found_tasks(plan, visit.query, visit.as_of.moment)
    return json_answer(year_out(plan.year, tasks))


@router.get(
    "/projects/{slug:slug}.json",
    response={200: ProjectOut, 400: Problem, 404: Problem},
    url_name="project",
    operation_id="project",
    summary="一个项目的推进记录",
    description="一个项目历年列入专栏的各条，和已发布的各次进展更新，按发布的先后。",
    openapi_extra=answers_of("该项目已发布的各条记录", missing="没有发布过这个项目", patterned=True),
)
@decorate_view(public_twin())
def one_project(
    request: HttpRequest,
    slug: Annotated[
        str,
        Path(
            title="项目代码", description="项目的永久代码，逐年不变。", example="zhi-neng-ban-dao-ti-chan-ye"
        ),
    ],
    as_of: str = AS_OF,
) -> HttpResponse:
    visit = visit_of(request)
    return json_answer(project_out(*told_of(slug, visit.as_of.moment)))
