"""Annotator: reviewing model-suggested spans in news articles, offline, in one SQLite file."""

__version__ = "0.1.0"
