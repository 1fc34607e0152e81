"""Quiz questions of lab 7.4."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "points",
        Text(
            "A vendor's alarm flags single days. On a year with one three-week fault and one spike it marks twenty of the twenty-two bad "
            "days and boasts a recall of 91%. What may it have missed?",
            "某供应商的警报逐日打标。一年里有一次三周的故障和一次尖峰，二十二个坏日子它标中二十个，号称查全率 91%。它可能漏了什么？",
        ),
        (
            Option(
                Text("One of the two incidents entirely: the spike", "两次事故中的一整次：那次尖峰"),
                Text(
                    "Yes. Counted in days, a long fault outvotes a short one; counted in incidents it is one of two.",
                    "对。按天数算，长故障压过短故障；按事故算，两次只找到一次。",
                ),
                right=True,
            ),
            Option(
                Text("Nothing that matters, 91% is high", "没漏什么要紧的，91% 很高了"),
                Text(
                    "Who gets up at night is told of incidents, not of days.",
                    "夜里起床的人要的是事故，不是天数。",
                ),
            ),
            Option(
                Text("The end of the long fault only", "只是长故障的尾巴"),
                Text(
                    "Possible, but the number cannot tell you: that is its weakness.",
                    "有可能，但这个数字分辨不出来，这正是它的毛病。",
                ),
            ),
            Option(
                Text("It cannot have missed a spike, spikes are easy", "不可能漏掉尖峰，尖峰最容易"),
                Text(
                    "Easy on its own series; thinned out in a total it may be invisible.",
                    "在它自己的序列上容易；稀释进总数里就可能看不见。",
                ),
            ),
        ),
    ),
    Quiz(
        "many",
        Text(
            "The desk now watches ten times as many series, down to single branches, at the same limit. What happens?",
            "值班室把序列细化到单个网点，数量增加到十倍，界限不变。会怎样？",
        ),
        (
            Option(
                Text(
                    "False alarms grow about tenfold, so the limit has to rise, and large slow faults are then found later",
                    "误报大约增加到十倍，只好提高界限，而大的慢故障就会更晚才发现",
                ),
                Text(
                    "Yes. Every series buys its own tickets in the lottery of chance. Detail is paid for with sensitivity.",
                    "对。每条序列都在抽偶然的奖。看得细，要用灵敏度来换。",
                ),
                right=True,
            ),
            Option(
                Text("More incidents are found, at no cost", "能找到更多事故，没有代价"),
                Text(
                    "Each series rings by chance now and then; ten times as many do so ten times as often.",
                    "每条序列偶尔都会凭运气响；十倍的序列，就响十倍。",
                ),
            ),
            Option(
                Text("Nothing, the series are parts of the same total", "没有变化，它们都是同一个总数的部分"),
                Text(
                    "Parts have noise of their own, more of it the smaller they are.",
                    "部分有自己的噪声，越小越大。",
                ),
            ),
            Option(
                Text("The root is found more often", "更容易找到根因"),
                Text(
                    "Only if the root is a branch. A fault of a whole channel is drowned in its branches' noise.",
                    "除非根因就是某个网点。整个渠道的故障，会淹没在各网点的噪声里。",
                ),
            ),
        ),
    ),
    Quiz(
        "quiet",
        Text(
            'The alarm was silent for half a year. The head of operations proposes to lower the limit, "to see whether it still works". '
            "What is the better test?",
            "警报半年没响。运营主管提议把界限调低，“看看它还灵不灵”。更好的检验是什么？",
        ),
        (
            Option(
                Text(
                    "Take a fifth of the orders out of a copy of one region's data and see whether it rings, and where",
                    "在数据副本里去掉某地区五分之一的订单，看它响不响、指向哪里",
                ),
                Text(
                    "Yes: a planted fault tests the alarm without spending anybody's trust.",
                    "对：预埋一个故障就能检验警报，不消耗任何人的信任。",
                ),
                right=True,
            ),
            Option(
                Text("Lower it for a week", "调低一周"),
                Text(
                    "It will ring by chance, which proves that it can ring, not that it can find.",
                    "它会凭运气响，这只说明它会响，不说明它找得到。",
                ),
            ),
            Option(
                Text("Wait for the next incident", "等下一次事故"),
                Text(
                    "Then the test costs what the alarm was bought to save.",
                    "那样检验的代价，正是警报本来要省下的钱。",
                ),
            ),
            Option(
                Text("Fit the expectation again on the last half year", "用最近半年重新拟合预期"),
                Text(
                    "If a slow fault hides in it, you have just taught the alarm to expect it.",
                    "如果里面藏着慢故障，你就等于教警报把它当成正常。",
                ),
            ),
        ),
    ),
)
