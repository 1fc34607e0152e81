"""Checks of lab 10.1: five decisions judged by profit against the oracle's, and one promise."""

from .contact_plan import ContactPlan
from .customers_to_call import CustomersToCall
from .package_of_customer import PackageOfCustomer
from .promise import Promise
from .quiz import QUIZZES
from .records_to_fix import RecordsToFix
from .transactions_to_hold import TransactionsToHold

EXERCISES = (
    RecordsToFix(),
    PackageOfCustomer(),
    CustomersToCall(),
    TransactionsToHold(),
    ContactPlan(),
    Promise(),
)

__all__ = ["EXERCISES", "QUIZZES"]
