"""Answer keys of consumer loans: every applicant's true risk, and what was planted in the columns."""

from __future__ import annotations

from labkit.catalogue.bank_credit import application_reference
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

CREDIT_TRUTH = Table(
    name="credit_truth",
    title=Text("True risk of default", "真实违约概率"),
    row=Text("One application with its true risk", "一笔申请及其真实风险"),
    key=("application_id",),
    truth=True,
    columns=(
        application_reference(),
        Column("is_thin_file", "flag", Text("The credit bureau has no record", "征信无记录（信用白户）")),
        Column(
            "probability_of_default",
            "number",
            Text(
                "True probability that one of the first six instalments stays unpaid",
                "前六期中出现不再还款的真实概率",
            ),
        ),
        Column(
            "probability_by_bureau",
            "number",
            Text(
                "The best that can be said with the form and the bureau's answer: the average of the true probability "
                "over all applicants who look the same",
                "仅凭申请表和征信所能作出的最佳判断：外观相同的全部申请人真实概率的平均",
            ),
        ),
        Column(
            "probability_by_both",
            "number",
            Text("The same with the alternative data as well", "同上，再加替代数据"),
        ),
        Column(
            "would_default",
            "flag",
            Text(
                "What happens, or would have happened to a refused applicant: one of the first six instalments stays "
                "unpaid for more than 30 days",
                "实际结果（对被拒者为假如放款的结果）：前六期中有一期逾期超过 30 天",
            ),
        ),
    ),
)

CREDIT_EFFECTS = Table(
    name="credit_effects",
    title=Text("Planted causes of default", "预埋的违约成因"),
    row=Text("One cause of default", "一个违约成因"),
    key=("cause",),
    truth=True,
    columns=(
        Column(
            "cause",
            "text",
            Text(
                "credit_quality; burden: instalment and other monthly payments over the declared income; or a kind of "
                "employment",
                "credit_quality 信用品质；burden 还款负担：本笔月供与其他月还款之和除以申报收入；或某种就业状况",
            ),
        ),
        Column("per", "category", Text("Per how much of it", "对应的单位变化")),
        Column("log_odds", "number", Text("Change of the log-odds of default", "违约对数几率的变化")),
    ),
)

CREDIT_EVIDENCE = Table(
    name="credit_evidence",
    title=Text("What shows credit quality", "哪些信息反映信用品质"),
    row=Text("One attribute of an applicant", "申请人的一项信息"),
    key=("attribute",),
    truth=True,
    columns=(
        Column(
            "attribute", "text", Text("Column of credit_applications or alternative_data", "所在表的列名")
        ),
        Column(
            "dimension",
            "category",
            Text(
                "Source: bureau, or identity, ability, history, behaviour or connections of the alternative data",
                "来源：bureau 征信；替代数据的 identity 身份特质，ability 履约能力，history 信用历史，"
                "behaviour 行为偏好，connections 人脉关系",
            ),
        ),
        Column(
            "strength",
            "number",
            Text(
                "Change per standard deviation of credit quality, in standard deviations of the attribute's own noise; "
                "0: says nothing, or nothing that another attribute does not say",
                "信用品质每变化一个标准差时的变化，以该项自身噪声的标准差计；0 表示不含信息，或信息已含于其他项",
            ),
        ),
    ),
)

TABLES: tuple[Table, ...] = (CREDIT_TRUTH, CREDIT_EFFECTS, CREDIT_EVIDENCE)
