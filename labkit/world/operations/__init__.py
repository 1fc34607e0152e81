"""How the bank runs: where it stands, what it reports every day, and the state of its records."""

from labkit.world.block import Domain
from labkit.world.operations.calendar_days import calendar_days
from labkit.world.operations.defects import quality_defects
from labkit.world.operations.dirty_customers import (
    audit_sample,
    dirty_customers,
    quality_truth,
    record_owners,
)
from labkit.world.operations.kpi_anomalies import kpi_anomalies
from labkit.world.operations.kpi_daily import kpi_daily
from labkit.world.operations.kpi_tree import kpi_tree
from labkit.world.operations.map import branches, grid_cells

DOMAIN = Domain(
    "operations",
    once=(branches, grid_cells, kpi_daily, kpi_tree, calendar_days, kpi_anomalies, quality_defects),
    per_block=(dirty_customers, audit_sample, quality_truth, record_owners),
)
