"""What the class report says, in both languages."""

from __future__ import annotations

from labkit.language import Text

STATUSES = {
    "right": Text("right", "正确"),
    "official": Text("right, with the official solution", "正确，代码与参考答案相同"),
    "own_world": Text("right on its own world only", "只在自己的数据上正确"),
    "wrong": Text("wrong", "错误"),
    "not_attempted": Text("not attempted", "未作答"),
    "not_judged": Text("cannot be judged", "无法评判"),
    "absent": Text("not handed in", "未提交"),
}
"""By sign, in the order of the legend."""

HAPPENINGS = {
    "socket": Text("asked for a network connection", "试图连接网络"),
    "processes": Text("started processes", "启动了进程"),
    "signal": Text("sent a signal to a process", "向进程发送了信号"),
    "written_outside": Text("tried to write outside its own folder", "试图写入自己文件夹以外的位置"),
    "deleted_outside": Text("tried to delete outside its own folder", "试图删除自己文件夹以外的文件"),
    "answer_key": Text(
        "looked for answer keys, official solutions or checks", "试图读取答案键、参考答案或检查程序"
    ),
    "world": Text("looked for the simulator behind the data", "试图读取生成数据的模拟器"),
    "time": Text("took longer than allowed", "运行超过时限"),
    "memory": Text("asked for more memory than allowed", "占用的内存超过上限"),
    "output": Text("printed more than is read", "输出的内容多于读取上限"),
    "lost": Text("ended the session it ran in", "使自己的运行会话提前结束"),
}
HELD = {
    "network": Text("There was no network to reach.", "当时没有网络可连。"),
    "count": Text(
        "Their number was limited, and they ended with the lab.", "进程数受限，并随实验结束而终止。"
    ),
    "processes": Text("It could reach no process but its own.", "它只能接触到自己的进程。"),
    "files": Text("Nothing outside was changed.", "外部没有任何改动。"),
    "answer_key": Text("They were not there.", "这些内容当时并不在场。"),
    "time": Text("It was cut off.", "已被终止。"),
    "memory": Text("It was not given.", "没有得到分配。"),
    "always": Text("The rest was thrown away; nobody else was affected.", "其余部分已丢弃，没有影响其他人。"),
}
NOT_HELD = Text(
    "Nothing on this machine kept it from doing so: look whether anything was changed.",
    "本机没有相应的防护，请检查是否有内容被改动。",
)
HELD_BY = {
    "socket": "network",
    "processes": "count",
    "signal": "processes",
    "written_outside": "files",
    "deleted_outside": "files",
    "answer_key": "answer_key",
    "world": "answer_key",
    "time": "time",
    "memory": "memory",
    "output": "always",
    "lost": "always",
}
"""Kind of happening → name of the protection that makes it harmless."""

LEAD = Text(
    "{persons} people handed in {notebooks} notebooks. Of the answers they wrote, {share} are right.",
    "{persons} 人提交了 {notebooks} 份笔记本。写下的答案中 {share} 正确。",
)
NOBODY_WROTE = Text(
    "{persons} people handed in {notebooks} notebooks. Nobody wrote an answer.",
    "{persons} 人提交了 {notebooks} 份笔记本，没有人写下答案。",
)
WAITING = Text(
    "Interrupted: {count} people are not graded yet. The same command goes on where it stopped. Waiting: {names}",
    "批改被中断：还有 {count} 人未批改。再运行同一条命令即可继续。等待批改：{names}",
)
UNPROVEN = Text(
    "The official solution does not pass on this world: {exercises}. Nobody is judged on it there. "
    "Use another seed, or tell whoever looks after the course.",
    "参考答案在这份数据上没有通过检查：{exercises}，因此没有人在此被评判。请换一个种子，或告知课程维护者。",
)
OF_TRIED = Text("{count} of {tried} who tried", "作答的 {tried} 人中有 {count} 人")
NOT_TRIED = Text("{count} did not try", "{count} 人未作答")
CLAIMED = Text("By their own log, the solution was looked up.", "本人的学习日志称看过参考答案。")
PERSON_COUNTS = Text("{right} of {total} right, {tried} tried", "{total} 题答对 {right} 题，作答 {tried} 题")
NOTHING_COMMON = Text(
    "No mistake was made by two people or more. Nothing has to be repeated for all.",
    "没有哪个错误是两人以上共有的，不需要面向全班重讲。",
)
MORE_PAIRS = Text("And {count} more pairs.", "另有 {count} 对。")
ALIKE = Text("{share} alike", "相似度 {share}")

WORDS = {
    "title": Text("Class report", "班级作业报告"),
    "people": Text("people", "学员"),
    "labs": Text("labs", "实验"),
    "answers_right": Text("of answers right", "答案正确率"),
    "answers": Text("answers written", "已写答案"),
    "repeat": Text("What to repeat tomorrow", "明天重讲什么"),
    "repeat_how": Text(
        "The three exercises where most people made one and the same mistake.",
        "同一个错误犯的人最多的三道练习。",
    ),
    "helps": Text("What helps:", "可以这样提示："),
    "matrix": Text("The class at a glance", "全班一览"),
    "matrix_how": Text(
        "The letter of a wrong answer says which mistake it is, as listed exercise by exercise below.",
        "错误答案上的字母表示是哪一种错误，含义见下文逐题分析。",
    ),
    "person": Text("name", "姓名"),
    "right": Text("right", "答对"),
    "exercises": Text("Exercise by exercise", "逐题分析"),
    "no_mistakes": Text("No mistakes.", "没有错误。"),
    "persons": Text("Person by person", "逐人情况"),
    "all_right": Text("Everything that was tried is right.", "作答的题目全部正确。"),
    "nothing_tried": Text("No answer was written.", "没有写下答案。"),
    "nothing_graded": Text("Nothing could be graded.", "没有可批改的内容。"),
    "happened": Text("What submissions attempted", "作业中的越界行为"),
    "happened_how": Text(
        "Code does this by mistake as often as on purpose. Ask before you conclude.",
        "这类代码出于无意与出于有意同样常见，下结论之前请先问一问。",
    ),
    "similar": Text("Nearly the same code", "代码几乎相同的答案"),
    "similar_how": Text(
        "Listed, not judged: people who worked side by side write alike, too. Short answers and the official "
        "solution are left out.",
        "仅列出，不作判断：一起讨论的人写法也会相近。过短的答案和参考答案不计在内。",
    ),
    "unread": Text("What was not graded", "未批改的文件"),
    "how": Text("How this was graded", "批改方式"),
    "protections": Text("What held the submissions back on this machine", "本机对学员代码的限制"),
    "in_force": Text("in force", "有效"),
    "missing": Text("missing", "缺失"),
    "lab": Text("lab", "实验"),
}

HOW = (
    Text(
        "Every answer was run again, apart from the person's own outputs, on the class's world (seed {seed}) and on "
        "another one (seed {other}), {customers:,} customers each. Seeds are shifted for labs that use a world of their own.",
        "每个答案都重新运行，不看笔记本里已有的输出：先在班级的数据上（种子 {seed}），再在另一份数据上（种子 {other}），"
        "各 {customers:,} 位客户。使用另一份数据的实验，种子相应平移。",
    ),
    Text(
        "Only answers and cells that were added are the trainee's. All other cells are those that were handed out, so a "
        "changed demo or a changed check earns nothing.",
        "只采用学员的答案和自己添加的单元格；其余单元格一律用发放的原版，改动演示或检查单元格都不影响结果。",
    ),
    Text(
        "The checks are the course's own, on the real data with their answer keys. The official solutions went the same "
        "way first: {proven} of {all} pass on both worlds.",
        "检查程序是课程自带的，使用真实数据和答案键。参考答案先按同样的方式批改：{all} 道中有 {proven} 道在两份数据上都通过。",
    ),
    Text(
        "“The official solution” says that the code is the same apart from layout and comments. Whether it was looked up, "
        "nobody can tell from the code. A log that was handed in is shown as a claim.",
        "“与参考答案相同”是指除排版和注释外代码一致；是否看过答案，从代码无法判断。提交的学习日志只作为本人的说法列出。",
    ),
    Text(
        "Of several notebooks of one lab, the one with the most answers counts, then the one written last.",
        "同一实验交了多份笔记本时，以作答最多的一份为准；作答数相同时，以最后修改的一份为准。",
    ),
)
