"""Swift Mobile: its subscribers, what they use, say and pay, whom they call, and why they leave."""

from labkit.world.block import Domain
from labkit.world.telecom.adoptions import adoption_truth, adoptions, influence_truth
from labkit.world.telecom.advice import best_plans
from labkit.world.telecom.calls import calls
from labkit.world.telecom.churn import churn, churn_drivers, churn_truth
from labkit.world.telecom.numbers import call_decoys, service_numbers
from labkit.world.telecom.tariffs import tariffs
from labkit.world.telecom.tickets import tickets
from labkit.world.telecom.ties import key_people
from labkit.world.telecom.usage import subscribers, usage_monthly

DOMAIN = Domain(
    "telecom",
    once=(tariffs, churn_drivers, service_numbers, call_decoys),
    per_block=(
        *(subscribers, usage_monthly, tickets, churn, churn_truth, best_plans),
        *(calls, key_people, adoptions, adoption_truth, influence_truth),
    ),
)
