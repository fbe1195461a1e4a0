"""The kinds of the log's entries, in the order in which it tells them: our own errors first, publications last."""

from __future__ import annotations

from indicators.differences import Change
from wanzhou.kernel.terms import Term


class LogKind(Term):
    """What an entry of the log tells."""

    CORRECTION = Change.CORRECTION.value, Change.CORRECTION.label
    ARRIVAL = Change.ARRIVAL.value, Change.ARRIVAL.label
    REVISION = Change.REVISION.value, Change.REVISION.label
    CALIBRE = Change.CALIBRE.value, Change.CALIBRE.label
    ADJUSTMENT = Change.ADJUSTMENT.value, Change.ADJUSTMENT.label
    RULING = Change.RULING.value, Change.RULING.label
    ADDITION = Change.ADDITION.value, Change.ADDITION.label
    RESTATEMENT = Change.RESTATEMENT.value, Change.RESTATEMENT.label
    PROGRESS = "progress", "项目进展"
    PUBLICATION = "publication", "发布记录"


# What each kind means, in the words of the page.
MEANING = {
    LogKind.CORRECTION: "本站录入的差错，是我们的责任",
    LogKind.ARRIVAL: "等待中的市级数据到了",
    LogKind.REVISION: "统计部门核定了原来的数字",
    LogKind.CALIBRE: "指标换了口径",
    LogKind.ADJUSTMENT: "适用的目标经批准改了",
    LogKind.RULING: "待认定的结论由人认定了",
    LogKind.ADDITION: "后来补上的数字、原因、催办和参考数据，原有的不变",
    LogKind.RESTATEMENT: "名称、单位、责任单位等文字变了，数字不变",
    LogKind.PROGRESS: "重点项目有了新的阶段或进度",
    LogKind.PUBLICATION: "每一次发布都只增加内容，从不改写",
}
