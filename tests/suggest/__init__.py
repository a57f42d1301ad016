"""Tests of the suggesters."""
