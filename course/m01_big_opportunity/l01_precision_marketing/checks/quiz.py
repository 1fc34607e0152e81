"""Quiz questions of lab 1.1."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "lot",
        Text(
            "A branch did not draw lots: it offered the fund to clients whom its advisers thought keen, and one in five bought. Can its data "
            "replace the pilot?",
            "有一家网点没有抽签，而是把基金推荐给理财经理认为有意向的客户，五分之一的人买了。它的数据能代替试点吗？",
        ),
        (
            Option(
                Text(
                    "Not alone: it shows nothing about the customers whom advisers pass over, and those are most of the second round",
                    "单独不行：理财经理不看好的客户在里面完全没有，而第二轮要问的大多正是这些人",
                ),
                Text(
                    "Yes. A model knows only the kind of customer that it has seen both answers from.",
                    "对。一类客户里买与不买都见过，模型才了解这一类。",
                ),
                right=True,
            ),
            Option(
                Text("Yes, more buyers make a better model", "能，购买者越多模型越好"),
                Text(
                    "They make it sharper about keen clients, and blind about everybody else.",
                    "对有意向的客户会更准，对其他人则是一片空白。",
                ),
            ),
            Option(
                Text(
                    "Yes, if the one in five is scaled down to the usual rate",
                    "能，只要把五分之一按通常比例缩小",
                ),
                Text(
                    "Scaling changes the level of the score, not which customers are missing.",
                    "缩放改变的是分数的高低，补不上缺掉的客户。",
                ),
            ),
            Option(
                Text("No, advisers' data are forbidden", "不能，理财经理的数据禁止使用"),
                Text(
                    "The law asks what data are used for, not who wrote them down.",
                    "法律问的是数据用来做什么，而不是谁记下的。",
                ),
            ),
        ),
    ),
    Quiz(
        "bottom",
        Text(
            "The lowest tenth has a lift of 0.2. A colleague reads: who is in it would buy if only we asked more often. What do you say?",
            "最低一份的提升度是 0.2。同事的解读是：只要多问几次，这些人也会买。你怎么说？",
        ),
        (
            Option(
                Text(
                    "The table compares customers who were all asked once; it says nothing about asking again",
                    "这张表比较的是同样被问过一次的客户，对多问几次会怎样什么也没说",
                ),
                Text(
                    "Yes. That would be another experiment: some asked twice, by lot.",
                    "对。那是另一个实验：抽签让一部分人被问两次。",
                ),
                right=True,
            ),
            Option(
                Text("Right, low lift means unmet demand", "有道理，提升度低说明需求没被满足"),
                Text(
                    "It means that few of them wanted it when asked.", "它只说明被问到时，其中想要的人很少。"
                ),
            ),
            Option(
                Text("The tenth is too small to say anything", "这一份人太少，什么也说明不了"),
                Text(
                    "It is as large as the best tenth, whose lift you believe.",
                    "它和最好的那一份一样大，而那份的提升度你是相信的。",
                ),
            ),
            Option(
                Text(
                    "They should be asked first, to save the rest for later", "应该先问他们，把好的留到以后"
                ),
                Text(
                    "Each of them costs five yuan and brings one. Why first?",
                    "每问一位花五元，只带回一元。为什么要先问？",
                ),
            ),
        ),
    ),
    Quiz(
        "price",
        Text(
            "The fund's fee is cut, so a buyer brings half as much. The model stays. What happens to the list and its profit?",
            "基金降费，每位购买者带来的毛利减半，模型不变。名单和利润会怎样？",
        ),
        (
            Option(
                Text(
                    "The cut-off doubles, the list gets shorter, and the profit falls by more than half",
                    "截断点翻倍，名单变短，利润下降一半以上",
                ),
                Text(
                    "Yes. Income halves, the cost per name does not; shortening the list softens the fall but cannot undo it.",
                    "对。收入减半，而每个名字的成本不变；缩短名单只能缓和，不能抵消。",
                ),
                right=True,
            ),
            Option(
                Text("The list stays, the profit halves", "名单不变，利润减半"),
                Text(
                    "Then the names near the end, which just paid before, now lose money.",
                    "那样的话，名单末尾原本刚好不亏的人，现在都亏钱了。",
                ),
            ),
            Option(
                Text("The model has to be trained again first", "要先重新训练模型"),
                Text("Who buys has not changed, only what it brings.", "谁会买没有变，变的只是带来多少。"),
            ),
            Option(
                Text("The list gets longer, to make up for it", "名单加长，以弥补损失"),
                Text("Each further name now loses more than before.", "再往后加的人，现在亏得比以前更多。"),
            ),
        ),
    ),
)
