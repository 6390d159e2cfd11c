"""The properties of a template that the emulator never reads.

The emulator receives each set of properties in a dict that records which keys are read. A property that isn't read has no
effect, even if the resource reaches CREATE_COMPLETE. The list is a lower bound: a value that is read may be stored without
effect, and a set that is copied as a whole counts as read.
"""

import functools
import json
import os
from pathlib import Path

from ministack.services.cloudformation import provisioners

_ignored: set[tuple[str, str]] = set()
_types: set[str] = set()


class Watched(dict):
    """A dict that records which of its keys are read; its own dicts and lists are watched too."""

    def __init__(self, values):
        super().__init__({key: watched(value) for key, value in values.items()})
        self.read = set()

    def _all(self):
        self.read.update(super().keys())

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self.read.add(key)
        return super().get(key, default)

    def pop(self, key, *default):
        # The emulator pops the keys that it doesn't use, so a pop doesn't count as reading.
        return super().pop(key, *default)

    def __iter__(self):
        self._all()
        return super().__iter__()

    def keys(self):
        self._all()
        return super().keys()

    def items(self):
        self._all()
        return super().items()

    def values(self):
        self._all()
        return super().values()

    def copy(self):
        return Watched.of(self)

    def __deepcopy__(self, memo):
        self._all()
        return plain(self)

    def __reduce__(self):
        self._all()
        return (dict, (plain(self),))

    @staticmethod
    def of(values):
        return Watched(dict(dict.items(values)))


def watched(value):
    if isinstance(value, dict):
        return Watched.of(value)
    return [watched(item) for item in value] if isinstance(value, list) else value


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in dict.items(value)}
    return [plain(item) for item in value] if isinstance(value, list) else value


def unread(value, path=""):
    """The paths that were never read. If no key of a value was read, the value was used as a whole, so it isn't listed."""
    if isinstance(value, list):
        for item in value:
            yield from unread(item, f"{path}[]")
    elif isinstance(value, Watched) and (value.read or path == ""):
        for key in dict.keys(value):
            inner = f"{path}.{key}" if path else key
            if key in value.read:
                yield from unread(dict.__getitem__(value, key), inner)
            else:
                yield inner


def _record(resource_type, properties):
    _types.add(resource_type)
    _ignored.update((resource_type, path) for path in unread(properties))
    target = os.environ.get("DEPLOY_TEST_LEDGER")
    if target:
        rows = [{"type": t, "property": p} for t, p in sorted(_ignored)]
        Path(target).write_text(json.dumps({"types": sorted(_types), "ignored": rows}))


def _creating(resource_type, create):
    @functools.wraps(create)
    def watching(logical_id, properties, stack_name):
        watch = Watched.of(properties or {})
        result = create(logical_id, watch, stack_name)
        _record(resource_type, watch)
        return result

    return watching


def install():
    for resource_type, handlers in provisioners._RESOURCE_HANDLERS.items():
        if "create" in handlers:
            handlers["create"] = _creating(resource_type, handlers["create"])
