"""Registries: a folder of modules, one implementation each, and the lazy door `load`."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

T = TypeVar("T")


def registry(package: str, contract: type[T]) -> Mapping[str, T]:
    """An instance of the one subclass of `contract` each module of `package` defines, by the module's name.
    Raises `TypeError` for a module without it, with two, or with another `name`."""
    folder = import_module(package)
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    return MappingProxyType({name: _implementation(import_module(f"{package}.{name}"), contract) for name in names})


def installed(group: str, contract: type[T], allowed: tuple[str, ...]) -> Mapping[str, T]:
    """Implementations of installed packages: entry points of `group` whose name `vendor.word` is in `allowed`.
    Others are not even imported. Raises `LookupError` when one is not installed."""
    present = {point.name: point for point in entry_points(group=group)}
    if missing := [name for name in allowed if name not in present or "." not in name]:
        raise LookupError(f"no installed package offers {', '.join(missing)} in {group}")
    return MappingProxyType({name: _checked(present[name].load(), contract, name) for name in allowed})


def load(address: str) -> Any:
    """The object at `module:attribute`, imported now."""
    module, _, attribute = address.partition(":")
    return getattr(import_module(module), attribute)


def _implementation(module: ModuleType, contract: type[T]) -> T:
    own = [
        found
        for found in vars(module).values()
        if inspect.isclass(found) and found.__module__ == module.__name__ and issubclass(found, contract)
    ]
    if len(own) != 1:
        raise TypeError(f"{module.__name__} must define one {contract.__name__}, it defines {len(own)}")
    return _checked(own[0], contract, module.__name__.rpartition(".")[2])


def _checked(found: type[Any], contract: type[T], name: str) -> T:
    if not issubclass(found, contract) or getattr(found, "name", None) != name:
        raise TypeError(f"{found.__module__}.{found.__name__} must be a {contract.__name__} named {name}")
    instance: T = found()
    return instance
