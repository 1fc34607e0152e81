"""Every generated notebook is what its source builds, and building twice gives the same bytes."""

from __future__ import annotations

from labkit.authoring.edition_files import edition_files
from labkit.authoring.faults import Fault
from labkit.authoring.source import LabSource
from labkit.language import Text

STALE = Text(
    "This is not what the source builds. Run: labkit build", "它与源文件不一致。请运行：labkit build"
)
RESTLESS = Text("Building twice gives different files.", "两次构建的结果不同。")


def rebuilt(lab: LabSource) -> list[Fault]:
    """Report generated notebooks that are missing, edited by hand, or older than the source."""
    faults = []
    for first, again in zip(edition_files(lab), edition_files(lab), strict=True):
        if first.text != again.text:
            faults.append(Fault("rebuilt", first.path, 1, RESTLESS))
        elif not first.is_written():
            faults.append(Fault("rebuilt", first.path, 1, STALE))
    return faults
