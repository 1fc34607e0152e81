"""The churn report of lab 8.2: one page for a region and month."""

from labkit.reports.churn.facts import ChurnMonth, Region, churn_month
from labkit.reports.churn.words import churn_report

__all__ = ["ChurnMonth", "Region", "churn_month", "churn_report"]
