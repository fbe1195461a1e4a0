"""The desks of projects, their tasks by year, and what became of them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from wanzhou.kernel.accounts.desks import Desk, ReadOnlyDesk
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.desks import EvidenceDesk
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.admin import PEOPLE, SubmissionDesk

from .entry.urls import entry_urls
from .models import (
    AnnualTask,
    Box,
    Finding,
    Likeness,
    Milestone,
    Problem,
    Project,
    PublishedTask,
    Question,
    Quotation,
    Round,
    StatusUpdate,
    UpdateDocument,
)
from .models.updates import CONTENT
from .updating import RowsRefused, submit


@admin.register(Project)
class ProjectDesk(Desk):
    """重点项目."""

    list_display = ("name", "slug", "years", "owner")
    list_filter = ("tasks__plan",)
    search_fields = ("name", "slug", "owner", "note")
    search_help_text = "按名称、网址名、业主或备注查找"
    readonly_fields = ("joined_into",)
    fieldsets = (
        (None, {"fields": ("slug", "name")}),
        (
            "登记内容（内部，不公开）",
            {
                "fields": (
                    *("owner", "site", "content", ("start_year", "end_year")),
                    *("total_investment", "funding", "note", "joined_into"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        return super().get_queryset(request).prefetch_related("tasks__plan")

    @admin.display(description="列入年份")
    def years(self, project: Project) -> str:
        return "、".join(str(year) for year in sorted({task.plan.year for task in project.tasks.all()}))


@admin.register(Box)
class BoxDesk(Desk):
    """专栏."""

    list_display = ("__str__", "plan", "entries")
    list_filter = ("plan",)
    search_fields = ("title",)
    search_help_text = "按标题查找"
    joined = ("plan",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(entry_count=Count("tasks"))
        return rows

    @admin.display(description="点名条数", ordering="entry_count")
    def entries(self, box: Any) -> int:
        return int(box.entry_count)


@admin.register(AnnualTask)
class AnnualTaskDesk(Desk):
    """年度任务."""

    list_display = ("name", "box", "section", "planned_stage", "quantity", "department", "plan")
    list_filter = ("plan", "box__number", "planned_stage", "group", "department")
    search_fields = ("name", "project__name", "section", "wording")
    search_help_text = "按名称、分类或原文查找"
    joined = ("plan", "box", "department", "project")
    department_path = "department"
    autocomplete_fields = ("project",)
    fieldsets = (
        (None, {"fields": ("project", "plan", "box", "section", "order", "name")}),
        ("任务", {"fields": ("planned_stage", "wording", "group", "quantity")}),
        ("归口与来源", {"fields": ("department", "source", "place")}),
        (
            "登记内容（内部，不公开）",
            {
                "fields": (
                    *("planned_investment", "invested_before"),
                    ("planned_first_quarter", "planned_first_half", "planned_three_quarters"),
                    *("responsible_leader", "assisting", "note"),
                )
            },
        ),
    )


@admin.register(StatusUpdate)
class StatusUpdateDesk(EvidenceDesk, SubmissionDesk):
    """进展更新."""

    attachment = UpdateDocument
    publishes_with = "进展更新"
    list_display = ("task", "as_of", "reached_stage", "percent", "standing", "department", "entered_by")
    list_filter = ("state", "reached_stage", "task__plan", "task__box__number", "task__department")
    search_fields = ("task__name", "progress", "difficulty", "next_step", "needs")
    search_help_text = "按任务、形象进度、困难或措施查找"
    joined = ("task__plan", "task__department", *PEOPLE)
    department_path = "task__department"
    autocomplete_fields = ("task", "replaces")
    computed = ("repeats",)
    content = (
        (None, {"fields": ("task", "as_of", "reached_stage")}),
        ("进展", {"fields": (("percent", "invested_this_year"), "progress")}),
        (
            "内部情况（不公开）",
            {"fields": ("difficulty", "next_step", "needs", "reached_count", "setback_reason", "provider")},
        ),
        ("来源", {"fields": ("source", "place")}),
        ("替换已发布的更新", {"fields": ("replaces",)}),
    )

    def get_urls(self) -> list[Any]:
        """The pages on which departments work come before the desk's own."""
        return [*entry_urls(self.admin_site), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: StatusUpdate, form: Any, change: bool) -> None:
        """What says something new repeats nothing any more."""
        if set(form.changed_data) & set(CONTENT):
            obj.repeats = None
        super().save_model(request, obj, form, change)

    def submitted(self, entries: QuerySet[Any], by: User) -> list[Any]:
        """As the departments' own pages do it: what went backwards says why."""
        try:
            return list(submit(entries, by=by))
        except RowsRefused as refused:
            raise MoveRefused(*refused.sentences) from refused

    @admin.display(description="牵头单位", ordering="task__department")
    def department(self, update: StatusUpdate) -> str:
        return str(update.task.department or "—")


@admin.register(Milestone)
class MilestoneDesk(Desk):
    """节点."""

    list_display = ("name", "task", "planned_on", "reached_on")
    list_filter = ("task__plan", "task__department", "planned_on")
    search_fields = ("name", "task__name")
    search_help_text = "按节点或任务查找"
    joined = ("task__plan",)
    department_path = "task__department"
    autocomplete_fields = ("task",)


@admin.register(PublishedTask)
class PublishedTaskDesk(ReadOnlyDesk):
    """已发布任务: what the public was told, to be read and never edited."""

    list_display = ("name", "box", "section", "planned_stage", "reached_stage", "department", "act")
    list_filter = ("publication__plan", "box", "planned_stage", "reached_stage", "group")
    search_fields = ("name", "slug", "section", "wording", "department")
    search_help_text = "按名称、网址名、分类、原文或牵头单位查找"
    joined = ("publication__plan", "publication__period__plan")
    exclude = ("search_key",)

    @admin.display(description="发布", ordering="publication")
    def act(self, task: PublishedTask) -> str:
        return str(task.publication)


@admin.register(Likeness)
class LikenessDesk(ReadOnlyDesk):
    """相似项目: ruled upon on a page of its own."""

    list_display = ("first", "second", "ruled", "likeness", "by", "at")
    list_filter = ("ruled", "at")
    search_fields = ("first__name", "second__name", "reason")
    search_help_text = "按项目名称或理由查找"
    joined = ("first", "second", "by")


@admin.register(Question)
class QuestionDesk(ReadOnlyDesk):
    """待核实问题: loaded with the plans, answered on a page of its own."""

    list_display = ("text", "code")
    search_fields = ("text", "code")
    search_help_text = "按问题查找"


@admin.register(Quotation)
class QuotationDesk(ReadOnlyDesk):
    """待核实问题的原文."""

    list_display = ("place", "wording", "question")
    list_filter = ("question",)
    search_fields = ("wording", "place")
    search_help_text = "按原文或出处查找"
    joined = ("question", "source", "project")


@admin.register(Finding)
class FindingDesk(ReadOnlyDesk):
    """核实结论."""

    list_display = ("question", "text", "by", "at")
    list_filter = ("at",)
    search_fields = ("text", "question__text")
    search_help_text = "按结论或问题查找"
    joined = ("question", "by")


@admin.register(Round)
class RoundDesk(ReadOnlyDesk):
    """调度: opened and closed on a page of its own."""

    list_display = ("__str__", "plan", "as_of", "due_on", "opened_by", "closed_at")
    list_filter = ("plan", "rhythm")
    search_fields = ("note",)
    search_help_text = "按要求查找"
    joined = ("plan", "opened_by", "closed_by")


@admin.register(Problem)
class ProblemDesk(ReadOnlyDesk):
    """需协调事项: registered and settled on a page of its own."""

    list_display = ("text", "task", "owner", "due_on", "solved_at")
    list_filter = ("task__plan", "owner", "due_on")
    search_fields = ("text", "answer", "task__name")
    search_help_text = "按事项、办理情况或任务查找"
    joined = ("task__plan", "owner", "raised_by", "solved_by", "update__task__plan")
    department_path = "task__department"
