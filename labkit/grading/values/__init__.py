"""Answers as bytes: what a lab asks for crosses the border between grader and submission, and nothing else does.

Nothing is pickled: a message says which of a fixed list of kinds each value is of, and decoding builds those kinds
alone. Numbers, words, dates, containers, numpy arrays, pandas tables, sparse matrices and simple fitted models keep
their value and type; a function becomes a callable that asks the other side; all else becomes :class:`Unreadable`.

>>> decode(encode({("beer", "diapers"): 0.25}))
{('beer', 'diapers'): 0.25}
"""

from labkit.grading.values.coder import decode, encode, encode_whole
from labkit.grading.values.message import BadMessage, NotEncodable
from labkit.grading.values.stand_ins import RemoteError, RemoteFunction, Unreadable, remote_error

__all__ = [
    "BadMessage",
    "NotEncodable",
    "RemoteError",
    "RemoteFunction",
    "Unreadable",
    "decode",
    "encode",
    "encode_whole",
    "remote_error",
]
