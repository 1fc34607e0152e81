"""Quiz questions of lab 5.4."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "rises",
        Text(
            "A vendor's recommender reaches NDCG@3 of 0.85 on your log, twice that of the oracle in this lab. Its test drew a fifth of the "
            "rows at random. What do you answer?",
            "某供应商的推荐系统在你们的日志上 NDCG@3 达到 0.85，是本实验中先知的两倍。它的检验是随机抽五分之一的行。你怎么回答？",
        ),
        (
            Option(
                Text(
                    "Cut by time: its training saw looks from the very days on which the customers bought",
                    "按时间切开再测：它的训练数据里有客户成交当天的浏览",
                ),
                Text(
                    "Yes. What people do around a purchase gives it away. On the day of the list those looks do not exist yet.",
                    "对。成交前后的行为会泄露答案，而出名单那天，这些浏览还不存在。",
                ),
                right=True,
            ),
            Option(
                Text("Buy it: twice as good is twice as good", "买下来：好一倍就是好一倍"),
                Text(
                    "A score above what perfect knowledge of tastes can reach comes from the test, not from the model.",
                    "得分高过“完全知道口味”能达到的水平，只能来自检验方式，而不是模型。",
                ),
            ),
            Option(
                Text("Draw a larger test sample", "把检验样本抽大一些"),
                Text(
                    "It would make the flattering number more precise, not more honest.",
                    "那只会让这个虚高的数更精确，不会更诚实。",
                ),
            ),
            Option(
                Text("Use the hit rate instead", "改用命中率"),
                Text("Every measure is flattered by the same rows.", "同样这些行，会让任何指标都虚高。"),
            ),
        ),
    ),
    Quiz(
        "loop",
        Text(
            "Three months after the launch, the looks at the shown products have tripled, and the retrained model likes them even more. "
            "What has been learned about tastes?",
            "上线三个月后，被推荐产品的浏览涨到原来的三倍，重新训练的模型更偏爱它们了。这说明客户的口味如何？",
        ),
        (
            Option(
                Text(
                    "Little: the tiles caused those looks; keep them apart as banner views were, or keep a group that sees other lists",
                    "说明不了多少：浏览是推荐位带来的；要像横幅浏览一样单列，或者留一组客户看别的名单",
                ),
                Text(
                    "Yes. A recommender that learns from its own tiles confirms itself. A random group breaks the circle.",
                    "对。从自己的推荐位学习的系统只会自我印证。随机留出的一组能打破这个循环。",
                ),
                right=True,
            ),
            Option(
                Text("The model was right: customers follow it", "模型是对的：客户都跟着它走"),
                Text(
                    "The same would have happened with three products drawn by lot.",
                    "随便抽三个产品放上去，浏览也会大涨。",
                ),
            ),
            Option(
                Text("Tastes have changed, so forget the older looks", "口味变了，旧的浏览应当丢弃"),
                Text(
                    "The older looks are the only ones that the tiles did not cause.",
                    "旧的浏览恰恰是唯一不受推荐位影响的。",
                ),
            ),
            Option(
                Text("The popularity bias is gone", "热门偏差消失了"),
                Text(
                    "It has only changed hands: from the banner to the tiles.",
                    "它只是换了主人：从横幅到了推荐位。",
                ),
            ),
        ),
    ),
    Quiz(
        "unsold",
        Text(
            'A product manager asks you to multiply each score by the margin of the product, "as it is money we want". NDCG falls slightly, '
            "the expected profit of the quarter rises. What do you say?",
            "产品经理要你把每个得分乘上产品的毛利，“反正要的是钱”。NDCG 略降，本季度的预期利润上升。你怎么说？",
        ),
        (
            Option(
                Text(
                    "That it is a decision about trust, to be made openly and tested for longer than a quarter, not a setting of the model",
                    "这是关于信任的决定，要摆到台面上作，检验也不能只看一个季度，而不是模型里的一个参数",
                ),
                Text(
                    "Yes. The profit of the quarter is easy to see; customers who stop looking at the tiles are not.",
                    "对。季度利润看得见，不再看推荐位的客户却看不见。",
                ),
                right=True,
            ),
            Option(
                Text("Do it: profit is the measure of this lab", "照做：本实验就是以利润论成败"),
                Text(
                    "The profit here supposes that customers believe the list. That is what is being spent.",
                    "这里的利润以客户相信名单为前提，而消耗掉的正是这份信任。",
                ),
            ),
            Option(
                Text("Never: margin and suitability contradict each other", "绝不：毛利与适当性相互矛盾"),
                Text(
                    "They do not: the filter stands before the score. But a suitable product can still be a bad suggestion.",
                    "并不矛盾：过滤在打分之前。但合适的产品仍可能是糟糕的推荐。",
                ),
            ),
            Option(
                Text("It makes no difference, NDCG hardly moves", "没有区别，NDCG 几乎没变"),
                Text(
                    "NDCG counts purchases in the log, none of which saw such a list.",
                    "NDCG 数的是日志里的购买，那时谁也没见过这样的名单。",
                ),
            ),
        ),
    ),
)
