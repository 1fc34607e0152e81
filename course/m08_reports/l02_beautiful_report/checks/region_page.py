"""A report on any region: its own numbers, its own name, nothing typed in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong
from labkit.reports import Number, Paragraph, Report, typed_numbers
from labkit.reports.numbers import NUMERAL

from .months_and_regions import counts, report_rows

WANTED = Text("A `Report` is wanted for each region.", "对每个地区都要返回一份 `Report`。")


class RegionPage(Exercise):
    name = "region_page"
    hints = (
        Text(
            "Begin with the rows of the region, and compute everything from them.",
            "先取出该地区的行，再从这些行算出一切。",
        ),
        Text(
            '`rows = november[november["region"] == region]`; the name of the region is a value as well: `names[region]`.',
            '`rows = november[november["region"] == region]`；地区名也是一个值：`names[region]`。',
        ),
        Text(
            "Copy the province's report into the function; replace `november` by `rows`, and write `{region}` in the title, "
            'with `"region": names[region]` among the values.',
            '把全省那份报告抄进函数，`november` 换成 `rows`，标题里写 `{region}`，values 里加上 `"region": names[region]`。',
        ),
    )
    matters = Text(
        "One function is now as many reports as there are regions, and next month's as well.",
        "一个函数，就等于所有地区的报告，连同下个月的。",
    )
    mistakes = {
        "same_for_all": Text(
            "Two regions get the same numbers. Where does the argument `region` go in?",
            "两个地区的数字一模一样。参数 `region` 用到哪里去了？",
        ),
        "whole_province": Text(
            "These are the numbers of the whole province, not of the region.",
            "这是全省的数字，不是该地区的。",
        ),
        "all_months": Text(
            "These are all months together. The page is about one month: begin with `november`.",
            "这是所有月份合在一起。这一页只讲一个月：请从 `november` 开始。",
        ),
        "typed_number": Text(
            "A digit stands in the text itself. Give it a name and leave a hole.",
            "文字本身里有数字。请给它取个名字，留出空位。",
        ),
        "no_name": Text(
            "Title and headline do not name the region; on the board's table nobody could tell two pages apart.",
            "标题和结论里都没有地区名；放到会议桌上，谁也分不清是哪个地区。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        month, everything = report_rows(given)
        sizes = month["region"].value_counts()
        shown = [code for code in sizes.index if code != "?"]
        asked = [shown[0], shown[-1]]
        pages: list[Report] = []

        def note(result: Any) -> Verdict:
            if not isinstance(result, Report):
                return wrong(WANTED)
            pages.append(result)
            return right()

        verdict = compare.function(answer, [((code,), note) for code in asked])
        if verdict.status != "right":
            return verdict
        for code, page in zip(asked, pages, strict=True):
            verdict = _page_verdict(page, code, month, everything)
            if verdict.status != "right":
                if verdict.mistake is None and _numbers(pages[0]) == _numbers(pages[1]):
                    return wrong("same_for_all")
                return verdict
        if _words_at_top(pages[0]) == _words_at_top(pages[1]):
            return wrong("no_name")
        return right()

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        month, everything = report_rows(given)
        first = month["region"].value_counts().index[0]

        def rows_of(table: pd.DataFrame, region: str) -> pd.DataFrame:
            return table[table["region"] == region]

        return {
            "same_for_all": lambda region: _page(region, rows_of(month, first)),
            "whole_province": lambda region: _page(region, month),
            "all_months": lambda region: _page(region, rows_of(everything, region)),
            "typed_number": lambda region: _page(region, rows_of(month, region), typed=True),
            "no_name": lambda region: _page("the region", rows_of(month, region)),
            "a_text": lambda region: f"{region}: {counts(rows_of(month, region))}",
        }


def _page(region: str, rows: pd.DataFrame, typed: bool = False) -> Report:
    left, customers, rate = counts(rows)
    return Report(
        title="Churn in {region}",
        headline=f"{left} left" if typed else "{rate} left",
        blocks=[Paragraph("{left} of {customers}, {rate}")],
        values={
            "region": region,
            "left": Number(left, "{:,}"),
            "customers": Number(customers, "{:,}"),
            "rate": Number(rate, "{:.1%}"),
        },
    )


def _words_at_top(page: Report) -> str:
    """Title and headline without their numbers, which always differ."""
    return NUMERAL.sub("", page.fill(page.title) + page.fill(page.headline))


def _numbers(page: Report) -> list[str]:
    return NUMERAL.findall("\n".join(page.lines()))


def _says(page: Report, rows: pd.DataFrame) -> bool:
    """Does the page say how many left, of how many, and which rate that is?"""
    left, customers, rate = counts(rows)
    words = [word.replace(",", "") for word in _numbers(page)]
    percents = [float(word.rstrip("%")) for word in words if re.fullmatch(r"\d+(\.\d+)?%", word)]
    return (
        str(left) in words
        and str(customers) in words
        and any(abs(p - 100 * rate) <= 0.0501 for p in percents)
    )


def _page_verdict(page: Report, code: str, month: pd.DataFrame, everything: pd.DataFrame) -> Verdict:
    if typed_numbers(page):
        return wrong("typed_number")
    if _says(page, month[month["region"] == code]):
        return right()
    if _says(page, month):
        return wrong("whole_province")
    if _says(page, everything[everything["region"] == code]):
        return wrong("all_months")
    return wrong(
        Text(
            "The page does not say leavers, customers and rate (one decimal) of the region in the month of the report.",
            "这一页没有写出该地区在报告月份的离网数、用户数和离网率（一位小数）。",
        )
    )
