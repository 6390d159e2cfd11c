"""All texts that the emulator stores, by service, with the Regions in which it stores anything: no API of AWS lists everything."""

from ministack import app
from ministack.core.persistence import _json_default
from ministack.core.responses import json_response

PATH = "/_ministack/deploy-test/state"


def _walk(value, texts, regions):
    if isinstance(value, str):
        texts.add(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _walk(key, texts, regions)
            _walk(inner, texts, regions)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            _walk(inner, texts, regions)
    elif not isinstance(value, (bytes, bytearray, int, float, type(None))):
        _walk_store(value, texts, regions)


def _walk_store(value, texts, regions):
    """A store of the emulator: its keys name the account, the Region if it has one, and the resource."""
    stored = _json_default(value)
    for key, inner in stored["data"].items():
        _account, *region, name = key.split("\x00")
        regions.update(region)
        texts.add(name)
        _walk(inner, texts, regions)


def _state():
    found = {}
    for service, state_of in app._build_persistence_save_dict().items():
        texts, regions = set(), set()
        _walk(state_of(), texts, regions)
        found[service] = {"texts": sorted(texts), "regions": sorted(regions)}
    return found


def serve():
    answer = app._handle_ses_messages_request

    async def answer_state(method, path, headers, query_params):
        if path == PATH and method == "GET":
            return json_response(_state())
        return await answer(method, path, headers, query_params)

    app._handle_ses_messages_request = answer_state
