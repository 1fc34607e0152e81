"""The two figures of the churn report: regions with their intervals, and the months."""

from __future__ import annotations

import numpy as np

from labkit.charts import BLUE, GREY, RED
from labkit.language import L
from labkit.reports.churn.facts import Region
from labkit.reports.report import Figure

SIZE = (4.6, 3.2)
CLAIMS = {
    "above": ("More customers leave here than chance explains", "离网偏多，超出偶然范围"),
    "below": ("Fewer customers leave here than chance explains", "离网偏少，超出偶然范围"),
    "in line": ("The gap to the province is within chance", "与全省的差距在偶然范围之内"),
}


def regions_figure(region: Region) -> Figure:
    """Draw every region's rate with its interval; the region's own is coloured."""
    import matplotlib.pyplot as plt

    table = region.churn.regions.sort_values("rate")
    names = region.churn.cities.set_index("city")[L("name_en", "name_zh")]
    places = np.arange(len(table))
    colours = np.where(table.index == region.city, BLUE, GREY)
    figure, axes = plt.subplots(figsize=SIZE)
    axes.hlines(places, 100 * table["low"], 100 * table["high"], color=colours, linewidth=2)
    axes.scatter(100 * table["rate"], places, color=colours, s=34, zorder=3, clip_on=False)
    everybody = 100 * region.churn.rows["churned"].mean()
    axes.axvline(everybody, color=RED, linewidth=1.2)
    axes.text(everybody, len(table) - 0.3, L(" province", " 全省"), color=RED, va="bottom")
    axes.set_yticks(places, names.loc[table.index])
    labels = axes.get_yticklabels()
    labels[list(table.index).index(region.city)].set(color=BLUE, fontweight="bold")
    axes.set(xlim=(0, None), ylim=(-0.6, len(table) + 0.4), xlabel=L("Left, % of customers", "离网率（%）"))
    axes.grid(visible=False)
    axes.set_title(L(*CLAIMS[region.claim]), fontsize=10.5)
    return Figure.of(
        figure,
        L(
            "Dots with intervals: churn rate of each region; {region} {rate}, the rest of the province {elsewhere}.",
            "点图（带区间）：各地区离网率；{region} {rate}，其余地区 {elsewhere}。",
        ),
    )


def months_figure(region: Region) -> Figure:
    """Draw the region's rate and that of the rest, month by month."""
    import matplotlib.pyplot as plt

    history = region.churn.history
    here = history[history["city"] == region.city].set_index("snapshot_on")[["left", "customers"]]
    everybody = history.groupby("snapshot_on")[["left", "customers"]].sum()
    here = here.reindex(everybody.index, fill_value=0)
    rest = everybody - here
    rates = 100 * here["left"] / here["customers"].where(here["customers"] > 0)
    others = 100 * rest["left"] / rest["customers"]
    months = [L(f"{day.month % 12 + 1}", f"{day.month % 12 + 1} 月") for day in rates.index]
    name = str(region.churn.cities.set_index("city").at[region.city, L("name_en", "name_zh")])
    figure, axes = plt.subplots(figsize=SIZE)
    places = np.arange(len(months))
    here_is_above = rates.iloc[-1] >= others.iloc[-1]
    for values, colour, label, above in (
        (others, GREY, L("elsewhere", "其余地区"), not here_is_above),
        (rates, BLUE, name, here_is_above),
    ):
        axes.plot(places, values, color=colour, marker="o", markersize=4)
        end = values.iloc[-1]
        axes.annotate(
            label,
            (places[-1], end),
            xytext=(6, 3 if above else -10),
            textcoords="offset points",
            color=colour,
            fontweight="bold",
        )
    axes.set_xticks(places, months)
    axes.set_xlabel(L("Month of 2025", "2025 年"))
    axes.set_ylabel(L("Left, %", "离网率（%）"))
    axes.set_ylim(0, 1.15 * max(rates.max(), others.max()))
    axes.set_xlim(-0.3, len(months) + 0.6)
    above, total = int((rates > others).sum()), len(rates)
    axes.set_title(
        L(f"Above the rest in {above} of {total} months", f"{total} 个月中有 {above} 个月高于其余地区"),
        fontsize=10.5,
    )
    return Figure.of(
        figure,
        L(
            "Lines: churn rate of {region} and of the rest of the province, month by month, up to {month}.",
            "折线图：{region}与其余地区逐月离网率，截至 {month}。",
        ),
    )
