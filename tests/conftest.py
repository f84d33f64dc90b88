"""The order of the tests."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with what takes long come first: nobody is to be left alone with one when the others have finished."""
    long = {item.path for item in items if any(item.get_closest_marker(mark) for mark in ("slow", "browser"))}
    items.sort(key=lambda item: item.path not in long)
