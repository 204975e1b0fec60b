"""Line items stand in the order people put them in, those nobody has put anywhere last, as they were added."""

from engine.schema.model import Sort

POSITION = "position__"
"""The column of a line item's table with its place among the others; no field has such a name."""
LINE_ORDER = (Sort(POSITION), Sort("created_at"))
