"""Errors: one tree, so that a caller catches what it can mend and the user reads what to do.

NewsPrismError                 the command line prints it and leaves with status 1
├── SettingsError              a setting or the outlet file is wrong  raised at start
├── UnusableInput              one input cannot be used               quarantined; the run goes on
│   ├── FetchRefused           an address that we never ask: private, not http, too many redirects
│   ├── FetchFailed            the other side did not answer, or too much, or too late
│   └── UnreadableInput        bytes that no parser understands, or that hold no article
├── StoreError                 the store refuses                      the last good version stays
│   ├── EmptyStore             nothing was loaded yet                 the dashboard shows how to begin
│   ├── StoreBusy              another refresh holds the lock         the second one leaves
│   └── ContractBroken         a frame does not conform to its Table  the commit is dropped
├── EvaluationError            labelled data or predictions are not in the documented format
├── ExportFailed               a figure could not be drawn or written the page says why
└── DeliveryFailed             a place did not take an alert          the other places get theirs; tried again next time
"""

from __future__ import annotations


class NewsPrismError(Exception):
    """Something a user can act on: the message says what, where and the remedy."""


class SettingsError(NewsPrismError):
    """A setting, or a block of the outlet file, is wrong."""

    def __init__(self, setting: str, problem: str, remedy: str) -> None:
        super().__init__(f"setting {setting}: {problem}; {remedy}")
        self.setting = setting


class UnusableInput(NewsPrismError):
    """One input cannot be used; `reason` and `remedy` go into the table `quarantine`."""

    def __init__(self, item: str, reason: str, remedy: str) -> None:
        super().__init__(f"{item}: {reason}; {remedy}")
        self.item, self.reason, self.remedy = item, reason, remedy

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return type(self), (self.item, self.reason, self.remedy)


class FetchRefused(UnusableInput):
    """An address that we never ask."""


class FetchFailed(UnusableInput):
    """An address that did not answer as it should."""


class UnreadableInput(UnusableInput):
    """Bytes that no parser understands, or that hold no article."""


class StoreError(NewsPrismError):
    """The store refuses; what it held before is untouched."""


class EmptyStore(StoreError):
    """A store without a version."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"no articles in {folder}; run `newsprism refresh` or `newsprism demo` first")
        self.folder = folder


class StoreBusy(StoreError):
    """Another refresh holds the lock."""

    def __init__(self, folder: str, owner: str) -> None:
        super().__init__(f"{folder} is being refreshed by {owner}; wait for it, or end it, and run again")
        self.folder, self.owner = folder, owner


class ContractBroken(StoreError):
    """A frame that does not conform to its Table."""

    def __init__(self, table: str, column: str, problem: str) -> None:
        super().__init__(f"table {table}, column {column}: {problem}; see etl/schema.py")
        self.table, self.column = table, column


class EvaluationError(NewsPrismError):
    """Labelled data or predictions that are not in the documented format."""


class ExportFailed(NewsPrismError):
    """A figure or table that could not be written."""


class DeliveryFailed(NewsPrismError):
    """A place did not take the alerts that it should hear of."""

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        super().__init__(f"alerts to {place}: {problem}; {remedy}")
