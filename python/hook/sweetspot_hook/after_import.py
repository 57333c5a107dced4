"""Calls back when a module has been imported, and imports nothing by itself."""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Callable, Dict, Mapping, Optional, Sequence


class AfterImport(MetaPathFinder):
    """An entry of `sys.meta_path`. The module is found and loaded as it would be without this one."""

    def __init__(self, hooks: Mapping[str, Callable[[object], None]]) -> None:
        self._hooks: Dict[str, Callable[[object], None]] = dict(hooks)

    def find_spec(self, fullname: str, path: Optional[Sequence[str]] = None, target: Optional[ModuleType] = None) -> Optional[ModuleSpec]:
        hook = self._hooks.pop(fullname, None)
        if hook is None:
            return None
        spec = self._found_by_others(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _ThenCalls(spec.loader, hook)
        return spec

    def _found_by_others(self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType]) -> Optional[ModuleSpec]:
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec: Optional[ModuleSpec] = find(fullname, path, target) if finder is not self and find is not None else None
            if spec is not None:
                return spec
        return None


class _ThenCalls(Loader):
    """A module's own loader, which is in its place again as soon as the module is loaded."""

    def __init__(self, loader: Any, hook: Callable[[object], None]) -> None:
        self._loader = loader
        self._hook = hook

    def create_module(self, spec: ModuleSpec) -> Optional[ModuleType]:
        module: Optional[ModuleType] = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        try:
            self._hook(module)
        except Exception:
            pass  # another version of the library: its files are the fallback
