"""What a place of the daily KPIs is called on a page: dimensions, channels and products by their codes. First used in lab 7.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labkit.language import Text

BETWEEN_STEPS, BETWEEN_TWINS = " · ", "+"
"""An address names one value per dimension, or two of the same dimension: ``fanying+yunting · loan``."""
AND = Text(" + ", "、")
NAMES = {
    "region": Text("Region", "地区"),
    "channel": Text("Channel", "渠道"),
    "product": Text("Product", "产品"),
    "branch": Text("branch", "网点"),
    "app": Text("mobile app", "手机银行"),
    "web": Text("online bank", "网上银行"),
    "phone": Text("phone bank", "电话银行"),
    "deposit": Text("deposit", "存款"),
    "card": Text("credit card", "信用卡"),
    "loan": Text("loan", "贷款"),
    "wealth": Text("wealth", "理财"),
    "insurance": Text("insurance", "保险"),
}


def place_name(address: str, cities: Mapping[str, str]) -> str:
    """An address as a person says it; a code that nobody knows stays as it is.

    Parameters
    ----------
    address : str
        E.g. ``"luting · app"``.
    cities : mapping of str to str
        Code of a city → its name in the edition's language.
    """

    def name(code: str) -> str:
        return cities.get(code) or str(NAMES.get(code, code))

    return BETWEEN_STEPS.join(
        str(AND).join(map(name, step.split(BETWEEN_TWINS))) for step in address.split(BETWEEN_STEPS)
    )


def leads_through(address: str, place: str, value: str, places: Sequence[str]) -> bool:
    """Whether an address lies in, or is, the part ``value`` of a place.

    Parameters
    ----------
    address : str
        Where a fault comes from.
    place : str
        One of ``places``; empty for the whole.
    value : str
        What cuts the part out of the place: a value of one of its dimensions.
    places : sequence of str
        All values of the place's own dimension; an address that names none of them concerns all.
    """
    codes = {code for step in address.split(BETWEEN_STEPS) for code in step.split(BETWEEN_TWINS)}
    return value in codes and (not place or place in codes or codes.isdisjoint(places))
