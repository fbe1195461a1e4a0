"""How a write on updates that was refused is answered: the sentences to show, and the status of the page."""

from __future__ import annotations

from typing import Final

from projects.updating import NotTheirs, RowsRefused, UpdatesClash, UpdatesRefused

from .frames import CONFLICT, FORBIDDEN, UNPROCESSABLE

REFUSALS: Final = (UpdatesRefused, RowsRefused, UpdatesClash)


def answer_to(refused: UpdatesRefused | RowsRefused | UpdatesClash) -> tuple[list[str], int]:
    """The sentences and the status of a page that shows the newest state again."""
    if isinstance(refused, UpdatesClash):
        names = "、".join(one.task.name for one in refused.clashes[:5])
        changed = f"“{names}”在您打开这一页之后有了改动，没有写入。下面已是最新的内容，请看过再点一次。"
        return [changed], CONFLICT
    if isinstance(refused, RowsRefused):
        return list(refused.sentences), UNPROCESSABLE
    return [str(refused)], FORBIDDEN if isinstance(refused, NotTheirs) else CONFLICT
