"""Quiz questions of lab 10.1."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "next_yuan",
        Text(
            "The board offers another 10,000 yuan for one desk of your choice, for one quarter. What do you look at first?",
            "董事会愿意再给一个部门 10,000 元，用于一个季度，由你选。你先看什么？",
        ),
        (
            Option(
                Text(
                    "What one more yuan would earn at each desk: at the edge of its list, not on average",
                    "每个部门多一元能多赚多少：看名单边缘，而不是平均",
                ),
                Text(
                    "Yes. Retention and fraud already stop where a call earns nothing; the contact plan's price of a yuan says what more budget earns there.",
                    "对。挽留和反欺诈已经做到“再打一通就不赚”为止；接触计划里一元钱的价格，正好说明多给预算能赚多少。",
                ),
                right=True,
            ),
            Option(
                Text("The desk with the largest profit per yuan spent so far", "迄今每花一元赚得最多的部门"),
                Text(
                    "That is the average. A desk that has already taken the best cases may have nothing left to buy.",
                    "那是平均值。好的机会已经做完的部门，再给钱也没什么可买。",
                ),
            ),
            Option(
                Text("The largest red bar in the waterfall", "瀑布图里最高的那根红条"),
                Text(
                    "It says where most was lost, not whether money would have saved it. Some losses need a better label or an audit.",
                    "它说明哪里丢得最多，却不说明花钱能不能补救。有的损失需要更好的标签，或者一次核实。",
                ),
            ),
            Option(
                Text("The desk with the weakest model", "模型最弱的部门"),
                Text(
                    "A weak model on a small sum is a small sum. And money for a quarter does not buy a model.",
                    "小数目上的弱模型，终究是小数目；何况一个季度的钱也买不来模型。",
                ),
            ),
        ),
    ),
    Quiz(
        "another_seed",
        Text(
            "A colleague keeps the churn model and the group numbers from the drop of another seed, to save an hour. What happens on yours?",
            "一位同事为了省一小时，沿用了另一个种子的离网模型和组号。用在你的数据上会怎样？",
        ),
        (
            Option(
                Text(
                    "The model still ranks well, the group numbers mean nothing",
                    "模型仍排得不错，组号却毫无意义",
                ),
                Text(
                    "Yes. The causes of leaving are the same in both worlds; the numbers of clusters are an accident of each run.",
                    "对。两个世界里离网的原因相同；而聚类的编号每次运行都是偶然。",
                ),
                right=True,
            ),
            Option(
                Text("Both fail: other people, other everything", "两样都不行：人换了，什么都换了"),
                Text(
                    "Other people, but the same causes. That is why a model can be carried over at all.",
                    "人换了，原因没换。模型能够沿用，靠的正是这一点。",
                ),
            ),
            Option(
                Text("Both work, as the tables have the same columns", "两样都行，因为表的列相同"),
                Text(
                    "Same columns are not the same meaning: group 3 there need not be group 3 here.",
                    "列相同不等于含义相同：那边的第 3 组，未必是这边的第 3 组。",
                ),
            ),
            Option(
                Text("The groups carry over, the model does not", "组可以沿用，模型不行"),
                Text(
                    "The other way round: the model asks about causes, a group number asks about nothing.",
                    "正好相反：模型问的是原因，组号什么也没问。",
                ),
            ),
        ),
    ),
    Quiz(
        "missing_share",
        Text(
            "Next quarter your score falls by ten points, and all of the loss is called “data”. What do you do on Monday?",
            "下个季度你的得分掉了十个百分点，损失全记在“数据”名下。星期一你做什么？",
        ),
        (
            Option(
                Text(
                    "Have a random sample of records audited by telephone, and find out what no table shows",
                    "随机抽一批记录打电话核实，弄清哪些事没有一张表显示",
                ),
                Text(
                    "Yes. What cannot be seen in the tables has to be measured outside of them.",
                    "对。表里看不见的东西，只能到表外去量。",
                ),
                right=True,
            ),
            Option(
                Text("Train a larger model", "训练更大的模型"),
                Text(
                    "No model finds what no column holds. That is how this bar is defined.",
                    "列里没有的，什么模型也找不到。这一条的定义就是如此。",
                ),
            ),
            Option(
                Text("Move the cut-offs", "调整临界值"),
                Text(
                    "The cut-offs lost nothing. The list is as long as it should be; it cannot know better.",
                    "临界值没有造成损失。名单长短合适，只是没法知道得更多。",
                ),
            ),
            Option(
                Text("Write more validation rules", "多写一些校验规则"),
                Text(
                    "A rule reads the table. A wrong number that looks right passes every rule.",
                    "规则读的是表。看起来正确的错号码，什么规则都能通过。",
                ),
            ),
        ),
    ),
)
