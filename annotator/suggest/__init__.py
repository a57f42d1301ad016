"""Suggested spans: pipelines, rules after the guidelines, and the processes that run them.

Importing this package, its registry and its workers imports no spaCy; a suggester does when
it is made.
"""
