"""Spans as rows of a table."""
