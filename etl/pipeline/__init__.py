"""Pipeline: extract, transform, load; one refresh of a store, from places to a new store version."""

from etl.pipeline.ledger import RunSummary
from etl.pipeline.progress import Progress, ProgressFile
from etl.pipeline.refresh import refresh

__all__ = ["Progress", "ProgressFile", "RunSummary", "refresh"]
