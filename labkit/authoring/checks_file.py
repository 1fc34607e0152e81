"""A lab's ``checks.py``, imported as it stands now."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def import_checks(path: Path) -> ModuleType:
    """Import a ``checks.py`` from any course folder; whatever it raises goes to the caller."""
    name = f"labkit_authoring_{path.parent.parent.name}_{path.parent.name}_checks"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[name]
    return module
