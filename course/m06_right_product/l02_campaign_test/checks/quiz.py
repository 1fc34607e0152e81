"""Quiz questions of lab 6.2."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "best_tenth",
        Text(
            "The agency reports: “We called the tenth most likely to buy. 37% of them bought, three times the average. Double our budget!” "
            "What do you ask for first?",
            "代理公司汇报：“我们打给了最可能购买的一成客户，37% 买了，是平均的三倍。请把预算翻倍！”你首先要什么？",
        ),
        (
            Option(
                Text(
                    "The share who bought in the same tenth among customers who, by coin, were not called",
                    "同一成里、由抛硬币决定没打电话的客户中，有多少人买了",
                ),
                Text(
                    "Yes. Only the difference is the agency's work; if there is no such group, nobody can say.",
                    "对。差额才是代理公司的功劳；如果没有这样一组人，谁也说不清。",
                ),
                right=True,
            ),
            Option(
                Text("The share who bought in the other nine tenths", "其余九成里有多少人买了"),
                Text(
                    "They are other people, who would have bought less in any case. That is how the three times came about.",
                    "那是另一批人，不管打不打都买得少。“三倍”就是这么来的。",
                ),
            ),
            Option(
                Text("The AUC of the model that predicted who buys", "预测购买的那个模型的 AUC"),
                Text(
                    "It may be excellent. A model that predicts purchases perfectly says nothing about calls.",
                    "它可能非常高。购买预测得再准，也说明不了电话有没有用。",
                ),
            ),
            Option(
                Text("A confidence interval for the 37%", "37% 的置信区间"),
                Text(
                    "It would be narrow, and it would be around the wrong number.",
                    "区间会很窄，可它围着的是一个错的数。",
                ),
            ),
        ),
    ),
    Quiz(
        "stop_early",
        Text(
            "The plan was four weeks. After nine days the interval excludes zero for the first time, and the product owner wants to stop "
            "and call everybody. Which answer is right?",
            "原计划做四周。第九天，区间第一次不含零，产品负责人想就此停止，给所有人打电话。哪个回答是对的？",
        ),
        (
            Option(
                Text(
                    "Run to the planned size, or plan the looks beforehand with stricter limits for each",
                    "按计划做完；或者事先就定好要看几次，并为每一次规定更严的界限",
                ),
                Text(
                    "Yes. Looking often is fine if it is paid for: sequential designs do exactly that.",
                    "对。多看几次可以，但要付出代价：序贯设计就是这么做的。",
                ),
                right=True,
            ),
            Option(
                Text("Stop: 95% is 95%, whenever it is reached", "可以停：95% 就是 95%，什么时候达到都一样"),
                Text(
                    "It is 95% for one look. At the first of many crossings it is far less, and the effect is overstated, too.",
                    "那是只看一次的 95%。在许多次查看中第一次越线时停下，远没有这么可靠，效果还会被高估。",
                ),
            ),
            Option(
                Text(
                    "Stop, because more customers cannot turn the result around",
                    "可以停，客户再多结果也不会翻转",
                ),
                Text(
                    "In the figure most red lines crossed the limit and came back.",
                    "在那张图里，多数红线越界之后又回来了。",
                ),
            ),
            Option(
                Text(
                    "Run on until the interval excludes zero on three days in a row",
                    "继续做，直到区间连续三天不含零",
                ),
                Text(
                    "Neighbouring days share nearly all their customers, so three in a row is hardly more than one.",
                    "相邻几天的客户几乎都相同，连续三天比一天强不了多少。",
                ),
            ),
        ),
    ),
    Quiz(
        "cheaper",
        Text(
            "An app message has the same uplift in every customer as a call and costs almost nothing. What changes on the list?",
            "假如手机银行推送对每位客户的增量都与电话一样，而成本几乎为零。名单会怎么变？",
        ),
        (
            Option(
                Text(
                    "It grows to everybody with a positive uplift; the sleeping dogs still stay off it",
                    "扩大到增量为正的所有人；勿扰型仍不在名单上",
                ),
                Text(
                    "Yes. The break-even moves to zero, not below: no price makes a message worth sending that loses a sale.",
                    "对。保本点移到零，不会低于零：会弄丢生意的消息，再便宜也不该发。",
                ),
                right=True,
            ),
            Option(
                Text("It grows to everybody, since a message is free", "扩大到所有人，反正不要钱"),
                Text(
                    "A message that makes somebody not buy costs a plan's margin.",
                    "一条让人不买了的消息，代价是一份计划的毛利。",
                ),
            ),
            Option(
                Text("It stays, because uplift has not changed", "不变，因为增量没有变"),
                Text(
                    "The order stays. Where it is cut depends on the cost.",
                    "顺序不变，但截到哪里取决于成本。",
                ),
            ),
            Option(
                Text("It is sorted by the chance of buying instead", "改按购买概率排序"),
                Text(
                    "At no price does it pay to remind those who buy anyway before those who can be persuaded.",
                    "不管什么价格，先提醒本来就会买的人，都不如先打动能被说服的人。",
                ),
            ),
        ),
    ),
)
