"""What can be wrong with an answer besides the mistakes that its exercise knows."""

from __future__ import annotations

from labkit.language import Text

OUR_MISTAKES = {
    "stopped": Text("The code stopped with {error}.", "代码运行出错：{error}。"),
    "no_name": Text(
        "Something was written, but nothing stands under the name `{name}`.",
        "写了内容，但没有给 `{name}` 赋值。",
    ),
    "waits": Text("It builds on another answer that is missing.", "它依赖另一道还没有作答的练习。"),
    "too_slow": Text(
        "It was still running after the time allowed: an endless loop, or a very slow way.",
        "超过时限仍未结束：可能是死循环，或者算法太慢。",
    ),
    "too_large": Text("It asked for more memory than is allowed.", "占用的内存超过上限。"),
    "ended": Text("Its code ended the session in which it was run.", "代码使运行它的会话提前结束。"),
    "own_world": Text(
        "Right on the class's world, not on another one: a number was written in, or something was assumed that "
        "holds only there.",
        "在班级的数据上正确，换一份数据就不成立：可能是把数字写死了，或者用了只在这里成立的假设。",
    ),
    "other": Text(
        "Wrong in a way that this exercise has no name for.", "错误类型不在这道练习的常见错误之列。"
    ),
}
"""By name; ``other`` gathers wrong answers that look like no typical mistake."""

LOST = {"time": "too_slow", "memory": "too_large", "ended": "ended", "nonsense": "ended"}
"""Reason of a lost session → what it means for the answer."""
