"""Python imports this module when it starts. In a trial of Sweetspot's it listens to what the script logs, unless `hooks: false` says otherwise.

Then the `sitecustomize` that Python would have found without it has its turn. Nothing here raises: a trial never fails by being listened to.
"""

import os
import sys


def _listen() -> None:
    if os.environ.get("SWEETSPOT_HOOKS") != "1" or not os.environ.get("SWEETSPOT_EVENTS"):
        return
    try:
        from sweetspot_hook import install

        install()
    except Exception:
        pass  # the script's files are the fallback


def _next() -> None:
    """Runs the user's own sitecustomize; what it raises is raised, as it is without this one."""
    import importlib.machinery
    import importlib.util

    here = os.path.dirname(os.path.abspath(__file__))
    others = [path for path in sys.path if os.path.abspath(path) != here]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if spec is None or spec.loader is None:
        return
    module = importlib.util.module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


_listen()
_next()
