"""Quiz questions of lab 4.7."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "overlap",
        Text(
            "Two insiders of one circle each reach forty people alone. Greedy takes the first, and then somebody of another circle who "
            "alone reaches fifteen. Why?",
            "同一圈的两位圈内核心，单独都能传到四十人。贪心法选了第一位，接着却选了另一个圈子里单独只能传到十五人的人。为什么？",
        ),
        (
            Option(
                Text(
                    "The second insider reaches almost the same forty people, so adds fewer than fifteen new ones",
                    "第二位核心传到的几乎是同一批四十人，新增的不到十五人",
                ),
                Text(
                    "Yes. Greedy compares what is added, not what somebody reaches alone.",
                    "对。贪心法比的是新增，不是单独能传到多少。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "Greedy must spread the gifts over the circles evenly", "贪心法必须把礼物平均分给各个圈子"
                ),
                Text(
                    "It knows nothing of circles. It would take both insiders if that added more.",
                    "它根本不知道什么圈子。如果两位核心都选新增更多，它就会都选。",
                ),
            ),
            Option(
                Text(
                    "It is the price of the heuristic: the best pair would be the two insiders",
                    "这是启发式方法的代价：最优的一对应该是两位核心",
                ),
                Text(
                    "Two insiders together reach hardly more than forty; forty and nearly fifteen is more.",
                    "两位核心一起也就四十多人；四十加将近十五更多。",
                ),
            ),
            Option(
                Text("The simulation has too few futures to tell them apart", "模拟的未来太少，分辨不出来"),
                Text(
                    "Forty against fifteen is no close race. The point is whom they reach.",
                    "四十对十五并不接近。关键在于传到的是谁。",
                ),
            ),
        ),
    ),
    Quiz(
        "bridge",
        Text(
            "The broker of a county is hardly ever among greedy's first seeds. A colleague concludes that brokers do not matter. What do you answer?",
            "县域的中间人很少出现在贪心法最先选的种子里。同事由此断定：中间人不重要。你怎么回答？",
        ),
        (
            Option(
                Text(
                    "As a first seed the broker has too few contacts; as a customer the broker is the only way between two parts, so losing one "
                    "costs a whole circle",
                    "作为首选种子，中间人联系人太少；但作为客户，他是两边唯一的通路，流失一位就等于丢掉整个圈子",
                ),
                Text(
                    "Yes. Important for what? Spreading and holding together are two questions.",
                    "对。要问：对什么重要？“传得远”和“连得住”是两个问题。",
                ),
                right=True,
            ),
            Option(
                Text("Right: whoever greedy leaves out can be ignored", "说得对：贪心法没选的人可以不管"),
                Text(
                    "Greedy answers one question, twenty gifts. Retention asks another.",
                    "贪心法只回答“二十份礼物”这一个问题，挽留问的是另一个。",
                ),
            ),
            Option(
                Text(
                    "The gift should always go to the broker first, the simulation is wrong",
                    "礼物就该先送中间人，是模拟错了",
                ),
                Text(
                    "The product seldom crosses a bridge of a few ties; inside each circle somebody else starts more.",
                    "只有几条关系的桥，业务很少过得去；在各自的圈子里，另有人能带动更多人。",
                ),
            ),
            Option(
                Text("Brokers are an artefact of the community method", "中间人只是社群算法造出来的假象"),
                Text(
                    "That somebody cuts twenty people off does not depend on any method; you can count it.",
                    "没有他就有二十多人失联，这与算法无关，可以数出来。",
                ),
            ),
        ),
    ),
    Quiz(
        "alike",
        Text(
            "In a real company, people with three contacts who own a product buy it five times as often. What follows for the gifts?",
            "在一家真实的公司里，有三位联系人已开通的人，开通率是别人的五倍。这对送礼意味着什么？",
        ),
        (
            Option(
                Text(
                    "Good for a list of whom to offer it; but whether gifts *make* anybody buy needs an experiment, because friends are alike",
                    "用来圈定推荐对象很好；但礼物能不能*带动*别人，要做实验才知道，因为朋友本来就相像",
                ),
                Text(
                    "Yes. The same figure arises from influence and from similarity; only giving by lot tells them apart.",
                    "对。影响和相似都会造成同样的数字，只有抽签送礼才能分清。",
                ),
                right=True,
            ),
            Option(
                Text("Each owner who gets a gift makes five contacts buy", "每位收礼的人会让五位联系人购买"),
                Text(
                    "Five is a ratio between groups, not a number of people persuaded.",
                    "五是两组之比，不是被说服的人数。",
                ),
            ),
            Option(
                Text("Nothing: correlation has no use", "什么也说明不了：相关性没有用处"),
                Text(
                    "To find buyers, correlation is enough. To pay for influence, it is not.",
                    "找买家，相关就够了；为影响力付钱，就不够。",
                ),
            ),
            Option(
                Text(
                    "The gifts should go to people with three owners among their contacts",
                    "礼物应送给有三位联系人已开通的人",
                ),
                Text(
                    "Those buy anyway more often than others. A gift is best where it starts something new.",
                    "这些人本来就更可能买。礼物要送在能带起新一片的地方。",
                ),
            ),
        ),
    ),
)
