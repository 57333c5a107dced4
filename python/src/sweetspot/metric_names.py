"""Names that frameworks have for metrics of the validation set, and Sweetspot's for them."""

from __future__ import annotations

import re
from typing import Any, Dict, Mapping

KINDS: Mapping[str, str] = {"loss": "loss", "acc": "accuracy", "accuracy": "accuracy"}

VALIDATION = re.compile(r"(?:val|valid|validation|dev|eval)[_/.](.+)")


def validation_metrics(logged: Mapping[str, Any], names: Mapping[str, str]) -> Dict[str, Any]:
    """Those of what was logged that are of the validation set, or that `names` has a name for; any other kind keeps the name that it was logged by."""
    found: Dict[str, Any] = {}
    for name, value in logged.items():
        match = VALIDATION.fullmatch(name)
        if name in names:
            found[names[name]] = value
        elif match:
            kind = KINDS.get(match[1])
            found[f"validation.{kind}" if kind else name] = value
    return found
