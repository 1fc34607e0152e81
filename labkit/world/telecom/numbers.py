"""Numbers that are no subscriber: hotlines that companies publish, and call centres that nobody asked for.

They are outside the world and the same in every world. All begin with 9 and have nine digits, so that no
subscriber ever has one of them.
First used in labs 2.9 and 4.7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.language import Text

FIRST_NUMBER = 900_000_001


class Number(NamedTuple):
    """A number of a company.

    Parameters
    ----------
    kind : str
        ``own_hotline``, ``rival_hotline``, ``company_hotline``, ``call_centre`` or ``courier``.
    company : Text or None
        Who publishes it; nobody knows the call centres.
    """

    kind: str
    company: Text | None = None


NUMBERS = (
    Number("own_hotline", Text("Swift Mobile", "迅通移动")),
    Number("rival_hotline", Text("Banyan Telecom", "榕树通信")),
    Number("rival_hotline", Text("Kite Mobile", "纸鸢移动")),
    Number("rival_hotline", Text("Skylark Telecom", "云雀通信")),
    Number("company_hotline", Text("Lighthouse Bank", "灯塔银行")),
    Number("company_hotline", Text("Treasure Market", "淘金集市")),
    Number("company_hotline", Text("Home Kitchen", "家味餐厅")),
    *(Number("call_centre") for _ in range(6)),
    *(Number("courier") for _ in range(4)),
)


def numbers_of(kind: str) -> np.ndarray:
    """All numbers of a kind, int64."""
    return FIRST_NUMBER + np.flatnonzero([number.kind == kind for number in NUMBERS])


def service_numbers(seed: int) -> pd.DataFrame:
    """The table ``service_numbers``: one row per number that a company publishes."""
    published = [(FIRST_NUMBER + k, n.kind, n.company) for k, n in enumerate(NUMBERS) if n.company]
    number, kind, company = zip(*published, strict=True)
    names = {"company_en": [c.en for c in company], "company_zh": [c.zh for c in company]}
    return pd.DataFrame({"number_id": number, "kind": kind, **names})


def call_decoys(seed: int) -> pd.DataFrame:
    """The answer key ``call_decoys``: every number in ``calls`` that is no subscriber."""
    return pd.DataFrame(
        {
            "number_id": FIRST_NUMBER + np.arange(len(NUMBERS)),
            "kind": [number.kind for number in NUMBERS],
        }
    )
