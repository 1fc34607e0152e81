"""labkit: data, checks, figures and panels for the labs of the course."""

from labkit.errors import LabkitError
from labkit.language import L, Text
from labkit.session import Lab, start
from labkit.standing.course_card import show_course as progress

__version__ = "0.1.0"
__all__ = ["L", "Lab", "LabkitError", "Text", "__version__", "progress", "start"]
