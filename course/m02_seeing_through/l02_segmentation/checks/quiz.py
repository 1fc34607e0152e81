"""Quiz questions of lab 2.2."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "nine",
        Text(
            "A consultant shows nine segments with a larger share of variance explained than your six. Why is that no argument?",
            "咨询公司拿出九个客群，解释的方差比你的六个更多。为什么这不算理由？",
        ),
        (
            Option(
                Text(
                    "Every further group explains more, also in a cloud without groups; ask whether the groups come back on other customers",
                    "每多一个群，解释的方差都会增加，哪怕数据只是一团云；该问的是换一批客户，这些群还在不在",
                ),
                Text(
                    "Yes. The sum of squares only falls with k; stability does not.",
                    "对。平方和随 k 只会下降，稳定性则不然。",
                ),
                right=True,
            ),
            Option(
                Text("Nine offers are too many to manage", "九种推荐太多，管不过来"),
                Text(
                    "Perhaps, but that is a limit of the bank, not of the customers.",
                    "也许吧，但那是银行的限制，不是客户的。",
                ),
            ),
            Option(
                Text("Variance means nothing after the logarithm", "取对数以后，方差就没有意义了"),
                Text(
                    "It is the variance of the scaled columns, which is exactly what k-means reduces.",
                    "这是统一尺度后的方差，正是 K 均值要减小的东西。",
                ),
            ),
            Option(
                Text("It is an argument: take the nine", "算理由：就用九个"),
                Text("Then ninety would be better still.", "那么九十个岂不更好？"),
            ),
        ),
    ),
    Quiz(
        "relabelled",
        Text(
            "February's run is compared with January's by label: 85% of the customers 'changed segment'. What do you check first?",
            "把 2 月的结果与 1 月的按编号对照，85% 的客户“换了客群”。先查什么？",
        ),
        (
            Option(
                Text(
                    "Whether February's label 3 is January's label 3 at all: match the labels, or compare pairs of customers",
                    "2 月的 3 号究竟是不是 1 月的 3 号：先配对编号，或比较成对的客户",
                ),
                Text(
                    "Yes. Labels are arbitrary; after matching most of the change is usually gone.",
                    "对。编号是任意的；配对之后，变动通常就所剩无几。",
                ),
                right=True,
            ),
            Option(
                Text("Whether many customers joined in February", "2 月是不是进了很多新客户"),
                Text(
                    "They have no January label, so they are not among the 85%.",
                    "新客户没有 1 月的编号，不在这 85% 里。",
                ),
            ),
            Option(
                Text(
                    "Whether the offers of January changed their behaviour",
                    "是不是 1 月的推荐改变了他们的行为",
                ),
                Text(
                    "In four weeks, for 85% of a bank? First the dull explanation.",
                    "四周之内，改变全行 85% 的人？先查最平淡的解释。",
                ),
            ),
            Option(
                Text("Whether k should be larger", "k 是不是该更大"),
                Text("A larger k makes the labels no less arbitrary.", "k 再大，编号照样是任意的。"),
            ),
        ),
    ),
    Quiz(
        "saturated",
        Text(
            "A segment has the highest index of all on insurance, yet its plan says loan. How can that be right?",
            "某客群的保险指数全行最高，方案里推荐的却是贷款。这怎么会是对的？",
        ),
        (
            Option(
                Text(
                    "Nearly everybody in it holds insurance already; the plan counts what those who lack a line will still buy",
                    "群里几乎人人都有保险了；方案数的是还没有的人之后会买多少",
                ),
                Text(
                    "Yes. The index describes the past; the money is in the gap that is left.",
                    "对。指数描述过去，钱在还空着的地方。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "Insurance earns less per customer, whatever the numbers",
                    "不管数字如何，保险单客毛利总是更低",
                ),
                Text(
                    "The margin is one factor of three; look at how many are left to offer it to.",
                    "毛利只是三个因素之一；看看还剩多少人可推。",
                ),
            ),
            Option(
                Text("The index is wrong for small segments", "小客群的指数不准"),
                Text(
                    "It is noisy there, but nothing says that this one is small.",
                    "小群确实波动大，但没说这个群小。",
                ),
            ),
            Option(
                Text("It cannot: a mistake in the plan", "不可能，方案算错了"),
                Text(
                    "Take the extreme: if all of them hold it, whom would you offer it to?",
                    "想想极端情形：如果人人都有，你还推给谁？",
                ),
            ),
        ),
    ),
)
