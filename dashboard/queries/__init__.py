"""Queries: a filter and a store snapshot in, a small tidy frame out. No colour, no screen."""
