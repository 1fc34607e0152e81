"""The churn report of a region and month: its words, in the language that is spoken, and what fills their holes."""

from __future__ import annotations

import pandas as pd

from labkit.charts import use_house_style
from labkit.language import L, Text, current_language
from labkit.reports.churn.facts import CONFIDENCE, SIGNS, TERMS, Region, compared
from labkit.reports.churn.figures import months_figure, regions_figure
from labkit.reports.numbers import Number
from labkit.reports.report import Heading, Paragraph, Report, Row, Table, Tiles

HEADLINES = {
    "above": Text(
        "{region} loses customers faster than the rest of the province: {rate} left, elsewhere {elsewhere}",
        "{region}离网高于全省其余地区：本地 {rate}，其余地区 {elsewhere}",
    ),
    "below": Text(
        "{region} keeps its customers better than the rest of the province: {rate} left, elsewhere {elsewhere}",
        "{region}离网低于全省其余地区：本地 {rate}，其余地区 {elsewhere}",
    ),
    "in line": Text(
        "{region} is in line with the province: {rate} of its customers left in {month}",
        "{region}与全省持平：{month}离网率 {rate}",
    ),
}
LONG_HEADLINES = {
    "above": Text(
        "{region} lost {rate} in {month}, nothing unusual for one month; since {first_month} it has been losing more than the rest",
        "{region}{month}离网率 {rate}，单月并无异常；但自 {first_month}以来总体高于其余地区",
    ),
    "below": Text(
        "{region} lost {rate} in {month}, nothing unusual for one month; since {first_month} it has been losing less than the rest",
        "{region}{month}离网率 {rate}，单月并无异常；而自 {first_month}以来总体低于其余地区",
    ),
}
"""Where a month says nothing and all months together do."""
BEYOND_CHANCE = Text(
    "Chance alone does not explain it. One such finding in twenty is a false alarm: see whether it lasts.",
    "仅用偶然解释不了。但这样的结论每二十个里会有一个误报：请看它是否持续。",
)
READINGS = {
    "above": BEYOND_CHANCE,
    "below": BEYOND_CHANCE,
    "in line": Text(
        "Zero lies inside: this month alone gives no reason to treat the region unlike the others.",
        "零在其中：仅凭这一个月，没有理由对本地区区别对待。",
    ),
}


def churn_report(region: Region) -> Report:
    """Return the report of a region, in the language that is spoken and the house style."""
    use_house_style()
    return Report(
        title=L("Churn in {region}, {month}", "{region}离网月报 · {month}"),
        headline=str(headline(region)),
        blocks=[
            Tiles(
                (
                    ("{rate}", L("of {customers} customers left", "{customers} 位用户的离网率")),
                    (
                        "{difference}",
                        L(
                            "points against the rest ({low} to {high})",
                            "百分点，与其余地区之差（{low} 至 {high}）",
                        ),
                    ),
                    (
                        "{signed_left} / {left}",
                        L("leavers had shown a warning sign", "离网者中事先有预警信号的"),
                    ),
                    ("{profit}", L("yuan expected from the retention list", "元，挽留名单的期望利润")),
                )
            ),
            Paragraph(
                L(
                    "In {month}, {left} of {customers} customers left, {rate}; in the rest of the province, {elsewhere}. "
                    "With {confidence} confidence the difference lies between {low} and {high} percentage points. ",
                    "{month}，{customers} 位用户中有 {left} 位离网，离网率 {rate}；全省其余地区为 {elsewhere}。"
                    "两者之差的 {confidence} 置信区间为 {low} 至 {high} 个百分点。",
                )
                + str(READINGS[region.claim])
                + L(
                    " From {first_month} on, {long_rate} left here in an average month and {long_elsewhere} elsewhere "
                    "(difference {long_low} to {long_high} points).",
                    "自 {first_month}以来，本地平均每月离网 {long_rate}，其余地区 {long_elsewhere}"
                    "（相差 {long_low} 至 {long_high} 个百分点）。",
                )
            ),
            Row((regions_figure(region), months_figure(region))),
            Heading(L("Who leaves", "谁在离开")),
            Row((signs_table(region), plans_table(region))),
            Heading(L("The retention list", "挽留名单")),
            Paragraph(
                L(
                    "{called} customers showed two signs or more; {called_left} of them left. Had all of them been called: "
                    "{cost} yuan each for the call and the offer; {save_rate} of the leavers stay and bring {worth} yuan. "
                    "That earns {profit} yuan on average, and nine times in ten between {profit_low} and {profit_high}.",
                    "有两个及以上信号的用户共 {called} 位，其中离网 {called_left} 位。假如全部拨打：电话加优惠每人 {cost} 元；"
                    "本来会走的人有 {save_rate} 被留住，每人带来 {worth} 元。平均可赚 {profit} 元，"
                    "十次中有九次落在 {profit_low} 与 {profit_high} 元之间。",
                )
            ),
        ],
        values=values(region),
        sources=L(
            "Swift Mobile (synthetic data): churn, subscribers, cities, tariffs. Customers of {snapshot}, followed through {month}. "
            "Interval of the difference: Newcombe; chance of the profit: repeated draws.",
            "迅通移动（虚拟数据）：churn、subscribers、cities、tariffs。{snapshot} 在网用户，跟踪至 {month}底。"
            "差值区间：Newcombe 法；利润的偶然波动：重复抽样。",
        ),
        language=current_language(),
    )


def headline(region: Region) -> Text:
    """Return the finding that the data support: of the month, else of all months, else that there is none."""
    if region.claim == "in line" and region.long_claim != "in line":
        return LONG_HEADLINES[region.long_claim]
    return HEADLINES[region.claim]


def values(region: Region) -> dict[str, Number | str]:
    """Return what goes into the holes."""
    left, customers, others_left, others = region.counts
    difference, low, high = (100 * value for value in region.difference)
    profit, profit_low, profit_high = region.profit
    long_left, long_customers, long_others_left, long_others = region.long_counts
    _, long_low, long_high = (100 * value for value in compared(*region.long_counts))
    month, points = L("{0:%B} {0.year}", "{0.year} 年 {0.month} 月"), "{:+.1f}"
    first_month = region.churn.history["snapshot_on"].min() + pd.Timedelta(days=1)
    return {
        "region": str(region.churn.cities.set_index("city").at[region.city, L("name_en", "name_zh")]),
        "month": Number(region.churn.month, month),
        "first_month": Number(first_month, month),
        "snapshot": Number(region.churn.snapshot, "{:%Y-%m-%d}"),
        "left": Number(left),
        "customers": Number(customers),
        "rate": Number(left / customers, "{:.1%}"),
        "elsewhere": Number(others_left / others, "{:.1%}"),
        "difference": Number(difference, points),
        "low": Number(low, points),
        "high": Number(high, points),
        "long_rate": Number(long_left / long_customers, "{:.1%}"),
        "long_elsewhere": Number(long_others_left / long_others, "{:.1%}"),
        "long_low": Number(long_low, points),
        "long_high": Number(long_high, points),
        "confidence": Number(CONFIDENCE, "{:.0%}"),
        "signed_left": Number(int((region.rows["churned"] & (region.rows["signs"] > 0)).sum())),
        "called": Number(len(region.called)),
        "called_left": Number(int(region.called["churned"].sum())),
        "cost": Number(TERMS["call_yuan"] + TERMS["offer_yuan"]),
        "save_rate": Number(TERMS["save_rate"], "{:.0%}"),
        "worth": Number(TERMS["margin_yuan"] * TERMS["months"]),
        "profit": Number(tens(profit)),
        "profit_low": Number(tens(profit_low)),
        "profit_high": Number(tens(profit_high)),
    }


def tens(yuan: float) -> int:
    """An amount that draws decide is known to ten yuan, not to one."""
    return round(yuan / 10) * 10


def signs_table(region: Region) -> Table:
    """Return the warning signs, the riskiest first, and those without any."""
    rows = region.rows
    counted = [(str(sign.name), rows[rows[sign.name.en]]["churned"]) for sign in SIGNS]
    counted.sort(key=lambda named: -named[1].mean() if len(named[1]) else 0)
    counted.append((L("None of these", "无上述信号"), rows[rows["signs"] == 0]["churned"]))
    return counts_table(
        L("Warning sign", "预警信号"), counted, L("Customers by warning sign", "各预警信号用户")
    )


def plans_table(region: Region) -> Table:
    """Return the plans, the largest first."""
    names = region.churn.tariffs.set_index("plan")[L("name_en", "name_zh")]
    groups = region.rows.groupby("plan", observed=True)["churned"]
    counted = [(str(names[plan]), churned) for plan, churned in groups]
    counted.sort(key=lambda named: -len(named[1]))
    return counts_table(L("Plan", "套餐"), counted, L("Customers by plan", "各套餐用户"))


def counts_table(heading: str, counted: list[tuple[str, pd.Series]], title: str) -> Table:
    """Return customers, leavers and rate of each group."""
    customers, left, rate = L("Customers", "用户数"), L("Left", "离网数"), L("Rate", "离网率")
    table = pd.DataFrame(
        {
            heading: [name for name, _ in counted],
            customers: [len(churned) for _, churned in counted],
            left: [int(churned.sum()) for _, churned in counted],
            rate: [float(churned.mean()) for _, churned in counted],
        }
    )
    return Table(table, {customers: "{:,}", left: "{:,}", rate: "{:.1%}"}, title)
