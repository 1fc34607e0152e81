# ---
# id: "4.7"
# name: key_customers
# title: {en: "The seeds of a circle: key customers", zh: "交往圈的种子：关键客户识别"}
# minutes: 40
# core: true
# outline: ["四.8", "四.8【关键客户识别】"]
# tables: [calls, adoptions, subscribers, service_numbers]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # The seeds of a circle: key customers
#
# **There are gifts for twenty people. Whom to choose, so that a product spreads furthest?**
#
# *40 minutes.* You will **clean** a network of calls of everything that is no person, **rank** people by three
# kinds of importance and **name** a broker, and **decide** who gets a gift and how many gifts pay, in yuan.
# You need: pandas (`groupby`, filtering rows) and a first acquaintance with numpy.

# %% [markdown] id="question" lang="zh" en_hash="bd7e623d"
# # 交往圈的种子：关键客户识别
#
# **礼物只有二十份，送给谁，才能让一项业务传得最远？**
#
# *40 分钟。* 你将**清理**通话网络，剔除一切不是“人”的号码；用三种重要性给客户**排序**，并**指出**一位中间人；
# 最后**决定**礼物送给谁、送几份才划算，并用“元”来回答。
# 预备知识：会用 pandas 的 `groupby` 和行筛选，对 numpy 略有了解。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is 5 January 2026. Next week Swift Mobile launches *home cinema*, and Shen Qiao, who runs regional marketing,
# has a budget of twenty projectors to give away in one region. People hear of such a product from people they call; last
# year's family cloud spread just so. Her twenty gifts of last year went to the numbers with the most contacts.
# Most were never unpacked, and finance wants to know why before it pays again. She needs twenty names by tonight.

# %% [markdown] id="situation" lang="zh" en_hash="0ac39dd7"
# ## 业务场景
#
# 今天是 2026 年 1 月 5 日。迅通移动下周推出“*家庭影院*”，负责区域营销的沈乔手里有二十台投影仪，可以在一个区域里送出去。
# 这类业务，人们都是从常通电话的人那里听来的，去年的家庭云就是这样传开的。她去年的二十份礼物，送给了联系人最多的号码，
# 大多数连包装都没拆。财务部要先弄清原因，才肯再批钱。今晚之前，她需要二十个名字。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **3 min, with the first look.** Ask: "Whom would you give a present, if you wanted the whole office to hear of it?"
# *Most of the room* names whoever talks to everybody. Write the name on the board. Then ask whom they would add
# as the second person, and why not that person's best friend. That is the whole lab.

# %% [markdown] id="say_situation" lang="zh" en_hash="779ec44a" tags=["instructor"]
# **3 分钟，含初看数据。** 先问：“想让一件事传遍整个办公室，你会先告诉谁？”*多数人*会说那个跟谁都聊的人。把名字写在白板上。
# 再问：第二个人你会加谁？为什么不加他最要好的朋友？整个实验讲的就是这件事。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("4.7", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `calls`: one row is one call of the last quarter of 2025, from `caller_id` to `callee_id`. `adoptions`: one row is one
# subscriber who took up the family cloud in 2025. `subscribers` knows who was there when. `service_numbers`: one row is one hotline that a company publishes.
# A call is an arrow; two numbers that ever called each other are **contacts**.

# %% [markdown] id="data" lang="zh" en_hash="024e902a"
# ## 数据
#
# `calls`：一行是 2025 年第四季度的一次通话，由 `caller_id` 打给 `callee_id`。`adoptions`：一行是 2025 年开通家庭云的一位用户。
# `subscribers` 记着谁何时在网。`service_numbers`：一行是一个企业公布的服务热线。一次通话就是一支箭头；只要通过话，两个号码就互为**联系人**。

# %% id="read"
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra

from labkit.charts import BLUE, GREY, ORANGE, RED, SKY

calls = lab.data("calls")
both_ends = ["caller_id", "callee_id"]
if calls["caller_id"].dtype != calls["callee_id"].dtype:
    calls = calls.astype(dict.fromkeys(both_ends, str))
calls = calls[calls["caller_id"] != calls["callee_id"]]

# %% id="numbers"
# en: for each number: how many others it called, was called by, and both
# zh: 每个号码：打给过多少个号码、被多少个号码打过、其中双向的有多少
arrows = calls[both_ends].drop_duplicates()
back = arrows.rename(columns={"caller_id": "callee_id", "callee_id": "caller_id"})
numbers = pd.DataFrame(
    {
        "called": arrows.groupby("caller_id").size(),
        "called_by": arrows.groupby("callee_id").size(),
        "both_ways": arrows.merge(back).groupby("caller_id").size(),
    }
)
numbers = numbers.fillna(0).astype(int)
numbers["contacts"] = numbers["called"] + numbers["called_by"] - numbers["both_ways"]
numbers.sample(4, random_state=0)

# %% id="first_look"
ranked = numbers["contacts"].sort_values(ascending=False).head(40)
figure, axes = plt.subplots(figsize=(7.2, 3.4))
axes.bar(np.arange(1, len(ranked) + 1), ranked, color=GREY)
axes.bar(np.arange(1, len(ranked) + 1)[:20], ranked[:20], color=ORANGE)
axes.text(
    21,
    ranked.iloc[0] * 0.8,
    L("orange: the twenty of last year's rule", "橙色：按去年的规则选出的二十个"),
    color=ORANGE,
)
axes.set(xlabel=L("Number, by its contacts", "号码（按联系人数排名）"), ylabel=L("Contacts", "联系人数"))
axes.set_title(
    L(
        f"The first number has {ranked.iloc[0]:,} contacts, a usual one {numbers['contacts'].median():.0f}",
        f"排第一的号码有 {ranked.iloc[0]:,} 个联系人，普通号码只有 {numbers['contacts'].median():.0f} 个",
    )
)
lab.show(
    figure,
    L(
        f"Bars: contacts of the forty best-connected numbers, from {ranked.iloc[0]:,} down to {ranked.iloc[-1]:,}.",
        f"条形图：联系人最多的四十个号码，从 {ranked.iloc[0]:,} 个降到 {ranked.iloc[-1]:,} 个。",
    ),
)

# %% [markdown] id="turn_no_person" lang="en"
# ### Your turn: which numbers are no person?
#
# Nobody has that many friends. But where to draw the line? In a single region the best-connected *people* have more
# contacts than some hotlines, and `service_numbers` lists only the companies that want to be found. So look at behaviour: what do
# friends do that call centres, couriers and hotlines never do? Use the columns of `numbers`.

# %% [markdown] id="turn_no_person" lang="zh" en_hash="6ce38d4f"
# ### 轮到你了：哪些号码不是“人”？
#
# 没有谁会有那么多朋友。可界线画在哪里？在单个区域里，人缘最好的*人*，联系人比有些热线还多；而 `service_numbers` 里只有希望被找到的企业。
# 所以要看行为：朋友之间会做、而呼叫中心、快递和热线从来不做的，是什么？请用 `numbers` 的各列来判断。

# %% id="no_person" exercise="no_person"
# en: the numbers that are no person: a list, a set or an index
# zh: 不是“人”的号码：列表、集合或索引均可
no_person = numbers.index[(numbers["contacts"] >= 20) & (numbers["both_ways"] == 0)]  # SOLUTION

# %% id="check_no_person"
lab.check("no_person")

# %% [markdown] id="say_no_person" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** *Most of the room* cuts at a number of contacts; the check says whom that
# costs. Let them find a second one-way number: parents of small children? No: they are called back.
# Ask what a company's list of its own hotlines can never contain. Short of time (saves 2 min): give away the column `both_ways`.

# %% [markdown] id="say_no_person" lang="zh" en_hash="a1c86bb4" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** *多数人*会按联系人数一刀切，检查会告诉他们误伤了谁。让他们想一想：还有谁只打不接、只接不打？
# 真人总会有人回电。再问：企业自己的热线清单里，永远不会有哪类号码？时间不够时（省 2 分钟）：直接提示看 `both_ways` 这一列。

# %% [markdown] id="people" lang="en"
# ## What is left: people
#
# From here on a number is out if it has at least twenty contacts and not one of them goes both ways. Last year's
# rule took the twenty numbers with the most contacts:

# %% [markdown] id="people" lang="zh" en_hash="cfc9a5f7"
# ## 留下来的是人
#
# 从这里起，联系人不少于二十个、却没有一个是双向的号码，一律剔除。去年的规则选的是联系人最多的二十个号码：

# %% id="without_machines"
goes_both_ways = numbers["both_ways"].sum() / numbers["called"].sum()
if goes_both_ways > 0.05:
    silent = (numbers["contacts"] >= 20) & (numbers["both_ways"] == 0)
else:
    # en: a list of pairs without direction: nobody calls back, so nothing can be told from it
    # zh: 不分方向的关系列表：没有“回电”可言，无从判断
    silent = numbers["contacts"] < 0
machines = numbers.index[silent]
last_year = numbers["contacts"].nlargest(20).index
lab.fact(
    "machines",
    (len(machines), len(last_year), last_year.isin(machines).sum()),
    L(
        "{:,} numbers are no person. Of the {:,} numbers with the most contacts they are {:,}.",
        "有 {:,} 个号码不是“人”。联系人最多的 {:,} 个号码里，它们占了 {:,} 个。",
    ),
)
lab.fact(
    "goes_both_ways",
    goes_both_ways,
    L("Of all arrows, {:.0%} have one that comes back.", "全部箭头中，有 {:.0%} 存在反方向的箭头。"),
)

# %% id="ties"
# en: one row per pair of people who called each other, with the number of calls
# zh: 每一对通过话的人一行，并记下通话次数
between = calls[~calls["caller_id"].isin(machines) & ~calls["callee_id"].isin(machines)]
position, name = pd.factorize(pd.concat([between["caller_id"], between["callee_id"]]), sort=True)
one, other = np.sort(position.reshape(2, -1), axis=0)
weight_column = next((c for c in ("weight", "calls", "权重", "次数") if c in between), None)
weight = between[weight_column].to_numpy() if weight_column else np.ones(len(between))
ties = (
    pd.DataFrame({"one": one, "other": other, "calls": weight})
    .groupby(["one", "other"], as_index=False)
    .sum()
)
network = coo_array((ties["calls"], (ties["one"], ties["other"])), shape=(len(name), len(name))).tocsr()
network = network + network.T
piece = connected_components(network, directed=False)[1]
size = np.bincount(piece)

# %% id="pieces_figure"
sizes = np.sort(size[size >= min(20, size.max())])[::-1][:12]
figure, axes = plt.subplots(figsize=(7.2, 0.9 + 0.24 * len(sizes)))
axes.barh(np.arange(len(sizes)), sizes, color=[BLUE] + [GREY] * (len(sizes) - 1), height=0.7)
axes.bar_label(axes.containers[0], fmt="{:,.0f}", padding=3)
axes.set(
    yticks=[],
    xlabel=L("People who hang together by calls", "靠通话连在一起的人数"),
    ylim=(len(sizes) - 0.4, -0.6),
)
axes.margins(x=0.1)
axes.grid(visible=False)
axes.set_title(
    L(
        f"Large pieces of the network: {(size >= 20).sum()}. We work in one of {sizes[0]:,} people",
        f"网络里大的连通块有 {(size >= 20).sum()} 个，我们在其中 {sizes[0]:,} 人的一块里工作",
    )
)
lab.show(
    figure,
    L(
        f"Bars: people in the largest pieces of the network; the first has {sizes[0]:,} people.",
        f"条形图：网络中最大的几个连通块的人数，第一块有 {sizes[0]:,} 人。",
    ),
)

# %% [markdown] id="region" lang="en"
# Nothing can spread from one piece to another, so a region is planned by itself. Ours is the largest piece. (On a
# file of your own with a larger one: the 2 500 people, or the 20 000 ties, nearest to the person who calls most.)

# %% [markdown] id="region" lang="zh" en_hash="c40435f7"
# 从一块到另一块，什么也传不过去，所以每个区域单独规划。我们的区域就是最大的那一块。
# （如果你自己的文件里那一块更大，就从通话最多的人开始由近及远，取 2 500 人或 20 000 条关系为止。）

# %% id="region_graph"
strength = network.sum(axis=0)
busiest = int(np.where(piece == size.argmax(), strength, 0).argmax())
near = breadth_first_order(network, busiest, directed=False, return_predecessors=False)
rank = np.full(len(name), len(name))
rank[near] = np.arange(len(near))
enters = np.sort(ties[["one", "other"]].apply(lambda end: rank[end]).max(axis=1))[:20_001]
region = np.sort(near[: min(2_500, enters[-1] if len(enters) > 20_000 else len(near))])
person = name[region]
n_people = len(person)
place = np.full(len(name), -1)
place[region] = np.arange(n_people)
here = ties.assign(one=place[ties["one"]], other=place[ties["other"]]).query("one >= 0 and other >= 0")
graph = nx.Graph()
graph.add_weighted_edges_from(here[["one", "other", "calls"]].itertuples(index=False))
lab.fact(
    "region",
    (n_people, size.max(), len(here)),
    L(
        "The region: {:,} of the {:,} people of the piece, and {:,} ties.",
        "本区域：该块 {1:,} 人中的 {0:,} 人，共 {2:,} 条关系。",
    ),
)

# %% [markdown] id="central" lang="en"
# ## Three ways to be important
#
# * **Degree**: with how many people does one talk? Easy to count.
# * **Betweenness**: on how many shortest paths between two others does one lie? (Freeman 1977)
# * **PageRank**: important is who talks with important people (Brin and Page 1998). Everybody hands on an importance
#   $r$ to the others in proportion to the calls $w$; with probability $1-d$ one starts again anywhere:
#
# $$r_i = \frac{1-d}{n} + d \sum_j \frac{w_{ij}}{\sum_k w_{kj}} \, r_j, \qquad d = 0.85.$$

# %% [markdown] id="central" lang="zh" en_hash="4399b519"
# ## 重要的三种含义
#
# * **度**：与多少人通话？数一数就行。
# * **中介中心性**：别的两人之间的最短路径，有多少条要经过他？（Freeman，1977）
# * **PageRank**：与重要的人来往的人才重要（Brin 与 Page，1998）。每个人把自己的重要性 $r$ 按通话次数 $w$ 的比例分给对方；
#   另有 $1-d$ 的概率从任意一人重新开始：
#
# $$r_i = \frac{1-d}{n} + d \sum_j \frac{w_{ij}}{\sum_k w_{kj}} \, r_j, \qquad d = 0.85$$

# %% [markdown] id="turn_pagerank" lang="en"
# ### Your turn: PageRank
#
# The formula defines $r$ by itself, so begin with equal shares and apply it again and again: a hundred times is plenty.
# `calls_between[i, j]` is the number of calls between persons `i` and `j`; the matrix is symmetric, and
# `calls_between @ x` multiplies it with a vector. Return one number per person; together they make one.

# %% [markdown] id="turn_pagerank" lang="zh" en_hash="722e72e9"
# ### 轮到你了：PageRank
#
# 公式两边都有 $r$，那就从人人相等开始，把公式反复代入，一百次足够了。
# `calls_between[i, j]` 是 `i` 与 `j` 两人之间的通话次数；矩阵是对称的，`calls_between @ x` 就是它与向量相乘。
# 返回每人一个数，全部加起来等于一。


# %% id="pagerank" exercise="pagerank"
# en: an array: the importance of each person, by the formula above
# zh: 返回数组：按上面的公式，每个人的重要性
def pagerank(calls_between, damping=0.85):
    # BEGIN SOLUTION
    total = calls_between.sum(axis=0)
    importance = np.full(len(total), 1 / len(total))
    for _ in range(100):
        importance = (1 - damping) / len(total) + damping * (calls_between @ (importance / total))
    return importance
    # END SOLUTION


# %% id="check_pagerank"
lab.check("pagerank")

# %% [markdown] id="say_pagerank" lang="en" tags=["instructor"]
# **5 min, of which 4 for the exercise.** Draw three people on the board, A–B–C, and do one round by hand: B gets
# everything of A and of C. *Most of the room* forgets to divide by what a person has to hand on. Say: without the $1-d$,
# PageRank here is nothing but the share of calls. Short of time (saves 2 min): give them all but the line in the loop.

# %% [markdown] id="say_pagerank" lang="zh" en_hash="c3004198" tags=["instructor"]
# **5 分钟，其中练习 4 分钟。** 在白板上画 A–B–C 三个人，手算一轮：A 和 C 的重要性全给了 B。
# *多数人*忘了除以每个人自己的通话总数。点明：去掉 $1-d$ 那一项，这里的 PageRank 就只是通话次数的占比。
# 时间不够时（省 2 分钟）：只留循环里那一行让他们写。

# %% [markdown] id="ranks" lang="en"
# networkx has all three. Betweenness is exact only if the shortest paths from *everybody* are found; from two hundred
# people, chosen at random, it is close enough and takes about a second (Brandes and Pich 2007).

# %% [markdown] id="ranks" lang="zh" en_hash="a9d970c5"
# 三种指标 networkx 都有现成的。中介中心性要从*每个人*出发找最短路径才精确；随机选两百人出发已足够接近，只要一秒左右
# （Brandes 与 Pich，2007）。

# %% id="centralities"
everybody = range(n_people)
people = pd.DataFrame(
    {
        "contacts": pd.Series(dict(graph.degree())),
        "betweenness": pd.Series(nx.betweenness_centrality(graph, k=min(200, n_people), seed=0)),
        "pagerank": pd.Series(nx.pagerank(graph)),
    },
    index=everybody,
)
people.insert(0, "number", person)
first_twenty = {
    rule: set(people[rule].nlargest(20).index) for rule in ("contacts", "betweenness", "pagerank")
}
lab.fact(
    "in_common",
    (
        len(first_twenty["contacts"] & first_twenty["betweenness"]),
        len(first_twenty["contacts"] & first_twenty["pagerank"]),
    ),
    L(
        "Of the twenty with the most contacts, {} are among the first twenty by betweenness, {} by PageRank.",
        "联系人最多的二十人中，有 {} 人的中介中心性也排进前二十，有 {} 人的 PageRank 也排进前二十。",
    ),
)

# %% [markdown] id="circles" lang="en"
# ## Circles, and threads between them
#
# A **community** is a set of people who call each other more than chance would have it. The Louvain method moves people from
# group to group as long as that makes the groups tighter (Blondel and others 2008). A bubble is a circle, its
# area the people in it; a line is as wide as the ties between two circles are many.

# %% [markdown] id="circles" lang="zh" en_hash="2721a4ef"
# ## 交往圈，以及圈与圈之间的细线
#
# **社群**是一群人，彼此通话比随机情形下更多。Louvain 方法把人在各组之间移来移去，直到各组不能更紧密为止（Blondel 等，2008）。
# 图中一个圆是一个交往圈，面积代表人数；连线越粗，两圈之间的关系越多。

# %% id="communities"
circles = sorted(
    nx.community.louvain_communities(graph, seed=0), key=lambda members: (-len(members), min(members))
)
circle = pd.Series(
    {member: number for number, members in enumerate(circles) for member in members}
).sort_index()
people["circle"] = circle
inside = circle[here["one"]].to_numpy() == circle[here["other"]].to_numpy()
lab.fact(
    "communities",
    (
        len(circles),
        nx.community.modularity(graph, circles),
        here.loc[inside, "calls"].sum() / here["calls"].sum(),
    ),
    L(
        "{} circles, modularity {:.2f}; {:.0%} of the calls stay within one circle.",
        "共 {} 个交往圈，模块度 {:.2f}；{:.0%} 的通话发生在同一圈内。",
    ),
)

# %% id="map"
ends = np.sort(circle[here[["one", "other"]].to_numpy().ravel()].to_numpy().reshape(-1, 2), axis=1)
threads = pd.DataFrame(ends, columns=["one", "other"]).query("one < other and other < 24").value_counts()
circle_graph = nx.Graph()
circle_graph.add_nodes_from(range(min(24, len(circles))))
circle_graph.add_weighted_edges_from((*pair, count) for pair, count in threads.items())
at = nx.kamada_kawai_layout(circle_graph, weight=None)
figure, axes = plt.subplots(figsize=(7.2, 4.8))
for (left, right), count in threads.items():
    axes.plot(
        *np.array([at[left], at[right]]).T,
        color=RED if count <= 8 else GREY,
        linewidth=0.5 + 0.12 * min(count, 60),
        zorder=1,
    )
areas = [900 * len(circles[number]) / len(circles[0]) for number in circle_graph]
axes.scatter(
    *np.array([at[number] for number in circle_graph]).T, s=areas, color=SKY, edgecolor="white", zorder=2
)
for number in circle_graph:
    axes.text(*at[number], number, ha="center", va="center", fontweight="bold", zorder=3)
axes.axis("off")
axes.margins(0.06)
axes.set_title(
    L(
        f"{len(circles)} circles; {here.loc[inside, 'calls'].sum() / here['calls'].sum():.0%} of the calls stay within one",
        f"{len(circles)} 个交往圈，{here.loc[inside, 'calls'].sum() / here['calls'].sum():.0%} 的通话都在圈内",
    )
)
lab.show(
    figure,
    L(
        "Map of the circles: bubbles joined by lines; red lines stand for eight ties or fewer.",
        "交往圈地图：圆与圆之间有连线，红线表示不超过八条关系。",
    ),
)

# %% [markdown] id="turn_broker" lang="en"
# ### Your turn: name a broker
#
# Red lines are thin: eight ties or fewer. Somewhere, all the ties of a circle or two to the rest go through *one person*. Who
# is it? Name the number of one person without whom at least twenty others would be cut off from everybody else. The function below
# tells how many would be; trying it on everybody takes too long, so think first of whom to try. (On your own file there may be nobody:
# then answer `None`.)

# %% [markdown] id="turn_broker" lang="zh" en_hash="6c887105"
# ### 轮到你了：指出一位中间人
#
# 红线很细，不超过八条关系。有的地方，一两个圈子对外的全部关系都要经过*一个人*。他是谁？
# 请写出这样一位的号码：没有他，至少二十个人会与其他所有人失去联系。下面的函数会告诉你有多少人失联；
# 逐个试遍所有人太慢，先想想该试谁。（你自己的文件里可能没有这样的人：那就填 `None`。）


# %% id="cut_off"
# en: how many people of the piece could no longer be reached from its largest rest, if this number fell silent
# zh: 如果这个号码沉默了，连通块中会有多少人与余下最大的一块失去联系
def cut_off(number):
    silent = name.get_loc(number)
    others = np.flatnonzero((piece == piece[silent]) & (np.arange(len(name)) != silent))
    rest = connected_components(network[others][:, others], directed=False)[1]
    return len(others) - np.bincount(rest).max()


most_connected = person[people["contacts"].idxmax()]
lab.fact(
    "cut_off_by_the_best_connected",
    (most_connected, cut_off(most_connected)),
    L(
        "Number {} has the most contacts. Without it {} people would be cut off.",
        "联系人最多的是 {} 号。没有他，失去联系的有 {} 人。",
    ),
)

# %% id="broker" exercise="broker"
# en: the number of one person, or None
# zh: 一个人的号码，或者 None
broker = next((n for n in people.nlargest(12, "betweenness")["number"] if cut_off(n) >= 20), None)  # SOLUTION

# %% id="check_broker"
lab.check("broker")

# %% [markdown] id="say_broker" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** *Most of the room* tries the person with the most contacts. Ask:
# who loses touch with whom, if that person goes on holiday? Nobody: the friends have other ways to each other. Then:
# which of the three columns measures exactly that? Short of time (saves 1 min): show the hint with the column.

# %% [markdown] id="say_broker" lang="zh" en_hash="3fd621b1" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** *多数人*先试联系人最多的那位。请追问：他去度假，谁会与谁失去联系？
# 谁也不会，因为他的朋友之间另有通路。再问：三个指标里，哪一个量的正是这件事？时间不够时（省 1 分钟）：直接看提示里的那一列。

# %% [markdown] id="kinds" lang="en"
# ## Three kinds of key people
#
# A **hub** knows people in many circles, an **insider** most people of one. Both have three times as many contacts as
# usual or more; what parts them is the share of contacts in the own circle. A **broker** may have few contacts, and is the only bridge.

# %% [markdown] id="kinds" lang="zh" en_hash="877883cc"
# ## 三种关键客户
#
# **枢纽**在很多圈子都有熟人，**圈内核心**认识一个圈子的大多数人。两者的联系人都在常人的三倍以上，
# 区别在于联系人中同圈的占比。**中间人**的联系人可以很少，却是唯一的桥梁。

# %% id="kinds_of_people"
arms = here[["one", "other"]].set_axis(["person", "contact"], axis=1)
arms = pd.concat([arms, arms.set_axis(["contact", "person"], axis=1)])
same = circle[arms["person"]].to_numpy() == circle[arms["contact"]].to_numpy()
people["own_circle"] = pd.Series(same).groupby(arms["person"].to_numpy()).mean()
well_connected = people["contacts"] > 3 * people["contacts"].median()
bridging = people.nlargest(12, "betweenness")["number"].map(cut_off)
people["kind"] = np.select(
    [well_connected & (people["own_circle"] > 0.5), well_connected], ["insider", "hub"], ""
)
people.loc[bridging.index[bridging >= 20], "kind"] = "broker"

# %% id="kinds_figure"
figure, axes = plt.subplots(figsize=(7.2, 4.0))
names = {
    "": ("", GREY, 12),
    "insider": (L("insiders", "圈内核心"), BLUE, 46),
    "hub": (L("hubs", "枢纽"), ORANGE, 46),
    "broker": (L("brokers", "中间人"), RED, 70),
}
for kind, (label, colour, area) in names.items():
    these = people[people["kind"] == kind]
    axes.scatter(
        these["contacts"],
        100 * these["own_circle"],
        s=area,
        color=colour,
        alpha=0.9 if kind else 0.4,
        linewidth=0,
    )
    if kind and len(these):
        above = these.loc[these["contacts"].idxmax()]
        axes.annotate(
            label,
            (above["contacts"], 100 * above["own_circle"]),
            xytext=(8, -4),
            textcoords="offset points",
            color=colour,
        )
axes.set(
    xlabel=L("Contacts in the region", "区域内联系人数"),
    ylabel=L("Contacts in the own circle, %", "同圈联系人占比（%）"),
    ylim=(-4, 108),
)
axes.margins(x=0.12)
count = people["kind"].value_counts().reindex(list(names), fill_value=0)
axes.set_title(
    L(
        f"Hubs: {count['hub']}. Insiders: {count['insider']}. Brokers: {count['broker']}",
        f"枢纽 {count['hub']} 位，圈内核心 {count['insider']} 位，中间人 {count['broker']} 位",
    )
)
lab.show(
    figure,
    L(
        "Scatter of all people by contacts and by the share of contacts in their own circle; hubs, insiders and brokers marked.",
        "散点图：每个人的联系人数与同圈联系人占比，并标出枢纽、圈内核心和中间人。",
    ),
)

# %% [markdown] id="influence" lang="en"
# ## How contagious is a contact?
#
# The **independent cascade** (Kempe, Kleinberg and Tardos 2003): whoever takes a product up gets *one* chance with
# each contact, and succeeds with probability $p$. More calls, more influence: $p = \min(a\sqrt{c},\ 0.5)$ with $c$ calls a week.
# Last year's family cloud tells $a$. Every contact who had it is a chance, which worked or did not, after a delay of
# $\tau$ days on average; we choose $a$ and $\tau$ so that what happened is most likely (Saito and others 2009).
# Only subscribers who were there all year count: who was not could not be persuaded.

# %% [markdown] id="influence" lang="zh" en_hash="ed06ffbe"
# ## 一个联系人的感染力有多强？
#
# **独立级联模型**（Kempe、Kleinberg 与 Tardos，2003）：谁开通了业务，就对每位联系人有*一次*机会，以概率 $p$ 说服对方。
# 通话越多，影响越大：$p = \min(a\sqrt{c},\ 0.5)$，其中 $c$ 是每周通话次数。$a$ 可以从去年的家庭云里学到：
# 每位已开通的联系人都是一次机会，成或不成，平均经过 $\tau$ 天见分晓；取使已发生的事最有可能的 $a$ 与 $\tau$（Saito 等，2009）。
# 只算全年在网的用户：当时不在网的人，谁也说服不了。

# %% id="chances"
days = (calls["started_at"].max() - calls["started_at"].min()).days + 1 if "started_at" in calls else 0
ties["weekly"] = ties["calls"] * 7 / days if days else ties["calls"] / ties["calls"].mean()
knows_adopters = "calls" not in lab.own_tables or "adoptions" in lab.own_tables
chances = pd.DataFrame()
if knows_adopters:
    adoptions = lab.data("adoptions").set_index("subscriber_id")
    both_directions = pd.concat([ties, ties.rename(columns={"one": "other", "other": "one"})])
    chances = both_directions.assign(
        began=adoptions["adopted_on"].reindex(name[both_directions["one"].to_numpy()]).to_numpy(),
        took=adoptions["adopted_on"].reindex(name[both_directions["other"].to_numpy()]).to_numpy(),
    )
    invited = adoptions.index[adoptions["in_pilot"]] if "in_pilot" in adoptions else adoptions.index[:0]
    there = pd.Index(name).difference(invited)
    if "adoptions" not in lab.own_tables:
        subscribers = lab.data("subscribers")
        all_year = (subscribers["joined_on"] < "2025-01-06") & subscribers["left_on"].isna()
        there = there.intersection(subscribers.loc[all_year, "subscriber_id"])
    open_chance = chances["began"].notna() & ~(chances["took"] <= chances["began"])
    chances = chances[open_chance & name[chances["other"].to_numpy()].isin(there)]

# %% id="learn_influence"
from scipy.optimize import minimize

influence = 0.15
if len(chances) and chances["took"].notna().any():
    worked = chances["took"].notna().to_numpy()
    waited = (chances["took"].fillna(adoptions["adopted_on"].max()) - chances["began"]).dt.days.to_numpy()
    whom = pd.factorize(chances["other"])[0]
    took_it = np.unique(whom[worked])

    def unlikely(logarithms):
        a, delay = np.exp(logarithms)
        p = np.minimum(a * np.sqrt(chances["weekly"].to_numpy()), 0.5)
        still_open = 1 - p * (1 - np.exp(-waited / delay))
        now = np.bincount(whom, weights=p * np.exp(-waited / delay) / delay / still_open)
        return -np.log(still_open).sum() - np.log(now[took_it]).sum()

    influence, delay = np.exp(minimize(unlikely, np.log([0.1, 30]), method="Nelder-Mead").x).round(2)
    lab.fact(
        "influence",
        (influence, len(chances), len(took_it), delay),
        L(
            "a = {:.2f}: that is the chance with somebody one calls once a week. Learnt from {:,} chances and the {:,} people who "
            "took it up; {:.0f} days on average.",
            "a = {:.2f}，即每周通话一次的联系人被说服的概率。由 {:,} 次机会和其中开通的 {:,} 人学得，平均 {:.0f} 天见效。",
        ),
    )
else:
    lab.fact(
        "influence_assumed",
        influence,
        L(
            "Your file does not say who took a product up, so influence is an assumption: a = {:.2f}.",
            "你的文件里没有业务开通记录，所以影响力只能假设：a = {:.2f}。",
        ),
    )
here["probability"] = np.minimum(influence * np.sqrt(ties.loc[here.index, "weekly"]), 0.5)

# %% [markdown] id="worlds" lang="en"
# ## A thousand futures at once
#
# One chance per pair: so toss all the coins *before* anybody has the product. Keep the ties whose coin says yes, and
# the network falls into groups. A gift to one member reaches the whole group, in this one future. The same paper shows that this
# gives exactly the cascade. We toss for a thousand futures; `worlds[w, i]` is the number of the group of person `i`
# in future `w`.

# %% [markdown] id="worlds" lang="zh" en_hash="29bebdbf"
# ## 一次看一千种未来
#
# 每一对人只有一次机会，所以可以在任何人开通*之前*就把硬币全部抛好。留下抛中的关系，网络就散成一个个小组。在这一种未来里，
# 礼物送给组里任何一人，全组都会开通。同一篇论文证明了，这与级联传播完全等价。我们抛一千种未来；
# `worlds[w, i]` 是第 `w` 种未来里 `i` 所在小组的编号。


# %% id="toss"
# en: `links` has a row per tie: positions `one` and `other`, and the `probability` that the coin says yes
# zh: `links` 每条关系一行：两端的位置 `one` 与 `other`，以及抛中的概率 `probability`
def futures(links, n, count, stream):
    rng, ends = lab.rng(stream), links[["one", "other"]].to_numpy().T
    groups = np.empty((count, n), dtype=np.int64)
    for future in range(count):
        kept = ends[:, rng.random(len(links)) < links["probability"].to_numpy()]
        matrix = coo_array((np.ones(kept.shape[1]), tuple(kept)), shape=(n, n))
        groups[future] = connected_components(matrix, directed=False)[1]
    return groups


# en: in each future, how many people the chosen ones reach, themselves included
# zh: 在每一种未来里，选中的人一共能传到多少人（含自己）
def reached(chosen, worlds):
    hit = np.zeros(worlds.shape, dtype=bool)
    hit[np.arange(len(worlds))[:, None], worlds[:, list(chosen)]] = True
    return np.take_along_axis(hit, worlds, axis=1).sum(axis=1)


worlds = futures(here, n_people, 1_000, "choose")
best_ranked = list(people["pagerank"].nlargest(2).index)
each, both = [reached([one], worlds).mean() for one in best_ranked], reached(best_ranked, worlds).mean()
lab.fact(
    "two_seeds",
    (*each, both),
    L(
        "The first by PageRank reaches {:.0f} people on average, the second {:.0f}; both together {:.0f}.",
        "PageRank 第一的人平均传到 {:.0f} 人，第二的人 {:.0f} 人，两人一起 {:.0f} 人。",
    ),
)

# %% [markdown] id="turn_gain" lang="en"
# ### Your turn: what does one more gift bring?
#
# Two good seeds of one circle reach the same people twice. The **marginal gain** of a candidate is what they add to those
# already chosen: the people of their group, but only in futures where nobody chosen is in it. Averaged over *all* futures.

# %% [markdown] id="turn_gain" lang="zh" en_hash="a2f7da8d"
# ### 轮到你了：再多送一份，能多传到几人？
#
# 同一圈里的两颗好种子，传到的是同一批人。一位候选人的**边际增益**，是在已选的人之外他还能带来多少：
# 就是他那一组的人数，但只算组里还没有已选者的那些未来，再对*全部*未来取平均。


# %% id="marginal_gain" exercise="marginal_gain"
# en: people added on average by `candidate` to the list `chosen` (which may be empty); all are positions of people
# zh: 在列表 `chosen`（可以为空）之外，`candidate` 平均多带来多少人；两者都是人的位置编号
def marginal_gain(worlds, chosen, candidate):
    # BEGIN SOLUTION
    group = worlds[:, [candidate]]
    already = (worlds[:, chosen] == group).any(axis=1)
    people_in_group = (worlds == group).sum(axis=1)
    return people_in_group[~already].sum() / len(worlds)
    # END SOLUTION


# %% id="check_marginal_gain"
lab.check("marginal_gain")

# %% [markdown] id="say_gain" lang="en" tags=["instructor"]
# **7 min, with everything from influence on, of which 4 for the exercise.** Toss real coins for five people on the board; the groups
# appear by themselves. *Most of the room* averages only over the futures in which the candidate helps. Ask what happens to the others:
# nothing, and nothing is a number too. Short of time (saves 2 min): do not explain the likelihood, only the two chances on the board.

# %% [markdown] id="say_gain" lang="zh" en_hash="3663dfee" tags=["instructor"]
# **7 分钟，含从影响力开始的全部内容，其中练习 4 分钟。** 在白板上画五个人，真的抛几次硬币，小组自己就出现了。
# *多数人*只在候选人帮得上忙的那些未来里取平均。请追问：其他未来呢？多带来零人，零也是一个数。
# 时间不够时（省 2 分钟）：不讲似然，只在白板上讲两次“机会”。

# %% [markdown] id="greedy" lang="en"
# ## Greedy: always the one who adds most
#
# To find the best twenty of this region exactly is out of reach: the problem is NP-hard. But gains only shrink as the list grows,
# and so taking the largest gain again and again reaches at least $1 - 1/e \approx 63\ \%$ of the best possible spread, in
# practice nearly all (Kempe, Kleinberg and Tardos 2003); a lucky pair may still be ahead of greedy's two. `left` counts, for
# each future and group, the people nobody has reached yet.

# %% [markdown] id="greedy" lang="zh" en_hash="2967e596"
# ## 贪心：每次都选带来最多的那一位
#
# 要精确找出这个区域里最好的二十人，算不过来：这是 NP 难问题。不过名单越长，增益只会越小；所以每次都取增益最大的，
# 至少能达到最优传播范围的 $1 - 1/e \approx 63\ \%$，实际上几乎就是全部（Kempe、Kleinberg 与 Tardos，2003）；
# 当然，碰巧凑成的一对也可能胜过贪心法的前两位。
# `left` 记着每种未来、每个小组里还没有被传到的人数。


# %% id="greedy_seeds"
def greedy(worlds, count):
    future = np.arange(len(worlds))
    left = np.array([np.bincount(groups, minlength=worlds.shape[1]) for groups in worlds])
    chosen = []
    for _ in range(count):
        gain = left[future[:, None], worlds].sum(axis=0)
        chosen.append(int(gain.argmax()))
        left[future, worlds[:, chosen[-1]]] = 0
    return chosen


two = greedy(worlds, 2)
lab.fact(
    "greedy_two",
    (*person[two], reached(two, worlds).mean()),
    L(
        "Greedy begins with numbers {} and {}: together {:.0f} people.",
        "贪心法先选 {} 号和 {} 号，两人一起传到 {:.0f} 人。",
    ),
)

# %% [markdown] id="turn_twenty" lang="en"
# ### Your turn: your twenty
#
# Hand in twenty numbers of the region: by contacts, betweenness, PageRank, by what each reaches alone, by greedy, or
# by a rule of your own. Compare before you decide, and on *new* futures: a list that was chosen on `worlds` looks
# better there than it is. `people["number"]` or `person[positions]` turn positions into numbers.

# %% [markdown] id="turn_twenty" lang="zh" en_hash="62541562"
# ### 轮到你了：你的二十人
#
# 请交出本区域的二十个号码：可以按联系人数、中介中心性、PageRank、各人单独能传到的人数、贪心法，或者你自己的规则来选。
# 决定之前先比一比，而且要在*新的*未来上比：在 `worlds` 上选出来的名单，在 `worlds` 上看总是偏好的。
# 用 `people["number"]` 或 `person[positions]` 可以把位置编号换成号码。

# %% id="twenty" exercise="twenty"
# en: twenty different numbers of people of the region
# zh: 本区域二十个不同的号码
twenty = list(person[greedy(worlds, 20)])  # SOLUTION

# %% id="check_twenty"
lab.check("twenty")

# %% [markdown] id="compare" lang="en"
# Here is the comparison. Last year's rule stands first: the twenty numbers that had most contacts *in this region*,
# call centres and all. The lines are nine futures in ten.

# %% [markdown] id="compare" lang="zh" en_hash="4b80d7d2"
# 比一比。最上面是去年的规则：在*本区域*内联系人最多的二十个号码，呼叫中心也在其中。细线表示十种未来里的九种。

# %% id="judge"
judging = futures(here, n_people, 1_000, "judge")
seeds = greedy(worlds, 20)
alone = np.mean([np.bincount(groups)[groups] for groups in worlds], axis=0)
in_region = arrows["caller_id"].isin(person) | arrows["callee_id"].isin(person)
pairs_here = pd.concat([arrows[in_region], back[in_region]])[both_ends].drop_duplicates()
old_rule = pairs_here.groupby("caller_id").size().nlargest(20).index
lists = {
    L("last year's rule", "去年的规则"): np.flatnonzero(pd.Index(person).isin(old_rule)),
    L("most contacts, people only", "联系人最多（只算人）"): people["contacts"].nlargest(20).index,
    L("betweenness", "中介中心性"): people["betweenness"].nlargest(20).index,
    L("each best alone", "单独最强的二十人"): np.argsort(-alone)[:20],
    "PageRank": people["pagerank"].nlargest(20).index,
    L("greedy", "贪心"): seeds,
}
spread = pd.DataFrame({rule: reached(chosen, judging) for rule, chosen in lists.items()})

# %% id="spread_figure"
middle = spread.mean()
low, high = spread.quantile(0.05), spread.quantile(0.95)
best, by_contacts = middle.iloc[-1], middle.iloc[1]
figure, axes = plt.subplots(figsize=(7.4, 3.4))
colours = [RED, GREY, GREY, GREY, GREY, BLUE]
axes.barh(middle.index[::-1], middle[::-1], color=colours[::-1], height=0.62)
axes.hlines(middle.index, low, high, color="black", linewidth=1)
for row, value in enumerate(middle[::-1]):
    axes.text(3, row, f"{value:.0f}", va="center", color="white", fontweight="bold")
axes.set_xlabel(L("People reached by twenty gifts", "二十份礼物传到的人数"))
axes.grid(visible=False)
axes.set_title(
    L(
        f"Greedy reaches {best:.0f} people, the best-connected twenty {by_contacts:.0f}",
        f"贪心法传到 {best:.0f} 人，联系人最多的二十人传到 {by_contacts:.0f} 人",
    )
)
lab.show(
    figure,
    L(
        f"Bars: people reached by each of six rules on new futures, from {middle.iloc[0]:.0f} for last year's to {best:.0f} for greedy.",
        f"条形图：六种规则在新的未来里传到的人数，从去年规则的 {middle.iloc[0]:.0f} 人到贪心法的 {best:.0f} 人。",
    ),
)

# %% id="why"
seeds_seen, contacts_seen = people.loc[seeds], people.nlargest(20, "contacts")
lab.fact(
    "why_greedy",
    (
        len(old_rule) - len(lists[L("last year's rule", "去年的规则")]),
        contacts_seen["circle"].nunique(),
        seeds_seen["circle"].nunique(),
    ),
    L(
        "Last year's rule sends {} gifts to machines. The best-connected twenty sit in {} circles, greedy's in {}.",
        "去年的规则把 {} 份礼物送给了机器。联系人最多的二十人分布在 {} 个圈子，贪心法选的分布在 {} 个。",
    ),
)

# %% [markdown] id="say_twenty" lang="en" tags=["instructor"]
# **6 min, of which 3 for the exercise.** Before the figure, have everybody write down how much further than
# the best-connected twenty one can get. *Most of the room* believes in "each best alone": ask how often those twenty
# would tell one another. Short of time (saves 3 min): skip the exercise, keep the figure.

# %% [markdown] id="say_twenty" lang="zh" en_hash="bc29286e" tags=["instructor"]
# **6 分钟，其中练习 3 分钟。** 看图之前，请每人写下：比“联系人最多的二十人”最多能多传多远？
# *多数人*相信“单独最强的二十人”。请追问：这二十个人有多少次只是在互相转告？时间不够时（省 3 分钟）：跳过练习，保留图。

# %% [markdown] id="money" lang="en"
# ## From people to money
#
# These are **business assumptions**; Shen Qiao signs for them. A projector costs 400 yuan with its delivery. Somebody
# who was persuaded brings a margin of 6 yuan a month for a year. Somebody with a gift brings nothing: the year is part of it.

# %% [markdown] id="money" lang="zh" en_hash="88139414"
# ## 从人到钱
#
# 下面是**业务假设**，由沈乔签字负责。一台投影仪连同配送 400 元。被说服的人每月带来 6 元毛利，算一年。
# 收到礼物的人不带来毛利：礼物里包含一年免费。

# %% id="terms"
terms = {"gift_yuan": 400, "margin_yuan": 72}
needed = terms["gift_yuan"] / terms["margin_yuan"]
lab.fact(
    "break_even",
    needed,
    L(
        "A gift pays if it persuades at least {:.1f} more people, not counting whoever gets it.",
        "一份礼物至少要多说服 {:.1f} 人（不算收礼的本人）才不亏。",
    ),
)

# %% [markdown] id="turn_gifts" lang="en"
# ### Your turn: how many gifts pay?
#
# The budget allows twenty. Does it oblige? `reached_by[k-1]` is how many people `k` gifts reach on average, those with the
# gifts included. Return the number of gifts with the highest profit in yuan; none, if every number loses money.

# %% [markdown] id="turn_gifts" lang="zh" en_hash="153a2078"
# ### 轮到你了：送几份才划算？
#
# 预算允许送二十份，但非得送满吗？`reached_by[k-1]` 是 `k` 份礼物平均传到的人数，含收礼的人。
# 返回利润（元）最高的份数；如果送几份都亏，就返回零。


# %% id="gifts_that_pay" exercise="gifts_that_pay"
# en: the number of gifts, from 0 to len(reached_by); `terms` is a dictionary like the one above
# zh: 礼物份数，从 0 到 len(reached_by)；`terms` 是上面那样的字典
def gifts_that_pay(reached_by, terms):
    # BEGIN SOLUTION
    gifts = np.arange(len(reached_by) + 1)
    persuaded = np.concatenate([[0], reached_by]) - gifts
    profit = persuaded * terms["margin_yuan"] - gifts * terms["gift_yuan"]
    return int(profit.argmax())
    # END SOLUTION


# %% id="check_gifts_that_pay"
lab.check("gifts_that_pay")

# %% [markdown] id="curve" lang="en"
# The number is chosen on the futures that chose the list, the profit is read on the new ones.

# %% [markdown] id="curve" lang="zh" en_hash="f502baf0"
# 份数在选名单的那些未来上定，利润在新的未来上读。


# %% id="profit"
# en: profit in yuan in each future, of giving to these people
# zh: 送给这些人，每一种未来里的利润（元）
def profit_of(chosen, worlds, terms):
    persuaded = reached(chosen, worlds) - len(chosen)
    return persuaded * terms["margin_yuan"] - len(chosen) * terms["gift_yuan"]


gifts = np.arange(21)
first_guess = [profit_of(seeds[:k], worlds, terms).mean() for k in gifts]
best_count = int(gifts[np.argmax(first_guess)])
most_contacts = list(people["contacts"].nlargest(20).index)
by_count = pd.DataFrame(
    {
        "greedy": [profit_of(seeds[:k], judging, terms).mean() for k in gifts],
        "contacts": [profit_of(most_contacts[:k], judging, terms).mean() for k in gifts],
    },
    index=gifts,
)
expected = round(by_count["greedy"][best_count], -2)
expected_old = round(profit_of(lists[L("last year's rule", "去年的规则")], judging, terms).mean(), -2)
wasted = len(old_rule) - len(lists[L("last year's rule", "去年的规则")])
expected_old -= wasted * terms["gift_yuan"]

# %% id="profit_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.8))
for rule, colour, label in (
    ("greedy", BLUE, L("greedy", "贪心")),
    ("contacts", GREY, L("most contacts", "联系人最多")),
):
    axes.plot(gifts, by_count[rule] / 1000, color=colour)
    axes.annotate(
        label, (20, by_count[rule][20] / 1000), xytext=(6, -4), textcoords="offset points", color=colour
    )
axes.plot(best_count, by_count["greedy"][best_count] / 1000, "o", color=RED)
axes.axhline(0, color="black", linewidth=1)
axes.set_xticks([0, 5, 10, 15, 20])
axes.set(xlabel=L("Gifts", "礼物份数"), ylabel=L("Profit, thousand yuan", "利润（千元）"), xlim=(-0.5, 24))
axes.set_title(
    L(
        f"Best number of gifts: {best_count}, about {expected:,.0f} yuan. Twenty earn {round(by_count['greedy'][20], -2):,.0f}",
        f"送 {best_count} 份约赚 {expected:,.0f} 元，送满二十份约 {round(by_count['greedy'][20], -2):,.0f} 元",
    )
)
lab.show(
    figure,
    L(
        f"Profit against the number of gifts, for greedy and for most contacts; greedy peaks at {best_count}.",
        f"利润随礼物份数的变化：贪心法与联系人最多两条线；贪心法在 {best_count} 份附近最高。",
    ),
)

# %% [markdown] id="uncertain" lang="en"
# ## How sure is that?
#
# **Chance**: the futures differ. **Assumptions**: is home cinema as contagious as the family cloud? How much is a
# customer worth? We move one assumption at a time, with the list as it is.

# %% [markdown] id="uncertain" lang="zh" en_hash="675a65cf"
# ## 有多大把握？
#
# **偶然**：每一种未来都不一样。**假设**：家庭影院会像家庭云那样有感染力吗？一位客户值多少钱？
# 名单不变，我们一次只动一个假设。

# %% id="chance"
chosen = seeds[:best_count]
low, high = np.quantile(profit_of(chosen, judging, terms), [0.05, 0.95]).round(-2)
better = profit_of(chosen, judging, terms) - profit_of(most_contacts, judging, terms)
lab.fact(
    "profit",
    (best_count, expected, low, high, (better > 0).mean()),
    L(
        "Gifts: {}. About {:,.0f} yuan on average, nine times in ten between {:,.0f} and {:,.0f}. In {:.0%} of the futures that is "
        "more than twenty gifts to the best connected would have earned.",
        "送 {} 份：平均约赚 {:,.0f} 元，十次中有九次在 {:,.0f} 与 {:,.0f} 元之间。在 {:.0%} 的未来里，"
        "这比给联系人最多的二十人送礼赚得多。",
    ),
)

# %% id="assumptions"
weak, strong = (
    profit_of(
        chosen, futures(here.assign(probability=here["probability"] * factor), n_people, 500, "assume"), terms
    ).mean()
    for factor in (0.7, 1.3)
)
believed = pd.DataFrame(
    [
        (L("influence", "影响力"), "-30%", weak, "+30%", strong),
        (L("margin, yuan", "毛利（元）"), 48, profit_of(chosen, judging, terms | {"margin_yuan": 48}).mean(), 96,
         profit_of(chosen, judging, terms | {"margin_yuan": 96}).mean()),
        (L("gift, yuan", "礼物（元）"), 500, profit_of(chosen, judging, terms | {"gift_yuan": 500}).mean(), 300,
         profit_of(chosen, judging, terms | {"gift_yuan": 300}).mean()),
    ],
    columns=["name", "worst", "profit_worst", "best", "profit_best"],
)  # fmt: skip
believed = believed.sort_values("profit_worst", ascending=False)
figure, axes = plt.subplots(figsize=(7.2, 2.6))
for end, colour in (("worst", ORANGE), ("best", BLUE)):
    bars = axes.barh(
        believed["name"],
        (believed[f"profit_{end}"] - expected) / 1000,
        left=expected / 1000,
        color=colour,
        height=0.6,
    )
    axes.bar_label(bars, [str(value) for value in believed[end]], padding=4, color=colour)
axes.axvline(expected / 1000, color="black", linewidth=1)
axes.axvline(0, color=RED, linewidth=1.2, linestyle=":")
axes.margins(x=0.12)
axes.grid(visible=False)
axes.set_xlabel(L("Profit, thousand yuan", "利润（千元）"))
widest = believed.iloc[-1]
axes.set_title(
    L(
        f"Worst case, {widest['name']}: {round(widest['profit_worst'], -2):,.0f} yuan",
        f"最坏的情形是{widest['name']}：{round(widest['profit_worst'], -2):,.0f} 元",
    )
)
lab.show(
    figure,
    L(
        f"Tornado chart: profit when influence, margin or the price of a gift is worse or better; widest for {widest['name']}.",
        f"龙卷风图：影响力、毛利或礼物价格变差或变好时的利润，跨度最大的是{widest['name']}。",
    ),
)

# %% [markdown] id="say_money" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** *Most of the room* gives all twenty gifts, because the total is still positive at
# twenty. Ask what the last gift brought. Short of time (saves 2 min): read the answer off the curve.

# %% [markdown] id="say_money" lang="zh" en_hash="11edd84a" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** *多数人*会把二十份全送出去，因为送到第二十份时总利润仍是正的。请追问：最后那一份带来了什么？
# 时间不够时（省 2 分钟）：直接从曲线上读答案。

# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# Two circles whose people know each other well, and between them whoever knows most people in both.
# **Click up to three people** (or Tab and the space bar): they get the gifts and turn orange. Then press play and watch the
# product travel, one round of chances per step: light blue is new in this step. Another throw is another future.
# **1.** Which single person is the best seed here: the one in the middle, or somebody inside a circle? **2.** Take two
# well-connected people of one circle, then one of each circle: which pair reaches more on average, and why?

# %% [markdown] id="panel" lang="zh" en_hash="ebb0af2e"
# ## 转一转旋钮
#
# 图中是彼此熟悉的两个交往圈，居中的是在两边熟人都最多的那一位。**点选最多三个人**（或用 Tab 键和空格键），礼物就送给他们，
# 圆点变成橙色。然后按播放，看业务怎样传开：每一步是一轮机会，浅蓝是这一步新开通的。换一次抛硬币，就是另一种未来。
# **1.** 只送一份，这里最好的种子是中间那一位，还是某个圈子里面的人？**2.** 先选同一圈里联系人多的两位，再换成两圈各一位：
# 哪一对平均传到的人更多？为什么？

# %% id="stage"
from itertools import combinations

# en: of the five circles whose people know each other best, the two that somebody knows most people in both of
# zh: 在成员彼此最熟的五个圈子里，取有人在两边熟人都最多的那两个
contacts_in = pd.crosstab(arms["person"], circle[arms["contact"]].to_numpy())
familiar = pd.Series(
    {number: contacts_in.loc[list(members), number].mean() for number, members in enumerate(circles)}
)
pairs = list(combinations(familiar.nlargest(5).index, 2)) or [(0,)]
sides = list(max(pairs, key=lambda pair: contacts_in[list(pair)].min(axis=1).max()))
in_both = contacts_in[sides].min(axis=1) + people["betweenness"]
stage = [int(in_both.idxmax())]
for side in sides:
    members = pd.Index([member for member in sorted(circles[side]) if member != stage[0]])
    wanted = contacts_in.loc[members, side] + 100 * members.isin(list(graph[stage[0]]))
    stage += list(wanted.nlargest(26).index)
spot = pd.Series(range(len(stage)), index=stage)
scene = here[here["one"].isin(stage) & here["other"].isin(stage)]
scene = scene.assign(one=spot[scene["one"]].to_numpy(), other=spot[scene["other"]].to_numpy())
stage_worlds = futures(scene, len(stage), 1_000, "stage")
coins = lab.rng("coins").random((12, len(scene)))

# %% id="play"
from labkit.charts.people_graph import people_graph, side_by_side
from labkit.live import Points, Slider, Steps

stage_graph = nx.Graph(zip(scene["one"], scene["other"], strict=True))
stage_graph.add_nodes_from(range(len(stage)))
left_side = [spot[m] for m in stage[1:] if circle[m] == sides[0]]
right_side = [spot[m] for m in stage[1:] if circle[m] != sides[0]]
spots = side_by_side(stage_graph, left_side, 0, right_side)
labels = {
    node: str(number)
    for number, node in enumerate(sorted(spots, key=lambda node: tuple(spots[node])), start=1)
}


def draw(given, throw, step):
    kept = scene[coins[throw - 1] < scene["probability"]]
    n = len(stage)
    matrix = coo_array((np.ones(len(kept)), (kept["one"], kept["other"])), shape=(n, n)).tocsr()
    when = np.full(n, np.inf)
    if given:
        when = dijkstra(matrix, directed=False, unweighted=True, indices=list(given), min_only=True)
    has_it = int((when <= step).sum())
    colours = {
        node: BLUE if when[node] < step else SKY if when[node] == step else "white" for node in range(n)
    }
    colours |= dict.fromkeys(given, ORANGE)
    average = reached(given, stage_worlds).mean()
    best = reached(greedy(stage_worlds, len(given)), stage_worlds).mean()
    figure = people_graph(
        stage_graph,
        spots,
        colours,
        labels,
        title=L(
            f"After step {step}, {has_it} of {n} people have it",
            f"第 {step} 步之后，{n} 人中有 {has_it} 人开通",
        ),
    )
    who = ", ".join(labels[node] for node in given) or L("nobody", "无")
    sentence = L(
        f"Gifts: {who}. Throw {throw}, step {step}: {has_it} of {n} people have it. Over a thousand throws these seeds reach "
        f"{average:.1f} people on average; as many seeds chosen by greedy reach {best:.1f}.",
        f"礼物送给：{who}。第 {throw} 次抛硬币，第 {step} 步：{n} 人中有 {has_it} 人开通。抛一千次，这些种子平均传到 {average:.1f} 人；"
        f"贪心法选同样多的种子，传到 {best:.1f} 人。",
    )
    return figure, sentence


lab.panel(
    draw,
    given=Points(L("Give to", "送给"), spots, labels, start=(1, 2)),
    throw=Slider(L("Throw of the coins", "第几次抛硬币"), 1, 12, 1, 1),
    step=Steps(L("Step", "步"), 8, start=2),
)

# %% [markdown] id="upsell" lang="en"
# ## A list for tomorrow: whose contacts have it?
#
# The same probabilities make an up-sell list. Whoever has no family cloud yet is scored with the chance that at least one of the
# contacts who have it persuades them: $1 - \prod (1 - p)$. Does it hold? Ties and adopters known on 31 October, judged
# on what happened in November and December.

# %% [markdown] id="upsell" lang="zh" en_hash="1b8d3430"
# ## 明天就能用的名单：谁的联系人已经开通？
#
# 同样的概率还能产出一份向上销售名单。还没有家庭云的人，按“至少有一位已开通的联系人说服他”的概率打分：$1 - \prod (1 - p)$。
# 管用吗？用 10 月 31 日已知的关系和开通记录打分，用 11 月和 12 月的结果来评判。

# %% id="upsell_list"
if knows_adopters and days >= 60:
    cutoff = calls["started_at"].min().normalize() + pd.Timedelta(days=31)
    known = between[between["started_at"] < cutoff]
    ends = pd.concat([known[both_ends], known[both_ends].set_axis(both_ends[::-1], axis=1)])
    seen = ends.value_counts().rename("calls").reset_index().set_axis(["friend", "number", "calls"], axis=1)
    owners = adoptions.index[adoptions["adopted_on"] < cutoff]
    seen = seen.groupby(["friend", "number"], as_index=False)["calls"].sum()
    seen = seen[~seen["number"].isin(owners)].assign(owns=lambda row: row["friend"].isin(owners))
    p = np.minimum(influence * np.sqrt(seen["calls"] * 7 / 31), 0.5).where(seen["owns"], 0)
    seen["fails"] = np.log1p(-p)
    candidates = seen.groupby("number").agg(owning_friends=("owns", "sum"), fails=("fails", "sum"))
    candidates["score"] = 1 - np.exp(candidates["fails"])
    candidates["took"] = candidates.index.isin(adoptions.index[adoptions["adopted_on"] >= cutoff])
    by_friends = candidates.groupby(candidates["owning_friends"].clip(upper=3))["took"].agg(["mean", "size"])
    top = candidates.nlargest(round(len(candidates) / 10), "score")
    lab.fact(
        "upsell",
        (len(top), top["took"].mean(), candidates["took"].mean()),
        L(
            "The {:,} people at the top of the list: {:.1%} took it up in the next two months; of all candidates {:.1%}.",
            "名单最前面的 {:,} 人，随后两个月有 {:.1%} 开通；全部候选人为 {:.1%}。",
        ),
    )
    figure, axes = plt.subplots(figsize=(7.2, 3.2))
    words = [str(count) if count < 3 else L("3 or more", "3 位及以上") for count in by_friends.index]
    bars = axes.bar(words, 100 * by_friends["mean"], color=[GREY] * (len(words) - 1) + [BLUE])
    axes.bar_label(bars, fmt="%.1f%%", padding=3)
    axes.margins(y=0.12)
    axes.set(
        xlabel=L("Contacts who had it on 31 October", "10 月 31 日已开通的联系人数"),
        ylabel=L("Took it up by December, %", "12 月底前开通的占比（%）"),
    )
    axes.set_title(
        L(
            f"No contact who has it: {by_friends['mean'].iloc[0]:.1%} follow. Several: {by_friends['mean'].iloc[-1]:.1%}",
            f"没有已开通的联系人：{by_friends['mean'].iloc[0]:.1%} 跟进；有好几位：{by_friends['mean'].iloc[-1]:.1%}",
        )
    )
    lab.show(
        figure,
        L(
            "Bars: share taking the family cloud up in November and December, by how many contacts had it before.",
            "条形图：按此前已开通的联系人数划分，11 月和 12 月开通家庭云的占比。",
        ),
    )

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Now look behind the curtain. Rows are the planted parts, columns are what we called them; the last of each, without a name, is everybody else.

# %% [markdown] id="truth" lang="zh" en_hash="714670fb"
# ## 真相
#
# 现在看看幕后。行是预埋的角色，列是我们给出的判断；行列最后没有名称的一项，是其他所有人。

# %% id="planted_people"
key_people = lab.truth("key_people")

# %% id="found_people"
planted_role = key_people.set_index("subscriber_id")["role"].astype(str)
people["planted"] = people["number"].map(planted_role).fillna("")
roles = ["hub", "insider", "broker", ""]
bridges = people.loc[people["kind"] == "broker", "planted"] == "broker"
lab.fact(
    "bridges",
    (bridges.sum(), len(bridges), (people["planted"] == "broker").sum()),
    L(
        "{} of the {} brokers we found were planted as brokers, of {} in the region. Anybody else is a bridge too: the one through whom a "
        "broker gets home.",
        "我们找到的中间人里，{} 位（共 {} 位）是预埋的，区域内预埋了 {} 位。多出来的也确实是桥：中间人要经过他才回得了家。",
    ),
)
pd.crosstab(people["planted"], people["kind"]).reindex(index=roles, columns=roles, fill_value=0)

# %% id="planted_influence"
influence_truth = lab.truth("influence_truth")

# %% id="best_known"
true_ties = influence_truth.rename(columns={"probability": "true_probability"})
pairs = pd.DataFrame({"subscriber_id": person[here["one"]], "other_id": person[here["other"]]})
planted_ties = here.assign(
    probability=pairs.merge(true_ties, how="left")["true_probability"].fillna(0).to_numpy()
)
truly = futures(planted_ties, n_people, 1_000, "truth")
oracle = greedy(futures(planted_ties, n_people, 2_000, "oracle"), 20)
truly_reached = {rule: reached(chosen, truly).mean() for rule, chosen in lists.items()}
best_known = max(reached(oracle, truly).mean(), *truly_reached.values())
lab.fact(
    "share_of_best_known",
    (
        truly_reached[L("greedy", "贪心")] / best_known,
        truly_reached[L("most contacts, people only", "联系人最多（只算人）")] / best_known,
    ),
    L(
        "By the planted probabilities our twenty reach {:.0%} of what the best known twenty reach, the best connected {:.0%}.",
        "按预埋的真实概率，我们的二十人达到已知最优二十人的 {:.0%}，联系人最多的二十人只达到 {:.0%}。",
    ),
)
planted_a = (influence_truth["probability"] / np.sqrt(influence_truth["calls_a_week"])).median()
lab.fact(
    "planted_influence",
    (planted_a, influence),
    L(
        "Planted: a = {:.2f}. Learnt: a = {:.2f}.",
        "预埋的 a = {:.2f}，学到的 a = {:.2f}。",
    ),
)

# %% id="sources"
adoption_truth = lab.truth("adoption_truth")

# %% id="unseen"
source = adoption_truth.dropna()
persuaded = pd.DataFrame(
    np.sort(source[["subscriber_id", "infected_by_id"]].astype("int64"), axis=1), columns=["one", "other"]
)
with_calls = persuaded.merge(pd.DataFrame({"one": name[ties["one"]], "other": name[ties["other"]]}))
lab.fact(
    "unseen",
    (len(persuaded), 1 - len(with_calls) / len(persuaded)),
    L(
        "Of {:,} people who were persuaded in 2025, {:.0%} were persuaded by somebody they never called in the last quarter. No analysis of these "
        "calls could know, and the contacts we do see get the credit: that pushes our a upwards.",
        "2025 年被说服的 {:,} 人中，有 {:.0%} 是被第四季度里从未通过话的人说服的。光凭这些通话，谁也看不出来；"
        "功劳就记到了看得见的联系人头上，会把学到的 a 往高处推。",
    ),
)

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# Hand Shen Qiao the list below in this order, and this sentence. If a projector is returned, the next name moves up.

# %% [markdown] id="so_what" lang="zh" en_hash="394566de"
# ## 所以呢
#
# 把下面的名单按顺序交给沈乔，连同这句话。如果有人退回投影仪，后面的人依次递补。

# %% id="decision"
lab.fact(
    "decision",
    (best_count, expected, low, high, expected_old),
    L(
        "Gifts to give, of the twenty: {}. About {:,.0f} yuan ({:,.0f} to {:,.0f}). Last year's rule: about {:,.0f} yuan.",
        "二十份礼物送出 {} 份：约赚 {:,.0f} 元（{:,.0f} 至 {:,.0f}）。去年的规则：约 {:,.0f} 元。",
    ),
)
hand_over = people.loc[chosen, ["number", "contacts", "circle", "kind"]].reset_index(drop=True)
hand_over.index += 1
hand_over

# %% [markdown] id="care" lang="en"
# Before a parcel leaves:
#
# * **Law.** Who calls whom is traffic data, among the most protected a telecom has. Its use for marketing needs a legal basis
#   and consent; work on pseudonymous numbers, delete the network afterwards, and let nobody look up a person's contacts.
# * **Trust.** A circle that learns it was mapped feels watched. The gift must make sense to whoever receives it, and
#   recommending to friends must stay voluntary and open, never secretly paid.
# * **Fairness.** The well connected get presents, the lonely none. For a projector that is bearable; for a tariff or a loan
#   it would not be.
# * **Cause.** Friends buy alike because they *are* alike, also without influence. Whether gifts spread anything is settled by an
#   experiment: give to half of the seeds, drawn by lot, and compare their circles.

# %% [markdown] id="care" lang="zh" en_hash="d7b89f02"
# 包裹发出之前：
#
# * **法律。** 谁与谁通话，属于通信数据，是电信企业手里最受保护的数据之一。用于营销必须有合法依据并取得同意；
#   要在去标识化的号码上分析，用完删除关系网络，不许任何人查看某个人的联系人。
# * **信任。** 一群朋友若发现自己的圈子被人画了出来，会觉得被监视。礼物要让收礼的人觉得合情合理；
#   向朋友推荐必须自愿、公开，绝不能暗中付费。
# * **公平。** 人缘好的人有礼物，孤单的人没有。送投影仪尚可接受，换成资费或贷款就不行。
# * **因果。** 物以类聚，朋友买一样的东西，也可能只因本来就相像，并没有谁影响谁。礼物到底有没有带动作用，要靠实验：
#   在种子里抽签，只给一半的人送，再比较他们的圈子。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One row per call, transfer, message or pair, with the columns `caller_id` and `callee_id`: numbers or texts, as you have them.
# If there is `started_at`, ties count per week; if there is a column `weight`, it counts as so many calls. Without direction
# (each pair once) no machine can be recognised, and the lab says so. `adoptions` with `subscriber_id` and `adopted_on` teaches
# the influence; without it, it is assumed. A million rows run in a few minutes. Truth and published hotlines step aside.
#
# ```
# labkit run 4.7 --data calls=my_edges.csv --map caller_id=from,callee_id=to
# ```
#
# or, in this notebook, `data = {"calls": "my_edges.csv"}` and `columns = {"caller_id": "from", "callee_id": "to"}` at the top.

# %% [markdown] id="own" lang="zh" en_hash="0c978e0a"
# ## 用你自己的数据
#
# 每次通话、转账、消息或每对关系一行，要有 `caller_id` 和 `callee_id` 两列，数字或文本都可以。
# 有 `started_at` 时，关系强度按周计算；有 `weight` 列时，它就算作通话次数。不分方向的关系表（每对只出现一次）认不出机器，实验会直说。
# 再给一份含 `subscriber_id` 和 `adopted_on` 的 `adoptions`，就能学到影响力；没有则采用假设值。一百万行几分钟就能跑完。真相与公开热线两部分会自动让开。
#
# ```
# labkit run 4.7 --data calls=my_edges.csv --map caller_id=from,callee_id=to
# ```
#
# 也可以在本笔记本顶部设置 `data = {"calls": "my_edges.csv"}` 和 `columns = {"caller_id": "from", "callee_id": "to"}`。

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("overlap", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="3df6bde8"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("overlap", "A")`。

# %% id="quiz_overlap"
lab.quiz("overlap")

# %% id="quiz_bridge"
lab.quiz("bridge")

# %% id="quiz_alike"
lab.quiz("alike")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **4 min, with panel, truth and so what.** Let one person play at the front: first the two best connected of one circle, then one
# of each. *Most of the room* expects the one in the middle to be the best seed; by the average,
# somebody inside a circle is at least as good. Ask what the middle is good for then.
# Short of time (saves 2 min): up-sell list and quiz go home; never skip the four points before a parcel leaves.

# %% [markdown] id="say_end" lang="zh" en_hash="74f9efd6" tags=["instructor"]
# **4 分钟，含旋钮、真相与“所以呢”。** 请一位学员上台来点：先点同一圈里联系人最多的两位，再换成两圈各一位。
# *多数人*以为居中的那位是最好的种子；可是看平均数，某个圈子里面的人至少不比他差。那么居中的人有什么用？请大家说一说。
# 时间不够时（省 2 分钟）：向上销售名单和测验留作课后，发包裹之前的四点绝不能省。
