"""The table ``kpi_tree``: how the daily figures follow from each other. First used in lab 2.6."""

from __future__ import annotations

import pandas as pd

from labkit.language import Text


def kpi_tree(seed: int) -> pd.DataFrame:
    """The table ``kpi_tree``: how the figures follow from each other; the same in every world."""
    names = (
        ("amount_fen", None, "up", "orders * order_value_fen", Text("Amount", "金额")),
        ("orders", "amount_fen", "up", "applications - failures", Text("Orders", "订单数")),
        ("order_value_fen", "amount_fen", "up", "amount_fen / orders", Text("Mean of an order", "单均金额")),
        ("applications", "orders", "up", "visits * conversion", Text("Applications", "申请数")),
        ("failures", "orders", "down", "failures", Text("Failures", "失败数")),
        ("visits", "applications", "up", "visits", Text("Visits", "访问量")),
        ("conversion", "applications", "up", "applications / visits", Text("Conversion", "转化率")),
    )
    rows = [(kpi, parent, good, rule, name.en, name.zh) for kpi, parent, good, rule, name in names]
    return pd.DataFrame(rows, columns=["kpi", "parent", "good", "formula", "name_en", "name_zh"])
