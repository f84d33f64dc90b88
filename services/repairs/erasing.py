"""Addresses and words of repairs go for good; what became of them stays. For who wants to be forgotten, and for what is
old."""

from collections.abc import Collection

from storage.core.database import Transaction
from storage.repairs import erasing


def whole(tx: Transaction, repairs: Collection[int]) -> None:
    """Nobody can read any more where these were and what was said about them."""
    erasing.empty(tx, repairs)
    erasing.delete_parts(tx, repairs)


def addresses(tx: Transaction, repairs: Collection[int]) -> None:
    """Nobody can read any more where these were, nor ring anybody because of them; what was said stays."""
    erasing.empty(tx, repairs)
