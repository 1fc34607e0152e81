"""Swift Mobile: its subscribers, what they use, say and pay, and why they leave."""

from labkit.world.block import Domain
from labkit.world.telecom.churn import churn, churn_drivers, churn_truth
from labkit.world.telecom.tickets import tickets
from labkit.world.telecom.usage import subscribers, usage_monthly

DOMAIN = Domain(
    "telecom",
    once=(churn_drivers,),
    per_block=(subscribers, usage_monthly, tickets, churn, churn_truth),
)
