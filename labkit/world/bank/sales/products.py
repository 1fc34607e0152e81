"""What Lighthouse Bank sells: deposits, cards, loans, funds, wealth products and insurance.

The same in every world. First used in labs 2.2 and 5.4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.language import Text
from labkit.world.streams import stream

LINES = ("deposit", "card", "loan", "fund", "wealth", "insurance")


class Product(NamedTuple):
    """One product.

    Parameters
    ----------
    slug : str
        The code in tables.
    name : Text
        The name for people.
    kind : str
        One of :data:`KINDS`.
    risk_level : int
        1 to 5; a customer may buy up to the own level.
    rate_bp : int or None
        Yearly return, or interest of a loan or card, in hundredths of a per cent; none for cover without savings.
    minimum_yuan : int
        Smallest amount sold.
    launched : str
        First day of sale.
    tags : str
        What the product is about, codes joined by ``|``.
    in_app : bool
        Sold in the app, not only by a branch.
    """

    slug: str
    name: Text
    kind: str
    risk_level: int
    rate_bp: int | None
    minimum_yuan: int
    launched: str
    tags: str
    in_app: bool = True


KINDS = {
    "current": "deposit",
    "notice": "deposit",
    "time_deposit": "deposit",
    "certificate": "deposit",
    "credit_card": "card",
    "mortgage": "loan",
    "consumer_loan": "loan",
    "business_loan": "loan",
    "money_fund": "fund",
    "bond_fund": "fund",
    "equity_fund": "fund",
    "steady_wealth": "wealth",
    "growth_wealth": "wealth",
    "health_cover": "insurance",
    "life_cover": "insurance",
    "child_plan": "insurance",
    "savings_plan": "insurance",
    "property_cover": "insurance",
}
"""Kind of product → its line."""

# fmt: off
PRODUCTS = (
    Product("current_account", Text("Current account", "活期账户"), "current", 1, 10, 0, "2003-04-01", "daily|salary", False),
    Product("notice_7d", Text("Seven-day notice deposit", "七天通知存款"), "notice", 1, 45, 50_000, "2006-09-01", "short|capital_safe"),
    Product("time_3m", Text("Time deposit, 3 months", "整存整取三个月"), "time_deposit", 1, 80, 50, "2003-04-01", "short|capital_safe"),
    Product("time_6m", Text("Time deposit, 6 months", "整存整取六个月"), "time_deposit", 1, 100, 50, "2003-04-01", "short|capital_safe"),
    Product("time_1y", Text("Time deposit, 1 year", "整存整取一年"), "time_deposit", 1, 115, 50, "2003-04-01", "medium|capital_safe"),
    Product("time_2y", Text("Time deposit, 2 years", "整存整取二年"), "time_deposit", 1, 125, 50, "2003-04-01", "medium|capital_safe"),
    Product("time_3y", Text("Time deposit, 3 years", "整存整取三年"), "time_deposit", 1, 150, 50, "2003-04-01", "long|capital_safe|retirement"),
    Product("time_5y", Text("Time deposit, 5 years", "整存整取五年"), "time_deposit", 1, 155, 50, "2003-04-01", "long|capital_safe|retirement"),
    Product("certificate_1y", Text("Certificate, 1 year", "一年期大额存单"), "certificate", 1, 130, 200_000, "2015-07-01", "medium|capital_safe", False),
    Product("certificate_3y", Text("Certificate, 3 years", "三年期大额存单"), "certificate", 1, 165, 200_000, "2015-07-01", "long|capital_safe", False),
    Product("card_youth", Text("Youth card", "青春信用卡"), "credit_card", 1, 1825, 0, "2016-09-01", "spending|young|online"),
    Product("card_classic", Text("Classic card", "标准信用卡"), "credit_card", 1, 1825, 0, "2007-05-08", "spending|daily"),
    Product("card_platinum", Text("Platinum card", "白金信用卡"), "credit_card", 1, 1825, 0, "2012-03-01", "spending|premium|travel"),
    Product("card_car", Text("Car owner's card", "车主信用卡"), "credit_card", 1, 1825, 0, "2014-06-16", "spending|car"),
    Product("card_travel", Text("Travel card", "旅行信用卡"), "credit_card", 1, 1825, 0, "2017-04-20", "spending|travel|overseas"),
    Product("card_online", Text("Online shopping card", "网购信用卡"), "credit_card", 1, 1825, 0, "2015-10-12", "spending|online"),
    Product("card_family", Text("Family card", "亲子信用卡"), "credit_card", 1, 1825, 0, "2018-05-28", "spending|family|child"),
    Product("card_dining", Text("Dining and cinema card", "美食观影信用卡"), "credit_card", 1, 1825, 0, "2019-08-05", "spending|dining"),
    Product("card_sports", Text("Sports card", "运动健身信用卡"), "credit_card", 1, 1825, 0, "2025-05-12", "spending|sports|health"),
    Product("card_business", Text("Business owner's card", "商户信用卡"), "credit_card", 1, 1825, 0, "2013-11-04", "spending|business", False),
    Product("mortgage_first", Text("Mortgage, first home", "首套住房按揭贷款"), "mortgage", 1, 350, 100_000, "2004-06-01", "home|long|family", False),
    Product("mortgage_second", Text("Mortgage, further home", "二套住房按揭贷款"), "mortgage", 1, 405, 100_000, "2004-06-01", "home|long", False),
    Product("loan_instalment", Text("Instalment credit", "消费分期贷款"), "consumer_loan", 1, 580, 1_000, "2016-03-21", "spending|young|online", False),
    Product("loan_car", Text("Car loan", "汽车贷款"), "consumer_loan", 1, 460, 20_000, "2008-08-18", "car|medium", False),
    Product("loan_renovation", Text("Renovation loan", "家装贷款"), "consumer_loan", 1, 490, 20_000, "2011-03-07", "home|medium", False),
    Product("loan_turnover", Text("Working capital loan", "小微流动资金贷款"), "business_loan", 1, 420, 50_000, "2010-05-10", "business|short", False),
    Product("loan_equipment", Text("Equipment loan", "小微设备贷款"), "business_loan", 1, 435, 100_000, "2014-09-15", "business|long", False),
    Product("fund_tide_money", Text("Tide Money Fund", "灯塔潮汐货币基金"), "money_fund", 1, 140, 1, "2014-01-20", "flexible|daily|online"),
    Product("fund_pier_money", Text("Pier Money Fund", "灯塔栈桥货币基金"), "money_fund", 1, 145, 100, "2016-06-13", "flexible|capital_safe"),
    Product("fund_short_bond", Text("Short Voyage Bond Fund", "灯塔近航短债基金"), "bond_fund", 2, 210, 10, "2018-10-15", "short|bond"),
    Product("fund_pure_bond", Text("Calm Water Bond Fund", "灯塔静水纯债基金"), "bond_fund", 2, 270, 10, "2015-05-11", "medium|bond"),
    Product("fund_plus_bond", Text("Fair Wind Enhanced Bond Fund", "灯塔顺风增强债基金"), "bond_fund", 3, 350, 10, "2016-11-07", "medium|bond|stocks"),
    Product("fund_balanced", Text("Even Keel Balanced Fund", "灯塔平衡混合基金"), "equity_fund", 3, 480, 10, "2013-09-09", "stocks|bond|medium"),
    Product("fund_index", Text("Broad Market Index Fund", "灯塔全市场指数基金"), "equity_fund", 4, 650, 10, "2012-08-06", "stocks|index"),
    Product("fund_growth", Text("Rising Tide Growth Fund", "灯塔涨潮成长基金"), "equity_fund", 4, 820, 10, "2017-02-13", "stocks|small_companies"),
    Product("fund_tech", Text("Beacon Technology Fund", "灯塔航标科技基金"), "equity_fund", 5, 950, 10, "2025-04-14", "stocks|technology|young"),
    Product("fund_health", Text("Good Health Industry Fund", "灯塔安康医药基金"), "equity_fund", 5, 850, 10, "2019-03-18", "stocks|health"),
    Product("fund_dividend", Text("Harvest Port Dividend Fund", "灯塔丰港红利基金"), "equity_fund", 3, 560, 10, "2018-01-22", "stocks|dividend|long"),
    Product("fund_gold", Text("Golden Anchor Gold Fund", "灯塔金锚黄金基金"), "equity_fund", 3, 430, 10, "2020-07-06", "gold|long"),
    Product("fund_overseas", Text("Far Shore Overseas Fund", "灯塔远岸海外基金"), "equity_fund", 4, 780, 10, "2019-11-18", "stocks|overseas"),
    Product("fund_pension", Text("Evening Harbour Pension Fund", "灯塔晚港养老目标基金"), "equity_fund", 3, 450, 1, "2025-06-23", "retirement|long|bond"),
    Product("wealth_daily", Text("Daily Light Cash Management", "日日明现金管理"), "steady_wealth", 1, 190, 1, "2019-05-13", "flexible|daily"),
    Product("wealth_3m", Text("Steady Light, 3 months", "稳明三个月定开"), "steady_wealth", 2, 230, 1, "2018-12-03", "short|bond"),
    Product("wealth_6m", Text("Steady Light, 6 months", "稳明六个月定开"), "steady_wealth", 2, 245, 1, "2018-12-03", "medium|bond"),
    Product("wealth_1y", Text("Steady Light, 1 year", "稳明一年定开"), "steady_wealth", 2, 265, 1, "2019-09-02", "long|bond"),
    Product("wealth_plus", Text("Bright Light Fixed Income Plus", "晴明固收增强"), "growth_wealth", 3, 330, 1, "2020-03-16", "medium|bond|stocks"),
    Product("wealth_quarter", Text("Season Light, open quarterly", "季明季季开"), "steady_wealth", 2, 250, 1, "2025-02-17", "short|bond|flexible"),
    Product("wealth_structured", Text("Two-way Structured Product", "双航结构性理财"), "steady_wealth", 2, 260, 10_000, "2017-07-10", "gold|medium"),
    Product("wealth_multi", Text("Many Sails Multi-asset", "群帆多元配置"), "growth_wealth", 3, 400, 1_000, "2021-04-19", "stocks|gold|long"),
    Product("wealth_equity", Text("Wind Sail Equity Plus", "风帆权益增强"), "growth_wealth", 4, 520, 1_000, "2021-10-25", "stocks|long"),
    Product("wealth_private", Text("Grand Lantern", "长明私银专享"), "growth_wealth", 4, 480, 1_000_000, "2016-10-17", "premium|long|stocks", False),
    Product("cover_critical", Text("Critical illness cover", "灯塔护航重大疾病保险"), "life_cover", 1, None, 500, "2010-04-12", "health|family|long"),
    Product("cover_term_life", Text("Term life cover", "灯塔护航定期寿险"), "life_cover", 1, None, 300, "2012-10-15", "family|home|long"),
    Product("cover_medical", Text("Hospital cover", "灯塔暖川住院医疗保险"), "health_cover", 1, None, 200, "2017-03-13", "health|online"),
    Product("cover_accident", Text("Accident cover", "灯塔平波综合意外险"), "health_cover", 1, None, 100, "2009-06-08", "daily|sports"),
    Product("cover_travel", Text("Travel cover", "灯塔远行旅游意外险"), "health_cover", 1, None, 50, "2013-04-22", "travel|overseas|short"),
    Product("plan_education", Text("Education plan", "灯塔启航教育年金保险"), "child_plan", 1, 200, 3_000, "2011-09-05", "child|family|long"),
    Product("cover_child", Text("Children's health cover", "灯塔小帆少儿健康险"), "child_plan", 1, None, 200, "2025-03-10", "child|health"),
    Product("plan_annuity", Text("Pension annuity", "灯塔晚晴养老年金保险"), "savings_plan", 1, 210, 5_000, "2012-03-19", "retirement|long|capital_safe"),
    Product("plan_endowment", Text("Endowment plan", "灯塔长汀两全保险"), "savings_plan", 1, 190, 2_000, "2009-11-02", "long|capital_safe"),
    Product("cover_home", Text("Home contents cover", "灯塔安澜家庭财产保险"), "property_cover", 1, None, 100, "2014-08-11", "home|family"),
)
# fmt: on
SLUGS = tuple(product.slug for product in PRODUCTS)
KIND = np.array([product.kind for product in PRODUCTS])
LINE = np.array([KINDS[product.kind] for product in PRODUCTS])
RISK_LEVEL = np.array([product.risk_level for product in PRODUCTS])
LAUNCHED = np.array([product.launched for product in PRODUCTS], dtype="datetime64[D]")
IN_APP = np.array([product.in_app for product in PRODUCTS])
PRODUCT_ID = stream("products", "order").permutation(len(PRODUCTS)) + 1
"""Identifiers in an order that tells nothing, one per element of :data:`PRODUCTS`."""


def products(seed: int) -> pd.DataFrame:
    """The table ``products``: one row per product, the same in every world."""
    table = pd.DataFrame(
        {
            "product_id": PRODUCT_ID,
            "product": SLUGS,
            "name_en": [product.name.en for product in PRODUCTS],
            "name_zh": [product.name.zh for product in PRODUCTS],
            "line": LINE,
            "kind": KIND,
            "tags": [product.tags for product in PRODUCTS],
            "risk_level": RISK_LEVEL,
            "yearly_rate": [None if p.rate_bp is None else p.rate_bp / 10_000 for p in PRODUCTS],
            "minimum_fen": [100 * product.minimum_yuan for product in PRODUCTS],
            "launched_on": LAUNCHED.astype("datetime64[ms]"),
            "in_app": IN_APP,
        }
    )
    return table.sort_values("product_id", ignore_index=True)
