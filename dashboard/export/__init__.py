"""Exports: figures and tables as files that still say what they are: question, filter, n, version,
evidence.
"""
