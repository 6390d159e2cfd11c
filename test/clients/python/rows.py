"""What every Python client is given, and how it reports."""

import asyncio
import inspect
import json
import os
import traceback
from pathlib import Path

URL = os.environ["GATEWAY_URL"]
KEY = os.environ["GATEWAY_KEY"]
TENANT = os.environ["GATEWAY_TENANT"]

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
IMAGE = f"data:image/png;base64,{PNG}"
CITY = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
SAID = "You said: hello"
ANSWERED = "A tool answered: sun"


def expect(text, part):
    """Fails unless a text contains another one."""
    assert part in f"{text}", f"expected {part!r} in {text!r}"


def report(**rows):
    """Runs operations one after the other in one event loop, and prints the outcome of each as a line of JSON."""
    asyncio.run(_report(rows))


async def _report(rows):
    for key, operation in rows.items():
        row = key.replace("__", ": ").replace("_", " ")
        try:
            result = operation()
            if inspect.isawaitable(result):
                await result
            _print({"row": row, "ok": True})
        except Exception as error:
            _print({"row": row, "ok": False, **_described(error)})


def _print(line):
    print(f"row {json.dumps(line)}", flush=True)


def _described(error):
    """The error of a client, or the one that it wraps."""
    one = error
    while one is not None:
        status = getattr(one, "status_code", None)
        if isinstance(status, int):
            body = getattr(one, "body", None)
            body = body.get("error", body) if isinstance(body, dict) else {}
            found = {"status": status, "param": getattr(one, "param", None) or body.get("param"), "code": body.get("code")}
            return {**{key: value for key, value in found.items() if value}, "message": f"{one}"[:600]}
        one = one.__cause__ or one.__context__
    return {"message": f"{error!r} {traceback.format_exc()[-500:]}"}


def tokenizer_files():
    """Points tiktoken to the vocabularies that LlamaIndex ships, because it would download them."""
    import llama_index.core

    os.environ["TIKTOKEN_CACHE_DIR"] = f"{Path(llama_index.core.__file__).parent / '_static/tiktoken_cache'}"
