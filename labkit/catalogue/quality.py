"""The customer master as it is delivered, what an audit found, and the planted defects."""

from __future__ import annotations

from labkit.catalogue.people import CITY, FEN, SEX
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

_RECORD = Text("Number of the record in the delivery", "送数记录编号")
_SYSTEM = Text(
    "System that keeps the file: counter (branch terminal), app, agent (partners' tool) or county (old county system)",
    "来源系统：counter 柜面，app 手机银行，agent 合作方工具，county 县域老系统",
)
_OCCUPATION = Text(
    "Occupation: factory, sales, service, builder, engineer, public_service, self_employed, at_home or retired; "
    "999 is unknown",
    "职业：factory 工厂，sales 商贸，service 服务，builder 建筑，engineer 技术，public_service 公共部门，self_employed 自营，"
    "at_home 未就业，retired 退休；999 为未知",
)
_DEFECT = Text("Code of the defect", "缺陷代码")

DIRTY_CUSTOMERS = Table(
    name="dirty_customers",
    title=Text("Customer master as delivered", "送数的客户主数据"),
    row=Text("One customer file, as a source system delivered it", "来源系统送来的一份客户档案"),
    key=("record_id",),
    columns=(
        Column(
            "record_id",
            "integer",
            _RECORD,
            aliases=(
                "customer_id",
                "customer_no",
                "客户号",
                "客户编号",
            ),
        ),
        Column(
            "source_system",
            "category",
            _SYSTEM,
            aliases=(
                "source",
                "system",
                "渠道",
            ),
        ),
        Column(
            "branch_id",
            "integer",
            Text("Branch that keeps the file", "开户网点"),
            refers_to="branches.branch_id",
        ),
        Column("name_en", "text", Text("Name in Latin letters", "姓名（拼音）")),
        Column(
            "name_zh",
            "text",
            Text("Name", "姓名"),
            aliases=(
                "name",
                "customer_name",
                "full_name",
                "客户姓名",
                "客户名称",
            ),
        ),
        Column(
            "id_number",
            "text",
            Text(
                "ID number of 18 characters: region, date of birth, sequence (odd for men), check character",
                "18 位身份证号：行政区划、出生日期、顺序码（男性为奇数）、校验码",
            ),
            aliases=(
                "id_card",
                "id_no",
                "national_id",
                "身份证号",
                "身份证号码",
                "证件号码",
            ),
        ),
        Column(
            "phone",
            "text",
            Text("Mobile phone of 11 digits", "11 位手机号"),
            nullable=True,
            needed=True,
            aliases=(
                "mobile",
                "phone_number",
                "mobile_number",
                "cellphone",
                "手机",
                "手机号",
                "手机号码",
                "联系电话",
            ),
        ),
        Column("sex", "category", SEX, aliases=("gender",)),
        Column(
            "birth_date",
            "date",
            Text("Date of birth", "出生日期"),
            aliases=(
                "date_of_birth",
                "birthday",
                "dob",
                "生日",
            ),
        ),
        Column("city", "category", CITY, refers_to="cities.city"),
        Column("address_en", "text", Text("Address in English", "住址（英文）")),
        Column(
            "address_zh",
            "text",
            Text("Address in Chinese", "住址"),
            aliases=(
                "address",
                "地址",
                "家庭住址",
                "联系地址",
            ),
        ),
        Column("occupation", "category", _OCCUPATION, aliases=("job",)),
        Column(
            "joined_on",
            "date",
            Text("First day as a customer", "开户日期"),
            aliases=(
                "opened_on",
                "open_date",
                "开户日",
                "开户时间",
            ),
        ),
        Column(
            "declared_income_fen",
            "money",
            Text(
                "Monthly income the customer declared; before 2020 the form did not ask for it",
                "客户申报的月收入；2020 年以前表单不要求填写",
            ),
            unit=FEN,
            nullable=True,
            aliases=(
                "monthly_income",
                "income",
                "月收入",
                "申报月收入",
            ),
        ),
        Column(
            "balance_fen",
            "money",
            Text(
                "Balance of the savings account at the last change; no credit",
                "最近一次变更时储蓄账户余额；不可透支",
            ),
            unit=FEN,
            aliases=(
                "balance",
                "余额",
                "账户余额",
            ),
        ),
        Column(
            "updated_on",
            "date",
            Text("Last change or review of the file", "档案最近变更或复核日期"),
            aliases=(
                "last_updated",
                "modified_on",
                "更新日期",
                "最近更新日期",
                "修改日期",
            ),
        ),
        Column(
            "loaded_on",
            "date",
            Text("Day on which that change reached the warehouse", "该次变更进入数据仓库的日期"),
            aliases=(
                "load_date",
                "入库日期",
                "入仓日期",
            ),
        ),
    ),
    free_columns=True,
    repeats=True,
)

AUDIT_SAMPLE = Table(
    name="audit_sample",
    title=Text("Audited sample", "抽样核实"),
    row=Text("One record drawn at random, whose customer was called", "随机抽取并致电核实的一份档案"),
    key=("record_id",),
    columns=(
        Column("record_id", "integer", _RECORD, refers_to="dirty_customers.record_id", needed=True),
        Column("audited_on", "date", Text("Day of the call", "核实日期")),
        Column("true_phone", "text", Text("The customer's phone number", "客户真实手机号"), needed=True),
        Column("true_address_en", "text", Text("The customer's address in English", "客户真实住址（英文）")),
        Column("true_address_zh", "text", Text("The customer's address in Chinese", "客户真实住址")),
        Column("true_occupation", "category", _OCCUPATION),
    ),
)

QUALITY_DEFECTS = Table(
    name="quality_defects",
    title=Text("Planted defects", "预埋的数据缺陷"),
    row=Text("One kind of defect of the customer master", "客户主数据的一种缺陷"),
    key=("defect",),
    truth=True,
    columns=(
        Column("defect", "category", _DEFECT),
        Column(
            "dimension",
            "category",
            Text(
                "Dimension: completeness, uniqueness, validity, consistency, timeliness or accuracy",
                "质量维度：completeness 完整性，uniqueness 唯一性，validity 有效性，consistency 一致性，timeliness 及时性，"
                "accuracy 准确性",
            ),
        ),
        Column(
            "columns",
            "text",
            Text("Columns of dirty_customers that a rule must read", "规则需读取的 dirty_customers 列"),
        ),
        Column("description_en", "text", Text("What is wrong, in English", "缺陷说明（英文）")),
        Column("description_zh", "text", Text("What is wrong, in Chinese", "缺陷说明（中文）")),
        Column(
            "rate", "number", Text("Share of the records that have it, 0 to 1", "有此缺陷的记录占比，0 到 1")
        ),
        Column(
            "cost_fen",
            "money",
            Text("What one such record costs the bank a year", "每条缺陷记录每年给银行造成的损失"),
            unit=FEN,
        ),
        Column(
            "source_system",
            "category",
            Text(
                "System whose records have it far more often; none: all alike",
                "集中出现的来源系统；空为各系统相近",
            ),
            nullable=True,
        ),
        Column(
            "worsens",
            "flag",
            Text("Grows more frequent there from month to month of 2025", "2025 年内在该系统逐月加重"),
        ),
    ),
)

QUALITY_TRUTH = Table(
    name="quality_truth",
    title=Text("Defects of each record", "每条记录的缺陷"),
    row=Text(
        "One record and one of its defects; a duplicate counts for every record of the customer that it concerns",
        "一条记录的一种缺陷；重复类缺陷计入所涉及的每一条记录",
    ),
    key=("record_id", "defect"),
    truth=True,
    columns=(
        Column("record_id", "integer", _RECORD, refers_to="dirty_customers.record_id"),
        Column("defect", "category", _DEFECT),
    ),
)

RECORD_OWNERS = Table(
    name="record_owners",
    title=Text("Whose record it is", "记录归属"),
    row=Text("One record, and the customer it belongs to", "一条记录及其所属客户"),
    key=("record_id",),
    truth=True,
    columns=(
        Column("record_id", "integer", _RECORD, refers_to="dirty_customers.record_id"),
        Column(
            "customer_id",
            "integer",
            Text("Number of the customer", "客户编号"),
            refers_to="customers.customer_id",
        ),
    ),
)

TABLES: tuple[Table, ...] = (DIRTY_CUSTOMERS, AUDIT_SAMPLE, QUALITY_DEFECTS, QUALITY_TRUTH, RECORD_OWNERS)
