"""Questions about windows, balanced tests, and the desk's capacity."""

from __future__ import annotations

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "window",
        Text(
            "A colleague's velocity feature counts each payment itself, but nothing later. Her average precision hardly changes. "
            "Is the feature harmless?",
            "一位同事的频次特征把每笔交易自己也数了进去，但没有数后面的。她的平均查准率几乎没变。这个特征无害吗？",
        ),
        (
            Option(
                Text(
                    "It adds one everywhere, so the order of payments stays; the harm comes when the system counts before the payment is stored",
                    "处处多一，排序不变；真正的麻烦在于上线后，系统在这笔交易入库之前就计数",
                ),
                Text(
                    "Yes. Trained on counts from one, fed with counts from zero: everybody looks a step calmer than in training.",
                    "对。训练时从一数起，上线时从零数起：每笔交易都比训练时显得平静一档。",
                ),
                right=True,
            ),
            Option(
                Text("It is a leak, so the score must have been inflated", "这是信息泄漏，分数一定虚高"),
                Text(
                    "A constant knows nothing about fraud. The leak that inflates is the one into the future.",
                    "一个常数不含任何欺诈信息。让分数虚高的是伸向未来的窗口。",
                ),
            ),
            Option(
                Text("Harmless, as the score shows", "无害，分数就是证明"),
                Text(
                    "The score was measured in the same warehouse. At the till the number is made in another place.",
                    "分数是在同一个仓库里量的。收银台前，这个数是在别处算出来的。",
                ),
            ),
            Option(
                Text("Harmful only for cards with few payments", "只对交易少的卡有害"),
                Text("It adds one for every card alike.", "它对每张卡都多一。"),
            ),
        ),
    ),
    Quiz(
        "balance",
        Text(
            "A vendor shows precision 98% on a test with as many frauds as honest payments. In your log four in a thousand are fraud. "
            "What do you know about precision on your own payments?",
            "厂商展示：在欺诈与正常各占一半的测试集上，查准率 98%。你的流水里欺诈只占千分之四。对自己交易上的查准率，你知道些什么？",
        ),
        (
            Option(
                Text(
                    "Two of a hundred alarms were false there; with some 250 honest payments for each fraud, false alarms would outnumber the frauds caught",
                    "那里一百个预警有两个误报；而这里每笔欺诈对应约 250 笔正常交易，误报会比拦到的欺诈还多",
                ),
                Text(
                    "Yes. For each fraud caught 0.02 false alarms become about 5: precision falls below one in five.",
                    "对。每拦到一笔欺诈，0.02 个误报会变成约 5 个：查准率跌到五分之一以下。",
                ),
                right=True,
            ),
            Option(
                Text("Also about 98%, precision belongs to the model", "也约 98%，查准率是模型自身的性质"),
                Text(
                    "It belongs to the model and to how common fraud is. Recall and the share of honest payments alarmed travel; precision does not.",
                    "它取决于模型，也取决于欺诈有多常见。查全率和正常交易的误报占比可以搬家，查准率不能。",
                ),
            ),
            Option(
                Text(
                    "Higher, because fraud is rarer and easier to tell apart",
                    "更高，因为欺诈更少，更容易分辨",
                ),
                Text(
                    "Rarer means more honest payments to be wrong about.",
                    "更少，意味着有更多正常交易可以判错。",
                ),
            ),
            Option(
                Text("Nothing at all without the vendor's code", "没有厂商的代码就什么都不知道"),
                Text(
                    "The arithmetic needs two shares only, and they are in the sentence.",
                    "这道算术只需要两个比例，题目里都有。",
                ),
            ),
        ),
    ),
    Quiz(
        "capacity",
        Text(
            "In December the desk loses half of its people. The cost of a check, of annoyance and of a miss stay. "
            "What happens to the threshold?",
            "12 月，专席少了一半人。核实、惹恼客户、漏报的代价都不变。阈值应该怎么办？",
        ),
        (
            Option(
                Text(
                    "It rises until the calls fit, and the yuan lost by that are the price of the missing people",
                    "往上调，直到电话打得过来；由此多损失的钱，就是缺人的代价",
                ),
                Text(
                    "Yes. A limit on calls is a shadow price on each of them, and the curve shows it in yuan.",
                    "对。电话数有上限，等于给每个电话加了影子价格，那条曲线会用“元”把它显示出来。",
                ),
                right=True,
            ),
            Option(
                Text("It stays: the costs have not changed", "不变：代价并没有变"),
                Text(
                    "Then alarms wait until tomorrow, and a stopped honest customer waits with them.",
                    "那样预警要等到明天，被拦下的守规矩客户也跟着等。",
                ),
            ),
            Option(
                Text("It falls, to lose no fraud while the desk is weak", "往下调，趁专席人少别漏掉欺诈"),
                Text(
                    "More alarms for fewer people: each is looked at later, or not at all.",
                    "人更少、预警更多：每一条都看得更晚，甚至没人看。",
                ),
            ),
            Option(
                Text("The model has to be trained again", "模型必须重新训练"),
                Text(
                    "What is likely to be fraud does not depend on how many people answer the phone.",
                    "哪笔像欺诈，与有几个人接电话无关。",
                ),
            ),
        ),
    ),
)
