"""Quiz questions of lab 6.5."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "agency",
        Text(
            "A slot of the call centre has a shadow price of 20 yuan, a yuan of budget one of 1.8, and a call takes 8 yuan from the budget. "
            "An agency offers a few extra calls at 30 yuan each, everything included, billed outside your budget. Does the bank gain?",
            "外呼中心一个名额的影子价格是 20 元，一元预算的影子价格是 1.8 元，一通外呼从预算中支出 8 元。"
            "一家外包公司愿意多打几通，每通全包 30 元，不走你的预算。银行划算吗？",
        ),
        (
            Option(
                Text(
                    "Yes: such a call is worth 20, and the 8 yuan it does not spend, and what these 8 earn elsewhere",
                    "划算：这通外呼值 20 元，加上没有花掉的 8 元，再加上这 8 元用在别处赚到的钱",
                ),
                Text(
                    "Yes. 20 + 8 + 8 × 1.8 = 42.4 yuan. The 20 were what is left *after* the call has paid its 8 yuan and crowded out what these would "
                    "have earned.",
                    "对。20 + 8 + 8 × 1.8 = 42.4 元。20 元是*扣除* 8 元成本、再扣除这笔钱在别处能赚的钱之后剩下的。",
                ),
                right=True,
            ),
            Option(
                Text("No: 30 is more than 20", "不划算：30 比 20 多"),
                Text(
                    "The 20 holds for a call that is paid from the budget. This one is not.",
                    "20 元的前提是外呼费用走预算。这一通不走。",
                ),
            ),
            Option(
                Text("No: 30 is more than 20 plus the 8 saved", "不划算：30 比 20 加上省下的 8 还多"),
                Text(
                    "Nearly. The 8 yuan stay in a budget that is short, and each of them brings 1.8 more.",
                    "差一点。省下的 8 元留在了紧张的预算里，每一元还能再带来 1.8 元。",
                ),
            ),
            Option(
                Text("Nobody can say without solving the programme again", "不重新求解就没法说"),
                Text(
                    "For many calls that is true. For a few, the prices say it: that is what they are for.",
                    "数量多时确实如此。只是几通的话，影子价格就能回答：它的用处正在于此。",
                ),
            ),
        ),
    ),
    Quiz(
        "zero_price",
        Text(
            "The shadow price of the text message's capacity is zero. A colleague proposes to give the channel up. What do you say?",
            "短信承载量的影子价格为零。一位同事建议干脆停掉短信渠道。你怎么说？",
        ),
        (
            Option(
                Text(
                    "Zero says that *one more* message slot is worth nothing, because some are left over. What the channel is "
                    "worth shows only when it is closed in the programme",
                    "零只说明*再多一个*短信名额不值钱，因为还有富余。这个渠道值多少，要在规划里把它关掉才知道",
                ),
                Text(
                    "Yes. A price is about the next unit. Water has none either beside a full lake.",
                    "对。价格说的是下一个单位。守着一湖水，多一杯水也不值钱。",
                ),
                right=True,
            ),
            Option(
                Text("Agreed: a channel without a price earns nothing", "同意：没有价格的渠道不赚钱"),
                Text(
                    "Thousands of the plan's contacts are text messages. Their slots are free, their sales are not nothing.",
                    "计划里有大量短信。名额不值钱，成交可是实实在在的钱。",
                ),
            ),
            Option(
                Text(
                    "The programme must be wrong, every resource has a price",
                    "规划一定有错，任何资源都有价格",
                ),
                Text(
                    "Only what is used up has one. That is complementary slackness.",
                    "只有用尽的资源才有价格。这叫互补松弛。",
                ),
            ),
            Option(
                Text("Message more customers until the price rises", "多发短信，发到价格上升为止"),
                Text(
                    "The plan already sends every message that pays. The rest would cost money, or patience.",
                    "划算的短信计划里都已经发了。再多发，不是亏钱就是亏耐心。",
                ),
            ),
        ),
    ),
    Quiz(
        "two_lists",
        Text(
            "Cards and wealth each solve an integer programme of their own, with half the budget and at most two calls per customer. Both are proven "
            "optimal. What do you expect when both plans run?",
            "信用卡部和财富部各自求解一个整数规划，预算各一半，各自每位客户最多两通外呼，都证明是最优。两份计划同时执行，会怎样？",
        ),
        (
            Option(
                Text(
                    "Some customers are called three or four times, and the bank earns less than one programme would",
                    "有些客户会接到三四通外呼，而且全行赚得比用一个规划更少",
                ),
                Text(
                    "Yes. Each is the best answer to half a question. The promise and the budget belong to the bank, so the programme must too.",
                    "对。每一份都是半个问题的最优答案。承诺和预算是全行的，规划也必须是全行的。",
                ),
                right=True,
            ),
            Option(
                Text("Nothing: two optimal plans make an optimal plan", "没问题：两个最优加起来还是最优"),
                Text(
                    "Only if nothing were shared. The customer is shared.",
                    "除非两边没有任何共用的东西。客户就是共用的。",
                ),
            ),
            Option(
                Text("They break the budget", "会超预算"),
                Text(
                    "Half and half is the whole. What doubles is what neither of them divided: the two calls.",
                    "一半加一半正好是全部。翻倍的是谁也没分的那一项：两通外呼。",
                ),
            ),
            Option(
                Text(
                    "The promise holds if each department caps at one call, at no loss",
                    "只要各部门上限改为一通，承诺就守住了，也没有损失",
                ),
                Text(
                    "The promise holds. The loss is every customer for whom the same department had the two best calls.",
                    "承诺守住了，但有损失：有些客户最值得的两通外呼恰好都在同一个部门。",
                ),
            ),
        ),
    ),
)
