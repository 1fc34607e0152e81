"""Reports: one description, and HTML, PDF and Word made from it, every number bound to the data.

>>> from labkit.reports import Figure, Number, Paragraph, Report, to_html
>>> report = Report(
...     title="Churn in {region}",
...     headline="{rate} of the customers of {region} left",
...     blocks=[Paragraph("That is {left} of {customers}.")],
...     values={"region": "Danzhu", "rate": Number(16 / 492, "{:.1%}"), "left": Number(16), "customers": Number(492)},
... )
>>> page = to_html(report)
"""

from labkit.reports.html import to_html
from labkit.reports.numbers import Number
from labkit.reports.pdf import to_pdf, to_pictures
from labkit.reports.proofreading import Altered, altered_numbers, typed_numbers
from labkit.reports.report import Block, Figure, Heading, Paragraph, Report, Row, Table, Tiles
from labkit.reports.word import to_word
from labkit.reports.writing import FORMATS, rendered, write_reports

__all__ = [
    "FORMATS",
    "Altered",
    "Block",
    "Figure",
    "Heading",
    "Number",
    "Paragraph",
    "Report",
    "Row",
    "Table",
    "Tiles",
    "altered_numbers",
    "rendered",
    "to_html",
    "to_pdf",
    "to_pictures",
    "to_word",
    "typed_numbers",
    "write_reports",
]
