"""Tests: mirror the packages; `tests.builders` makes what they need."""
