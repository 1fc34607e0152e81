"""Notebooks executed without a person: kernels, one notebook, many notebooks, reports.

Processes that import this room do without ``rfc3987_syntax``: nbformat's jsonschema would import it to check a
format that notebooks do not have, and it takes more than a second to build its parsers
(https://github.com/python-jsonschema/jsonschema/issues/1428).
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
