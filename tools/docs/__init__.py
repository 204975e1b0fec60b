"""Writes the reference pages from what the engine itself knows: `python -m tools.docs [--check]`."""
