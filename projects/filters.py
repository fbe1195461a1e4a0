"""Which entries of a year's boxes a visitor wants to see; page, files and API ask in the same words."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from projects.models import PublishedTask
from projects.stages import Stage
from wanzhou.kernel.pages.filtering import PublicFilter, named


class TaskFilter(PublicFilter):
    """Filters of published tasks: by box, section, stage, department, and by name, pinyin or initials."""

    q = django_filters.CharFilter(label="项目名称、拼音或首字母", method="matching")
    box = django_filters.ChoiceFilter(label="专栏", choices=[])
    section = django_filters.ChoiceFilter(label="类别", choices=[])
    stage = django_filters.ChoiceFilter(label="阶段", choices=Stage.choices(), method="at_stage")
    department = django_filters.ChoiceFilter(label="责任单位", choices=[])

    class Meta:
        model = PublishedTask
        fields: tuple[str, ...] = ()

    def offer(self, tasks: QuerySet[PublishedTask]) -> None:
        """Offer what occurs among the tasks; one query."""
        occurring = list(
            tasks.order_by("box", "order").values_list(
                "box", "box_title", "section", "planned_stage", "reached_stage", "department"
            )
        )
        self.choose("box", list({str(box): f"专栏 {box} {title}" for box, title, *_ in occurring}.items()))
        self.choose("section", named(section for _, _, section, *_ in occurring))
        stages = {planned or reached for *_, planned, reached, _ in occurring}
        self.choose("stage", [(stage.value, stage.label) for stage in Stage if stage in stages])
        self.choose("department", named(department for *_, department in occurring))

    def at_stage(self, tasks: QuerySet[PublishedTask], name: str, stage: str) -> QuerySet[PublishedTask]:
        """Tasks that stand under the stage: the planned one, or where nothing is planned the reached one."""
        return tasks.filter(Q(planned_stage=stage) | Q(planned_stage="", reached_stage=stage))
