"""Quiz questions of lab 8.2."""

from labkit.exercises import Text
from labkit.exercises.quiz import Option, Quiz

QUIZZES = (
    Quiz(
        "eight",
        Text(
            "This month the interval of one region out of eight lies above zero. In the months before, that region stood now above, "
            "now below the others. What do you print?",
            "本月八个地区中，有一个地区的差值区间在零以上。此前几个月，它时高时低。标题该怎么写？",
        ),
        (
            Option(
                Text(
                    "The finding, with the remark that among eight such headlines a false alarm is likely, and that next month decides",
                    "写出这一发现，同时注明：八个标题里出现一个误报并不稀奇，要看下个月",
                ),
                Text(
                    "Yes. With eight regions the chance of at least one false alarm is about a third, every month.",
                    "对。八个地区里至少出现一个误报的机会，每个月大约是三分之一。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "The finding as it stands: the interval was computed correctly",
                    "照直写：区间算得没错",
                ),
                Text(
                    "Computed correctly for one region named beforehand. You looked at eight and picked the loudest.",
                    "那是对事先指定的一个地区而言。你看了八个，挑了嗓门最大的。",
                ),
            ),
            Option(
                Text("Nothing: one region out of eight is always chance", "什么都不写：八个里出一个总是偶然"),
                Text(
                    "Often, not always. A region with worse antennas would look just like this in its first month.",
                    "往往是，但不总是。一个基站变差的地区，头一个月看起来也正是这样。",
                ),
            ),
            Option(
                Text(
                    "The region's rank, which needs no interval",
                    "写它的排名，排名不需要区间",
                ),
                Text(
                    "Somebody is always first. A rank turns the smallest gap into a story.",
                    "总有人排第一。排名能把再小的差距也变成故事。",
                ),
            ),
        ),
    ),
    Quiz(
        "axis",
        Text(
            "A colleague has learnt that axes begin at zero, and draws the daily exchange rate of the dollar as a line from zero up. "
            "The line is flat. What do you say?",
            "一位同事学到“坐标轴要从零开始”，于是把美元汇率的日线图也从零画起，结果成了一条平线。你怎么说？",
        ),
        (
            Option(
                Text(
                    "Bars are read by their length and need zero; a line is read by its slope, so show the range in which it moves, and say so",
                    "柱子读的是长度，必须从零开始；折线读的是斜率，应画出它变动的范围，并注明",
                ),
                Text(
                    "Yes. The rule follows from what the eye compares, not from the axis.",
                    "对。规矩来自眼睛在比较什么，而不是来自坐标轴本身。",
                ),
                right=True,
            ),
            Option(
                Text("A flat line is honest: nothing happened", "平线才诚实：说明什么都没发生"),
                Text(
                    "A change of one per cent moves millions. The chart hides what the question is about.",
                    "百分之一的变动就关系到几百万。图把真正要问的东西藏了起来。",
                ),
            ),
            Option(
                Text("Draw it as bars instead", "那就改成柱形图"),
                Text(
                    "Then zero is needed, and all bars are equally long. The form does not fit the question.",
                    "那就必须从零开始，所有柱子一样长。这种图形不适合这个问题。",
                ),
            ),
        ),
    ),
    Quiz(
        "late",
        Text(
            "Ten minutes before the meeting a region reports thirty leavers too many. The Word file is open in front of you. What do you do?",
            "开会前十分钟，某地区报告说离网人数多算了三十人。Word 文件就开在你面前。怎么办？",
        ),
        (
            Option(
                Text(
                    "Correct the data and render all pages again",
                    "更正数据，重新生成全部报告",
                ),
                Text(
                    "Yes. The number stands in text, table, figure and in the rate of all other regions; one command reaches them all.",
                    "对。这个数在正文、表格、图里，也在其余各地区的对比里；一条命令全都改到。",
                ),
                right=True,
            ),
            Option(
                Text("Correct the number in the text and in the table", "把正文和表格里的数字改掉"),
                Text(
                    "And the figure, the rate, the interval, the other regions' comparison, the English page? That is how last month's page came about.",
                    "那么图、离网率、区间、其余地区的对比、英文版呢？上个月那页纸就是这么来的。",
                ),
            ),
            Option(
                Text("Hand it out and mention it in the meeting", "照发，会上口头说明"),
                Text(
                    "Paper outlives the meeting. In a month somebody quotes the page.",
                    "会开完了，纸还在。一个月后会有人引用这一页。",
                ),
            ),
        ),
    ),
)
