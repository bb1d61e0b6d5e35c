"""Finds what services offer on a store without saying who may do it."""

import inspect
from collections.abc import Iterator
from types import ModuleType

from data.store import Store


def undeclared(module: ModuleType, declared: frozenset[str]) -> list[str]:
    """Its public functions on a store that are not among ``declared`` ("module.function")."""
    short = module.__name__.removeprefix("services.")
    names = (f"{short}.{name}" for name, _ in on_a_store(module))
    return sorted(name for name in names if name not in declared)


def on_a_store(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The public functions that the module itself defines and that are given a store."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        is_its_own = function.__module__ == module.__name__ and not name.startswith("_")
        if is_its_own and takes_a_store(function):
            yield name, function


def takes_a_store(function) -> bool:
    given = list(inspect.signature(function).parameters.values())
    return bool(given) and (given[0].annotation in (Store, "Store") or given[0].name == "store")
