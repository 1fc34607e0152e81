"""Quiz questions of lab 3.5."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "gap",
        Text(
            "A colleague splits all rows of `churn` at random into two halves, drops the final bill, and is delighted with her tree. "
            "What is wrong with her test?",
            "一位同事把 `churn` 的所有行随机分成两半，删掉了结清账单，对她的树非常满意。她的检验错在哪里？",
        ),
        (
            Option(
                Text(
                    "The same customer, a month older, stands in both halves, and the test lies before the training in time",
                    "同一位用户只差一个月，两半里都有；而且检验数据的时间在训练数据之前",
                ),
                Text(
                    "Yes. The test rewards remembering customers, and the model is asked about a past that its training has already seen.",
                    "对。这样的检验奖励的是“记住用户”，而且考的是训练时已经见过的过去。",
                ),
                right=True,
            ),
            Option(
                Text("Half of the rows is too little to train on", "一半的行太少，不够训练"),
                Text(
                    "She has tens of thousands. The halves are large; they are just not independent.",
                    "她有几万行。两半都够大，只是彼此不独立。",
                ),
            ),
            Option(
                Text("A random split changes the churn rate", "随机切分会改变离网率"),
                Text(
                    "Hardly, with so many rows. And AUC does not depend on the rate.",
                    "行数这么多，几乎不会变。而且 AUC 与离网率高低无关。",
                ),
            ),
            Option(
                Text("Nothing, the leak is gone", "没有问题，泄漏已经去掉了"),
                Text("One leak is gone. Time itself is the other.", "去掉的只是一处泄漏，时间本身是另一处。"),
            ),
        ),
    ),
    Quiz(
        "memory",
        Text(
            "Next month's tree starts with another question than this month's, yet its AUC is the same. What do you tell Lin Yue?",
            "下个月重新长出来的树，第一个问题和这个月的不同，AUC 却一样。你怎么向林悦解释？",
        ),
        (
            Option(
                Text(
                    "Several drivers are about equally strong; chance decides which one is asked first, so do not read a ranking of causes into it",
                    "几个驱动因素强度相近，谁排第一由偶然决定，所以不要把问题的先后当成原因的排名",
                ),
                Text(
                    "Yes. The list hardly changes, only the story told about it.",
                    "对。名单几乎没变，变的只是讲故事的顺序。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "Customers have changed their minds, so the campaign must change",
                    "用户的想法变了，营销活动也要跟着变",
                ),
                Text(
                    "Then the old tree would sort the new month badly. Test that before you say it.",
                    "真是那样，旧树在新月份上就会排得很差。先检验，再下结论。",
                ),
            ),
            Option(
                Text("One of the two trees has a bug", "两棵树里有一棵写错了"),
                Text(
                    "Equal AUC on unseen customers is what two good trees look like.",
                    "在没见过的用户上 AUC 相同，正是两棵好树的样子。",
                ),
            ),
            Option(
                Text(
                    "The first question is the most important one, so use the newer tree",
                    "第一个问题最重要，所以用新的那棵",
                ),
                Text(
                    "First means best by a hair on these rows, not most important.",
                    "排第一，只说明在这些行上略胜一筹，不等于最重要。",
                ),
            ),
        ),
    ),
    Quiz(
        "save_rate",
        Text(
            "A pilot shows that the save rate is half of what was assumed. Everything else holds. What happens to the list?",
            "试点表明，挽留成功率只有假设的一半，其他都不变。名单应该怎么办？",
        ),
        (
            Option(
                Text(
                    "It gets shorter: the churn rate from which a call pays doubles, so fewer customers are above it",
                    "缩短：打电话不亏所需的离网率翻倍，高于它的用户变少",
                ),
                Text(
                    "Yes. The ranking stays, the place where it is cut moves up.",
                    "对。排序不变，截断的位置上移。",
                ),
                right=True,
            ),
            Option(
                Text("It gets longer, to make up for the customers who are lost", "加长，以弥补留不住的用户"),
                Text(
                    "Every customer added has a lower risk than those before, and each call now pays less.",
                    "后加的用户风险都更低，而现在每通电话赚得更少。",
                ),
            ),
            Option(
                Text("It stays, only the profit halves", "不变，只是利润减半"),
                Text(
                    "The earnings halve, the costs do not; so customers near the edge now lose money.",
                    "减半的是收入，成本不减；处在边缘的用户现在是亏的。",
                ),
            ),
            Option(
                Text("It has to be ranked again, because the risks have changed", "要重新排序，因为风险变了"),
                Text(
                    "Nobody's risk of leaving depends on how well the desk persuades.",
                    "谁会走，与专席劝得好不好无关。",
                ),
            ),
        ),
    ),
)
