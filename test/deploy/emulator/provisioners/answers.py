"""The answers of the emulator's services as values or exceptions: a failed call must fail the stack."""

import json


def require_success(response, what):
    status, _headers, body = response
    text = body.decode() if isinstance(body, bytes) else body
    if status >= 400:
        raise ValueError(f"{what}: {text}")
    return text


def parsed(response, what):
    return json.loads(require_success(response, what) or "{}")


def only(properties, known, what):
    """A property that we don't map fails the stack, so that it can't be dropped silently."""
    unknown = sorted(set(dict.keys(properties)) - set(known))
    if unknown:
        raise ValueError(f"{what}: the emulator's type doesn't map {', '.join(unknown)}; map it in test/deploy/emulator")
