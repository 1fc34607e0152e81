"""Quiz questions of lab 9.3."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "weights",
        Text(
            "In spring the weight of validity was raised, and the score went up by a point. Nobody repaired a record. "
            "What does the board's slide say?",
            "春天有人调高了有效性的权重，得分因此上升一分，而没有修过任何一条记录。给董事会的幻灯片上该怎么写？",
        ),
        (
            Option(
                Text(
                    "Last year's score under the new weights beside this year's: no change",
                    "把去年的得分也按新权重重算，与今年并列：没有变化",
                ),
                Text(
                    "Yes. Weights belong to the definition; whoever changes a definition restates the past.",
                    "对。权重属于口径；改了口径，就要把过去也按新口径重算。",
                ),
                right=True,
            ),
            Option(
                Text("The quality has improved by a point", "质量提高了一分"),
                Text(
                    "Not one record is better than it was. Only the ruler has changed.",
                    "没有一条记录变好，变的只是尺子。",
                ),
            ),
            Option(
                Text("Nothing may be compared any more", "从此无法再比较"),
                Text(
                    "The results of each rule are still there; the old score can be computed again in a second.",
                    "每条规则的结果都还在，按新权重重算去年的得分只要一秒钟。",
                ),
            ),
            Option(
                Text("The average of old and new weights, to be fair", "取新旧权重的平均，以示公平"),
                Text(
                    "That is a third definition, which nobody has decided on.",
                    "那是第三种口径，谁也没有定过。",
                ),
            ),
        ),
    ),
    Quiz(
        "guilty",
        Text(
            "A new rule accuses every customer over 95 years of age. The audit called some of them: most are alive, well, and as "
            "old as they say. What becomes of the rule?",
            "有一条新规则把所有 95 岁以上的客户都标为错误。抽样致电后发现：多数人健在，年龄属实。这条规则怎么办？",
        ),
        (
            Option(
                Text(
                    "It goes; look for what else tells the few wrong ones apart, such as a default date of birth",
                    "去掉它；另找能区分少数真错者的线索，例如默认的出生日期",
                ),
                Text(
                    "Yes. Rare is not wrong. A rule must know something about the mistake, not only about the value.",
                    "对。罕见不等于错误。规则要抓住“错”的特征，而不只是“值”的特征。",
                ),
                right=True,
            ),
            Option(
                Text("It stays, with half the weight", "保留，权重减半"),
                Text(
                    "Half a false accusation is one, too: the branch still has to look at each of them.",
                    "指控减半还是误指：网点照样要一份一份去核对。",
                ),
            ),
            Option(
                Text("It stays: better too strict than too lax", "保留：宁严勿宽"),
                Text(
                    "Branches stop reading alerts that are mostly wrong, the right ones included.",
                    "如果预警大多是错的，网点就不再看了，连对的也不看。",
                ),
            ),
            Option(
                Text("The limit is raised until the accused are few", "提高年龄界限，直到被标的人很少"),
                Text(
                    "Then the rule accuses fewer, still without knowing whether they are wrong.",
                    "被标的人少了，但仍然不知道他们是不是真的有错。",
                ),
            ),
        ),
    ),
    Quiz(
        "one_digit",
        Text(
            "In some files one digit of the phone number is wrong. Which measure finds these in *all* files at the least cost per file?",
            "有些档案的手机号错了一位。哪种办法能以最低的单份成本在*全部*档案里找出它们？",
        ),
        (
            Option(
                Text("A code sent to the number at the next login", "客户下次登录时向该号码发送验证码"),
                Text(
                    "Yes. Accuracy is agreement with the world outside, so something from outside must answer.",
                    "对。准确性是与外部世界相符，所以必须由外部来回答。",
                ),
                right=True,
            ),
            Option(
                Text("A stricter pattern for phone numbers", "更严格的手机号格式规则"),
                Text(
                    "The wrong number has a perfect form: it is somebody else's.",
                    "错的号码格式完全正确：它是别人的。",
                ),
            ),
            Option(
                Text("A bigger audit by telephone", "扩大电话抽样"),
                Text(
                    "It finds them, at the price of a call for every file, right or wrong; the lab has done that sum.",
                    "能找到，但不论对错每份都要打一通电话；这笔账实验里算过。",
                ),
            ),
            Option(
                Text("A model that learns what wrong numbers look like", "训练模型识别错误号码的样子"),
                Text(
                    "There is nothing to learn: the wrong digit is any digit.",
                    "没有规律可学：错的那一位可以是任何数字。",
                ),
            ),
        ),
    ),
)
