"""A small report in each language, with every kind of block."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd

from labkit.charts import use_house_style
from labkit.language import set_language
from labkit.reports import Figure, Heading, Number, Paragraph, Report, Row, Table, Tiles

VALUES = {
    "rate": Number(0.02621, "{:.1%}"),
    "customers": Number(12842, "{:,}"),
    "loss": Number(-1200.4, "{:,.0f}"),
    "month": Number(pd.Timestamp("2025-11-01"), "{0.year}-{0.month}"),
}


def figure(alt: str) -> Figure:
    use_house_style()
    drawn, axes = plt.subplots(figsize=(4, 2.4))
    axes.bar(["甲", "乙"], [1, 2])
    return Figure.of(drawn, alt)


def english() -> Report:
    plans = pd.DataFrame({"Plan": ["Plus", "Lite"], "Customers": [1200, 7], "Left": [0.021, float("nan")]})
    return Report(
        title="Churn in {region}, {month}",
        headline="{rate} of the customers of {region} left",
        blocks=[
            Tiles((("{rate}", "left in {month}"), ("{loss}", "yuan earned"))),
            Paragraph("Of {customers} customers, {rate} left (the list: {loss} yuan)."),
            Row((figure("Bars, {rate} in all"), figure("Bars again"))),
            Heading("Who leaves"),
            Table(plans, {"Customers": "{:,}", "Left": "{:.1%}"}, "Plans of {region}"),
        ],
        values={**VALUES, "region": "Danzhu"},
        sources="Swift Mobile, {month}",
        language="en",
    )


def chinese() -> Report:
    plans = pd.DataFrame({"套餐": ["畅享", "轻享"], "用户数": [1200, 7], "离网率": [0.021, float("nan")]})
    return Report(
        title="{region}离网月报（{month}）",
        headline="{region}本月离网率 {rate}",
        blocks=[
            Tiles((("{rate}", "{month} 离网率"), ("{loss} 元", "名单利润"))),
            Paragraph("{customers} 位用户中离网 {rate}（名单：{loss} 元）。"),
            Row((figure("条形图，合计 {rate}"), figure("又一张条形图"))),
            Heading("谁在离开"),
            Table(plans, {"用户数": "{:,}", "离网率": "{:.1%}"}, "{region}各套餐"),
        ],
        values={**VALUES, "region": "丹渚县"},
        sources="迅通移动，{month}",
        language="zh",
    )


def report_in(language: str) -> Report:
    set_language("en")
    return {"en": english, "zh": chinese}[language]()
