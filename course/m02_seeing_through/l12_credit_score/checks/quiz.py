"""Quiz questions of lab 2.12."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "flattering",
        Text(
            "A bank without a test slice sets its cut-off so that 3% of its *granted* loans above it were bad. Then the score replaces "
            "the old rules altogether. What will its report show a year later?",
            "一家银行没有随机测试样本，它把临界值定在“此分以上的*已放款*贷款坏账率为 3%”，然后用评分完全取代旧规则。一年后的报表会怎样？",
        ),
        (
            Option(
                Text(
                    "More than 3%: people whom the old rules kept out now reach the same score, and they are worse than those it knew",
                    "高于 3%：旧规则挡住的人现在也能达到同样的分数，而他们比它见过的人更差",
                ),
                Text(
                    "Yes. The rules knew things that the score does not; among equal scores, the refused were the riskier ones.",
                    "对。旧规则知道一些评分不知道的事；分数相同的人里，被拒的风险更高。",
                ),
                right=True,
            ),
            Option(
                Text("About 3%: that is what the cut-off was made for", "大约 3%：临界值就是这么定的"),
                Text(
                    "It was made for another crowd: those the rules had let in.",
                    "那是为另一批人定的：旧规则放进来的人。",
                ),
            ),
            Option(
                Text(
                    "Less than 3%: more applicants mean a better choice", "低于 3%：申请人多了，挑选余地更大"
                ),
                Text(
                    "The cut-off stays where it is; those who come in by it are not better for being more.",
                    "临界值没动；放进来的人不会因为人多就变好。",
                ),
            ),
            Option(
                Text("Nothing can be said before a year is over", "不等一年过去，什么也说不了"),
                Text(
                    "The direction can: it is why banks pay for a random slice.",
                    "方向是可以说的：正因为如此，银行才愿意花钱做随机样本。",
                ),
            ),
        ),
    ),
    Quiz(
        "small_branch",
        Text(
            "A village bank has 600 loans, 20 of them bad. Star sign, twelve bins, has an information value of 0.45: strong, says the textbook. "
            "What do you say?",
            "一家村镇银行有 600 笔贷款，其中 20 笔坏账。“星座”分十二箱，信息值是 0.45：按教科书算强。你怎么说？",
        ),
        (
            Option(
                Text(
                    "With so few bads, twelve bins reach that by chance; compare it with the noise of shuffled outcomes",
                    "坏账这么少，十二个箱靠偶然就能达到这个值；应与打乱结果后的噪声相比",
                ),
                Text(
                    "Yes. About eleven times 1/20 is expected from nothing at all. The textbook's limits are for thousands of bads.",
                    "对。毫无关系时，期望值大约就是十一乘以二十分之一。教科书的界限适用于成千上万的坏样本。",
                ),
                right=True,
            ),
            Option(
                Text("Use it: 0.45 is above 0.3", "用它：0.45 大于 0.3"),
                Text("The limit knows nothing of how many bads there were.", "这个界限不知道坏样本有多少。"),
            ),
            Option(
                Text("Merge to two bins, then it is reliable", "并成两个箱就可靠了"),
                Text(
                    "Fewer bins mean less noise, but choosing *which* to merge by the same 20 bads brings it back.",
                    "箱少了噪声确实小，但用同样这 20 个坏样本来决定怎么并，噪声又回来了。",
                ),
            ),
            Option(
                Text("Star signs are banned, so it does not matter", "星座不许用，所以无所谓"),
                Text(
                    "The same arithmetic hits every allowed column of that bank.",
                    "同样的算术会落到这家银行每一个允许使用的列上。",
                ),
            ),
        ),
    ),
    Quiz(
        "alarm",
        Text(
            "PSI of the score is 0.02 all year, yet the bad rate at every score has doubled. How can that be, and what tells you in time?",
            "评分的 PSI 全年都是 0.02，可每个分数上的坏账率都翻了一倍。怎么会这样？靠什么才能及时发现？",
        ),
        (
            Option(
                Text(
                    "The same people come, but they pay worse: PSI sees who applies, only outcomes show this, first the early arrears",
                    "来的还是同一批人，只是还得更差了：PSI 只看谁来申请，这一点只有结果能显示，最早见于早期逾期",
                ),
                Text(
                    "Yes. In a downturn the crowd stays and its odds move. Watch arrears after one and two instalments, by score.",
                    "对。经济下行时人群没变，好坏比变了。要按分数盯住一两期后的早期逾期。",
                ),
                right=True,
            ),
            Option(
                Text("PSI was computed with too few bins", "PSI 的箱分得太少"),
                Text(
                    "More bins would compare the same scores more finely, and scores have not moved.",
                    "箱再多，比的还是同样的分数，而分数没有变。",
                ),
            ),
            Option(
                Text("It cannot be: a stable score has a stable bad rate", "不可能：分数稳定，坏账率就稳定"),
                Text(
                    "The score describes applicants; the world in which they repay is not in it.",
                    "分数描述的是申请人；他们还款时所处的环境并不在里面。",
                ),
            ),
            Option(
                Text("The Gini must have collapsed; look there", "一定是基尼系数崩了，看它就行"),
                Text(
                    "If every score's odds double, the order stays, and so does the Gini.",
                    "如果每个分数的坏账率都翻倍，排序不变，基尼系数也不变。",
                ),
            ),
        ),
    ),
)
