"""Errors say what, where and the remedy, carry their subject, and survive a process border."""

import pickle

import pytest

from etl.errors import (
    ContractBroken,
    EmptyStore,
    FetchRefused,
    NewsPrismError,
    SettingsError,
    StoreBusy,
    UnreadableInput,
)

ERRORS = [
    SettingsError("workers", "is 0", "give 1 or more"),
    UnreadableInput("a.txt", "the file is empty", "remove it"),
    FetchRefused("http://10.0.0.1/", "a private address", "allow it in private_hosts"),
    EmptyStore("data/store"),
    StoreBusy("data/store", "process 12"),
    ContractBroken("tones", "words", "the column is missing"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_belongs_to_the_tree_and_says_what_to_do(error):
    assert isinstance(error, NewsPrismError)
    assert ";" in str(error)


def test_an_unusable_input_crosses_a_process_border():
    error = pickle.loads(pickle.dumps(ERRORS[1]))  # noqa: S301  # our own bytes
    assert (error.item, error.reason, error.remedy) == ("a.txt", "the file is empty", "remove it")
