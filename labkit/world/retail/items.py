"""What Good Neighbour sells: sixty items, how often each is bought, what it costs and earns.

The buying probabilities are the parameters of the world; nobody but the simulator sees them.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from labkit.language import Text


class Item(NamedTuple):
    """One item of the assortment.

    Parameters
    ----------
    slug : str
        The name in code, in both editions.
    name : Text
        The name for people.
    category : str
        Part of the store.
    probability : float
        Share of baskets that hold it. Items whose probability depends on the basket's context carry 0
        here; :mod:`labkit.world.retail.rules` has the true value.
    price_yuan, margin : float
        Shelf price of one unit in yuan; the share of it that is gross margin.
    """

    slug: str
    name: Text
    category: str
    probability: float
    price_yuan: float
    margin: float


# fmt: off
ITEMS: tuple[Item, ...] = tuple(sorted((
    Item("apples", Text("apples", "苹果"), "fresh", 0.21, 12.80, 0.24),
    Item("bananas", Text("bananas", "香蕉"), "fresh", 0.17, 9.90, 0.22),
    Item("batteries", Text("batteries", "电池"), "household", 0.075, 19.90, 0.35),
    Item("beer", Text("beer", "啤酒"), "drinks", 0.0, 36.00, 0.20),
    Item("biscuits", Text("biscuits", "饼干"), "snacks", 0.12, 11.90, 0.28),
    Item("bread", Text("bread", "面包"), "bakery", 0.24, 10.90, 0.32),
    Item("cat_food", Text("cat food", "猫粮"), "household", 0.032, 49.00, 0.26),
    Item("chewing_gum", Text("chewing gum", "口香糖"), "snacks", 0.05, 8.50, 0.38),
    Item("chicken_wings", Text("chicken wings", "鸡翅"), "fresh", 0.11, 29.80, 0.18),
    Item("chilli_sauce", Text("chilli sauce", "辣椒酱"), "pantry", 0.085, 12.50, 0.26),
    Item("chocolate", Text("chocolate", "巧克力"), "snacks", 0.08, 24.90, 0.33),
    Item("cola", Text("cola", "可乐"), "drinks", 0.12, 9.90, 0.21),
    Item("cooking_oil", Text("cooking oil", "食用油"), "pantry", 0.08, 69.90, 0.11),
    Item("crisps", Text("crisps", "薯片"), "snacks", 0.12, 8.90, 0.30),
    Item("cucumbers", Text("cucumbers", "黄瓜"), "fresh", 0.13, 6.50, 0.25),
    Item("diapers", Text("diapers", "尿布"), "baby", 0.0, 99.00, 0.12),
    Item("dish_soap", Text("dish soap", "洗洁精"), "household", 0.05, 15.90, 0.29),
    Item("eggs", Text("eggs", "鸡蛋"), "fresh", 0.33, 18.80, 0.12),
    Item("flour", Text("flour", "面粉"), "pantry", 0.04, 22.90, 0.15),
    Item("frozen_dumplings", Text("frozen dumplings", "速冻水饺"), "frozen", 0.09, 26.90, 0.25),
    Item("garlic", Text("garlic", "大蒜"), "fresh", 0.11, 5.90, 0.27),
    Item("ginger", Text("ginger", "生姜"), "fresh", 0.08, 7.20, 0.27),
    Item("goji_berries", Text("goji berries", "枸杞"), "pantry", 0.036, 34.80, 0.30),
    Item("hair_conditioner", Text("hair conditioner", "护发素"), "household", 0.045, 35.90, 0.28),
    Item("ham_sausage", Text("ham sausage", "火腿肠"), "pantry", 0.10, 13.80, 0.24),
    Item("hotpot_base", Text("hot-pot base", "火锅底料"), "pantry", 0.095, 15.80, 0.29),
    Item("ice_cream", Text("ice cream", "冰淇淋"), "frozen", 0.0, 38.00, 0.38),
    Item("instant_noodles", Text("instant noodles", "方便面"), "pantry", 0.08, 14.90, 0.20),
    Item("lamb_slices", Text("lamb slices", "羊肉片"), "frozen", 0.095, 45.80, 0.18),
    Item("laundry_liquid", Text("laundry liquid", "洗衣液"), "household", 0.06, 39.90, 0.22),
    Item("leafy_greens", Text("leafy greens", "青菜"), "fresh", 0.36, 5.80, 0.26),
    Item("lint_roller", Text("lint roller", "粘毛器"), "household", 0.036, 16.90, 0.40),
    Item("milk", Text("milk", "牛奶"), "dairy", 0.32, 15.90, 0.16),
    Item("minced_pork", Text("minced pork", "猪肉馅"), "fresh", 0.11, 19.80, 0.16),
    Item("mosquito_repellent", Text("mosquito repellent", "驱蚊液"), "household", 0.0, 59.90, 0.50),
    Item("noodles", Text("dried noodles", "挂面"), "pantry", 0.09, 8.80, 0.21),
    Item("oatmeal", Text("oatmeal", "燕麦片"), "pantry", 0.09, 27.90, 0.24),
    Item("orange_juice", Text("orange juice", "橙汁"), "drinks", 0.08, 16.80, 0.24),
    Item("peanuts", Text("peanuts", "花生米"), "snacks", 0.14, 12.90, 0.29),
    Item("playing_cards", Text("playing cards", "扑克牌"), "household", 0.045, 5.00, 0.45),
    Item("pork", Text("pork", "猪肉"), "fresh", 0.27, 32.80, 0.13),
    Item("potatoes", Text("potatoes", "土豆"), "fresh", 0.17, 5.20, 0.26),
    Item("red_wine", Text("red wine", "红酒"), "drinks", 0.07, 69.00, 0.40),
    Item("rice", Text("rice", "大米"), "pantry", 0.15, 49.90, 0.12),
    Item("scallions", Text("scallions", "小葱"), "fresh", 0.12, 3.50, 0.30),
    Item("sesame_paste", Text("sesame paste", "芝麻酱"), "pantry", 0.12, 18.90, 0.27),
    Item("shampoo", Text("shampoo", "洗发水"), "household", 0.08, 42.90, 0.24),
    Item("shrimp", Text("shrimp", "鲜虾"), "fresh", 0.07, 52.80, 0.17),
    Item("soy_sauce", Text("soy sauce", "酱油"), "pantry", 0.09, 13.90, 0.23),
    Item("steak", Text("steak", "牛排"), "frozen", 0.058, 45.00, 0.22),
    Item("steamed_buns", Text("steamed buns", "馒头"), "bakery", 0.15, 6.90, 0.33),
    Item("tea_leaves", Text("tea leaves", "茶叶"), "drinks", 0.05, 58.00, 0.34),
    Item("thermos", Text("thermos flask", "保温杯"), "household", 0.028, 79.00, 0.35),
    Item("tissues", Text("tissues", "抽纸"), "household", 0.13, 21.90, 0.19),
    Item("tofu", Text("tofu", "豆腐"), "fresh", 0.19, 4.50, 0.28),
    Item("toilet_paper", Text("toilet paper", "卷纸"), "household", 0.11, 28.90, 0.17),
    Item("tomatoes", Text("tomatoes", "西红柿"), "fresh", 0.22, 7.90, 0.24),
    Item("toothpaste", Text("toothpaste", "牙膏"), "household", 0.06, 14.90, 0.30),
    Item("toy_car", Text("toy car", "玩具车"), "household", 0.05, 29.90, 0.35),
    Item("wonton_wrappers", Text("wonton wrappers", "馄饨皮"), "fresh", 0.035, 6.80, 0.28),
)))
# fmt: on
SLUGS: tuple[str, ...] = tuple(item.slug for item in ITEMS)
POSITION: dict[str, int] = {slug: position for position, slug in enumerate(SLUGS)}
CATEGORIES = tuple(sorted({item.category for item in ITEMS}))


def items(seed: int) -> pd.DataFrame:
    """The table ``items``, in alphabetical order: one row per item on sale."""
    return pd.DataFrame(
        {
            "item": pd.Categorical(SLUGS, list(SLUGS)),
            "name_en": [item.name.en for item in ITEMS],
            "name_zh": [item.name.zh for item in ITEMS],
            "category": pd.Categorical([item.category for item in ITEMS], list(CATEGORIES)),
            "price_fen": [round(100 * item.price_yuan) for item in ITEMS],
            "margin_share": [item.margin for item in ITEMS],
        }
    )
