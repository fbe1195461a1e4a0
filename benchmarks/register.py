"""The register of projects with 200 projects and with 10,000 and 100,000 updates: time and queries of each page.

Run: ``python -m benchmarks.register [ROUNDS]``, after ``./run --setup``. Everything happens in a database of its own,
in this process: the median of the rounds of each page, the number of its queries, and the ratio of both sizes.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from typing import Any

import django

ROUNDS = 7
SMALL, LARGE, UPDATES = 200, 10_000, 10  # projects, projects, updates of each
YEARS = {SMALL: 1801, LARGE: 1802}
PAGES = ("/admin/register/{year}/", "/admin/register/{year}/?light=red", "/admin/register/{year}/?watch=stale",
         "/{year}/projects/", "/{year}/projects/?light=yellow")  # fmt: skip
# One plan with a box, tasks of fifteen departments, and updates through the year, the last of them the newest.
TASKS = """
WITH p AS (
  INSERT INTO plans_plan (id, kind, first_year, last_year, title, state, rule_set_id, approved_by, note)
  SELECT {base}, 'annual', {year}, {year}, 'benchmark', 'submitted', id, '', '' FROM plans_ruleset
  ORDER BY version DESC LIMIT 1
), b AS (
  INSERT INTO projects_box (id, plan_id, number, title) VALUES ({base}, {base}, 1, '{year}年重点项目')
), pr AS (
  INSERT INTO projects_project (id, slug, name, owner, content, site, funding, note)
  SELECT {base} + n, 'benchmark-{year}-' || n, '项目' || n, '', '', '', '', '' FROM generate_series(1, {tasks}) n
)
INSERT INTO projects_annualtask (id, project_id, plan_id, box_id, section, "order", name, planned_stage, wording,
  "group", quantity, planned_investment, responsible_leader, place, note, department_id)
SELECT {base} + n, {base} + n, {base}, {base}, '分类' || n % 9, n, '项目' || n,
  (ARRAY['started', 'underway', 'completed'])[n % 3 + 1], '原文', false, '', 1000 + n, '', '', '',
  (SELECT id FROM accounts_department ORDER BY id OFFSET n % 15 LIMIT 1)
FROM generate_series(1, {tasks}) n
"""
WORDS = """
INSERT INTO projects_statusupdate (id, state, entered_by_id, entered_at, submitted_by_id, submitted_at, returned_note,
  approved_by_id, approved_at, publication_id, revision, task_id, as_of, reached_stage, percent, invested_this_year,
  progress, difficulty, next_step, needs, place)
SELECT {base} + n * {updates} + u, 'published', {user}, now(), {user}, now(), '', {other}, now(), {base}, 0, {base} + n,
  make_date({year}, u, 28), (ARRAY['preparatory', 'started', 'underway', 'completed'])[(n + u) % 4 + 1], u * 5,
  (1000 + n) * u * (n % 13) / 90.0, '主体施工', '', '', '', ''
FROM generate_series(1, {tasks}) n, generate_series(1, {updates}) u
"""
TOLD = """
INSERT INTO projects_publishedtask (publication_id, task_id, update_id, box, box_title, section, "order", name, slug,
  search_key, planned_stage, reached_stage, wording, "group", quantity, department, as_of, percent, progress,
  source_title, source_url, source_place, documents, light, light_reason, light_rules_id)
SELECT {base}, t.id, u.id, 1, '{year}年重点项目', t.section, t."order", t.name, p.slug, t.name, t.planned_stage,
  u.reached_stage, t.wording, false, '', d.name, u.as_of, u.percent, u.progress, '来源', '', '', '[]',
  (ARRAY['green', 'yellow', 'red'])[t.id % 3 + 1], '说明。', (SELECT max(id) FROM plans_ruleset)
FROM projects_annualtask t JOIN projects_project p ON p.id = t.project_id
JOIN accounts_department d ON d.id = t.department_id
JOIN projects_newestupdate n ON n.task_id = t.id JOIN projects_statusupdate u ON u.id = n.update_id
WHERE t.plan_id = {base}
"""
ACT = """
INSERT INTO plans_publication (id, plan_id, at, by_id, why, rule_set_id, note)
SELECT {base}, {base}, now(), {user}, 'benchmark', max(id), '' FROM plans_ruleset
"""


def main(rounds: int) -> None:
    """Print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.nothing_kept")
    django.setup()
    from django.test.utils import setup_test_environment

    from benchmarks.many_years import database

    setup_test_environment()
    with database():
        client = _furnished()
        print(f"{'page':44} {'200':>10} {'10 000':>10} {'ratio':>6} {'queries':>9}")
        for page in PAGES:
            small, large = (_timed(client, page.format(year=YEARS[size]), rounds) for size in (SMALL, LARGE))
            counts = f"{small[1]}, {large[1]}"
            print(f"{page:44} {small[0]:8.1f}ms {large[0]:8.1f}ms {large[0] / small[0]:6.2f} {counts:>9}")


def _furnished() -> Any:
    """Both plans, and a publisher who looks at them."""
    from django.contrib.auth.models import Group
    from django.db import connection
    from django.test import Client

    from wanzhou.kernel.accounts.models import User
    from wanzhou.kernel.accounts.roles import Role

    user = User.objects.create_user("benchmark", is_staff=True)
    other = User.objects.create_user("benchmark-other")
    user.groups.add(Group.objects.get(name=Role.PUBLISHER.label))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for place, (size, year) in enumerate(YEARS.items(), 1):
            facts = {"base": place * 10_000_000, "year": year, "tasks": size, "updates": UPDATES}
            facts |= {"user": user.pk, "other": other.pk}
            for statement in (TASKS, ACT, WORDS, TOLD):
                cursor.execute(statement.format(**facts))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(user)
    return client


def _timed(client: Any, page: str, rounds: int) -> tuple[float, int]:
    """The median in milliseconds, and the number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        answer = client.get(page)
        spent.append(1000 * (time.perf_counter() - started))
        assert answer.status_code == 200, (page, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return statistics.median(spent), len(queries)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
