"""What labs import, imported once per submission; every job is then a fork that has it."""

from __future__ import annotations

import importlib

LIBRARIES = (
    "duckdb",
    "matplotlib.pyplot",
    "numpy",
    "pandas",
    "pyarrow.parquet",
    "scipy.optimize",
    "scipy.stats",
    "seaborn",
    "sklearn.cluster",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.preprocessing",
    "sklearn.tree",
    "labkit.charts",
    "labkit.grading.inside.job",
    "labkit.live",
    "labkit.store",
)


def import_libraries() -> None:
    """Import pandas, scikit-learn, matplotlib and what labs use of labkit; start no thread, which no fork would have."""
    import matplotlib as mpl
    from IPython.core.history import HistoryManager

    mpl.use("Agg")
    HistoryManager.enabled = False  # type: ignore[assignment]  # no file of what was typed, no thread that writes it
    for name in LIBRARIES:
        importlib.import_module(name)
