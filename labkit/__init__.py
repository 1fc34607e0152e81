"""labkit: data, checks, figures and panels for the labs of the course."""

from labkit.errors import LabkitError
from labkit.language import L, Text
from labkit.session import Lab, start

__version__ = "0.1.0"
__all__ = ["L", "Lab", "LabkitError", "Text", "__version__", "start"]
