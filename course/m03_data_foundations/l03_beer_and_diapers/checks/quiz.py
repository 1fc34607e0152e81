"""Quiz questions of lab 3.3."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "q1",
        question=Text(
            "Of the baskets with tea, 30% hold coffee. Of all baskets, 40% hold coffee. With millions of receipts there is "
            "no doubt about either number. What do tea drinkers tell you about the coffee shelf?",
            "有茶叶的购物篮中 30% 有咖啡，全部购物篮中 40% 有咖啡。小票有几百万张，两个数都毫无疑问。关于咖啡货架，茶客说明了什么？",
        ),
        options=(
            Option(
                Text(
                    "Who takes tea is less likely to take coffee: keep the shelves apart or do not care",
                    "买茶的人更不爱买咖啡：两个货架分开，或者无所谓",
                ),
                Text(
                    "Lift is 0.75. Three in ten looks like a lot until you see that anybody else does it more often.",
                    "提升度是 0.75。十个里有三个看着不少，可别的顾客买得更多。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "Nearly a third of tea baskets hold coffee: a strong rule, shelve them together",
                    "将近三分之一的茶叶购物篮有咖啡：规则很强，应当摆在一起",
                ),
                Text(
                    "A confidence means something only beside the consequent's own share.",
                    "置信度只有与后项自身的占比对照才有意义。",
                ),
            ),
            Option(
                Text(
                    "Nothing: without the share of tea one cannot say",
                    "什么也说明不了：不知道茶叶的占比，无法判断",
                ),
                Text(
                    "Tea's share would give the support. The direction of the pull is already in these two numbers.",
                    "茶叶的占比只影响支持度。拉动的方向，这两个数已经说明了。",
                ),
            ),
        ),
    ),
    Quiz(
        "q2",
        question=Text(
            "The chain doubles its assortment. Everybody goes on buying steak and red wine exactly as before, on the same "
            "number of receipts. What happens to this rule under Holm's correction?",
            "连锁超市的品种翻了一番。大家买牛排和红酒的方式和以前完全一样，小票数量也不变。在 Holm 校正下，这条规则会怎样？",
        ),
        options=(
            Option(
                Text(
                    "Its p-value stays, but the bar gets about four times as high for pairs",
                    "p 值不变，但针对两两组合的门槛会严格到原来的约四倍",
                ),
                Text(
                    "Twice the items make about four times the pairs, and every pair is a question asked of the same receipts.",
                    "品种翻倍，两两组合约为四倍；每一个组合都是向同一批小票多问的一个问题。",
                ),
                right=True,
            ),
            Option(
                Text("Nothing: neither its support nor its lift has changed", "不变：支持度和提升度都没变"),
                Text(
                    "The rule has not changed; the number of chances to be fooled has.",
                    "规则没变，但被巧合骗到的机会变多了。",
                ),
            ),
            Option(
                Text("It becomes more certain, because there is more data", "更可信了，因为数据更多"),
                Text(
                    "More kinds of goods, not more receipts: not one basket was added.",
                    "多的是品种，不是小票：购物篮一个也没增加。",
                ),
            ),
        ),
    ),
    Quiz(
        "q3",
        question=Text(
            "Rice wine and crab: lift 1.4 over the whole chain, 0.9 among the city stores and 0.9 among the county stores. "
            "The regional manager says: “1.4 is the number with the most data, let us go by it.” Your answer?",
            "黄酒与螃蟹：全连锁提升度 1.4，城市门店 0.9，县域门店 0.9。区域经理说：“1.4 用的数据最多，就按它定。”你怎么回答？",
        ),
        options=(
            Option(
                Text(
                    "No store is “the whole chain”: every shelf stands where the lift is 0.9",
                    "没有哪家店是“全连锁”：每个货架都摆在提升度 0.9 的地方",
                ),
                Text(
                    "The 1.4 says that both sell in the same kind of store. A shelf acts inside one store.",
                    "1.4 只说明两样东西在同一类门店好卖。货架只在一家店里起作用。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "Agreed: the two parts have fewer receipts, so 0.9 is just noise twice",
                    "同意：分开后小票更少，两个 0.9 只是噪声",
                ),
                Text(
                    "Noise would not turn both parts round while the total stays high. Mixing unlike stores does just that.",
                    "噪声不会让两个部分都反过来而总体依然很高；把不同类型的门店混在一起才会这样。",
                ),
            ),
            Option(
                Text("Take the average of the three numbers", "取三个数的平均"),
                Text(
                    "The three answer different questions, and only one of them is about a shelf.",
                    "三个数回答的是不同的问题，只有分门店的那个与货架有关。",
                ),
            ),
        ),
    ),
)
