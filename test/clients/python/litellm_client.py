import os

# Otherwise it downloads its list of prices when it is imported.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm  # noqa: E402
from rows import CITY, IMAGE, KEY, SAID, URL, expect, report  # noqa: E402

litellm.telemetry = False
USER = {"role": "user", "content": "hello"}
TOOLS = [{"type": "function", "function": {"name": "weather", "parameters": CITY}}]
ACCESS = {"api_base": URL, "api_key": KEY, "num_retries": 0, "max_retries": 0}


def chat(**over):
    return litellm.completion(**{"model": "openai/assistant", "messages": [USER], **ACCESS, **over})


def text(answer):
    return answer.choices[0].message.content


def tools():
    asked = {"role": "user", "content": "the weather?"}
    first = chat(messages=[asked], tools=TOOLS).choices[0].message
    result = {"role": "tool", "tool_call_id": first.tool_calls[0].id, "name": "weather", "content": "sun"}
    expect(text(chat(messages=[asked, first, result], tools=TOOLS)), "A tool answered: sun")


async def later():
    expect(text(await litellm.acompletion(model="openai/assistant", messages=[USER], **ACCESS)), SAID)


def not_found():
    try:
        chat(model="openai/none")
    except litellm.NotFoundError:
        return
    raise AssertionError("expected NotFoundError")


SCHEMA = {"type": "json_schema", "json_schema": {"name": "city", "strict": True, "schema": CITY}}
PARTS = [{"type": "text", "text": "this"}, {"type": "image_url", "image_url": {"url": IMAGE}}]

report(
    chat=lambda: expect(text(chat()), SAID),
    later=later,
    stream=lambda: expect("".join(chunk.choices[0].delta.content or "" for chunk in chat(stream=True)), SAID),
    tools=tools,
    schema=lambda: expect(text(chat(response_format=SCHEMA)), "city"),
    image=lambda: expect(text(chat(messages=[{"role": "user", "content": PARTS}])), "1 image"),
    cached_prompt=lambda: chat(
        messages=[
            {"role": "system", "content": [{"type": "text", "text": "Help", "cache_control": {"type": "ephemeral"}}]},
            USER,
        ]
    ),
    responses=lambda: litellm.responses(model="openai/assistant", input="hello", **ACCESS),
    embeddings=lambda: litellm.embedding(
        model="openai/embed", input=["a", "b"], api_base=URL, api_key=KEY, encoding_format="float"
    ).data[1],
    errors=not_found,
)
