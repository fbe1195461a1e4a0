"""Every staff address, whoever comes: one table (`table.txt`), every cell of it asked for.

A new address without a line fails and prints the line as the address answers now: look at each letter, and put it
into the table where it belongs (in alphabetical order). What the acts on these pages do, and in whose hands, is
proved where they are: tests/admin/test_workbench_roles.py, tests/entry/test_roles.py, tests/evidence/test_desks.py.
"""

from __future__ import annotations

import pytest

from tests.admin.office import Office

from .answers import ANSWERS, COLUMNS, answers, callers
from .places import Places, addresses
from .table import Line, differences, lines, written

pytestmark = pytest.mark.django_db
PARTS = 6  # so that a failure is found early, and what else fails is still seen


def test_the_table_is_in_order() -> None:
    known = lines()
    assert list(known) == sorted(known)
    for address, line in known.items():
        for answered in line:
            assert len(answered) == len(COLUMNS), address
            assert set(answered) <= set(ANSWERS) - {"5"}, address
        assert line.get[0] == "!" or address in ("admin/login/", "admin/logout/"), (
            f"a visitor looks at {address}"
        )
        assert line.post[0] == "!" or address in ("admin/login/", "admin/logout/"), (
            f"a visitor writes at {address}"
        )


def test_no_line_is_of_an_address_that_is_gone() -> None:
    assert not lines().keys() - set(addresses())


@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_is_answered_as_the_table_says(part: int, office: Office) -> None:
    everybody, places, known = callers(office), Places(office), lines()
    unknown, wrong = [], []
    for address in addresses()[part::PARTS]:
        place = places.at(address)
        answered = Line(*(answers(everybody, place, method) for method in ("get", "post")))
        if address not in known:
            unknown.append(written(address, answered))
        else:
            wrong += differences(address, known[address], answered)
    assert not unknown, "no line in tests/roles/table.txt; look at each letter, then add:\n" + "\n".join(
        unknown
    )
    assert not wrong, "\n".join(wrong)
