"""Names are found as written, by pinyin and by initials; who only reads does not pay for the dictionary."""

from __future__ import annotations

import subprocess
import sys

import pytest

from wanzhou.kernel.pinyin import folded_query, search_key


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("长江干流水质", "长江"),
        ("长江干流水质", "changjiang"),
        ("长江干流水质", " Chang Jiang "),
        ("长江干流水质", "cjgl"),
        ("重庆", "chongqing"),
        ("重点项目", "zhongdian"),
        ("居民收入增速", "zengsu"),
        ("绿色低碳", "lvse"),
        ("R&D占GDP比重", "ｇｄｐ"),
        ("R&D占GDP比重", "r&dzhan"),
        ("R&D占GDP比重", "r&dzgdpbz"),
        ("Ⅱ类水质", "ＩＩ类"),
        ("三峡水利", "三"),
        ("十七个聚居点", "十七"),
        ("“千人聚居点”污水处理站", "千人聚居点污水"),
    ],
)
def test_a_name_is_found(text: str, query: str) -> None:
    assert folded_query(query) in search_key(text)


def test_a_key_is_the_text_its_pinyin_and_its_initials() -> None:
    assert search_key("长江 水质", "GDP", "", "GDP") == "长江水质 changjiangshuizhi cjsz gdp"
    assert search_key() == search_key("") == ""


@pytest.mark.parametrize("query", ["", " ", "\u3000", "“”"])
def test_nothing_asked_stays_nothing(query: str) -> None:
    assert folded_query(query) == ""


def test_readers_do_not_load_the_dictionary() -> None:
    asked = "import django, sys; django.setup(); import wanzhou.urls; print('pypinyin' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
