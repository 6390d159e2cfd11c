import json
import time

import openai
from pydantic import BaseModel
from rows import CITY, IMAGE, KEY, SAID, URL, expect, report

client = openai.OpenAI(base_url=URL, api_key=KEY, max_retries=0)
later = openai.AsyncOpenAI(base_url=URL, api_key=KEY, max_retries=0)
USER = {"role": "user", "content": "hello"}
TOOLS = [{"type": "function", "function": {"name": "weather", "parameters": CITY}}]


class City(BaseModel):
    city: str


def chat(**over):
    return client.chat.completions.create(**{"model": "assistant", "messages": [USER], **over})


def respond(**over):
    return client.responses.create(**{"model": "assistant", "input": "hello", **over})


def tools():
    asked = {"role": "user", "content": "the weather?"}
    first = chat(messages=[asked], tools=TOOLS).choices[0].message
    result = {"role": "tool", "tool_call_id": first.tool_calls[0].id, "content": "sun"}
    second = chat(messages=[asked, first.model_dump(exclude_none=True), result], tools=TOOLS)
    expect(second.choices[0].message.content, "A tool answered: sun")


def stream():
    with client.chat.completions.stream(model="assistant", messages=[USER]) as events:
        expect(events.get_final_completion().choices[0].message.content, SAID)


async def stream_later():
    text = ""
    async for chunk in await later.chat.completions.create(model="assistant", messages=[USER], stream=True):
        text += chunk.choices[0].delta.content or "" if chunk.choices else ""
    expect(text, SAID)


def schema():
    parsed = client.chat.completions.parse(model="assistant", messages=[USER], response_format=City)
    assert isinstance(parsed.choices[0].message.parsed, City)


def responses_schema():
    assert isinstance(client.responses.parse(model="assistant", input="hello", text_format=City).output_parsed, City)


def responses_stream():
    with client.responses.stream(model="assistant", input="hello") as events:
        for _ in events:
            pass
        expect(events.get_final_response().output_text, SAID)


def image():
    parts = [{"type": "text", "text": "this"}, {"type": "image_url", "image_url": {"url": IMAGE, "detail": "low"}}]
    expect(chat(messages=[{"role": "user", "content": parts}]).choices[0].message.content, "1 image")


def previous():
    expect(respond(input="again", previous_response_id=respond().id).output_text, "You said: again")


def over(ask):
    while True:
        job = ask()
        if job.status not in ("queued", "validating", "in_progress", "finalizing", "cancelling"):
            return job
        time.sleep(0.1)


def background():
    first = respond(background=True)
    expect(first.status, "queued")
    expect(over(lambda: client.responses.retrieve(first.id)).output_text, SAID)


def background_cancelled():
    # It may have been answered in between.
    assert client.responses.cancel(respond(background=True).id).status in ("cancelled", "completed")


def send_batch(*texts):
    def line(text):
        body = {"model": "assistant", "messages": [{"role": "user", "content": text}]}
        return json.dumps({"custom_id": text, "method": "POST", "url": "/v1/chat/completions", "body": body})

    file = client.files.create(file=("lines.jsonl", "\n".join(map(line, texts)).encode()), purpose="batch")
    return client.batches.create(
        input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
    )


def batches():
    batch = send_batch("one", "two")
    done = over(lambda: client.batches.retrieve(batch.id))
    assert done.status == "completed" and done.request_counts.completed == 2
    lines = [json.loads(line) for line in client.files.content(done.output_file_id).text.strip().split("\n")]
    assert [line["custom_id"] for line in lines] == ["one", "two"]
    expect(lines[0]["response"]["body"]["choices"][0]["message"]["content"], "You said: one")
    assert batch.id in [one.id for one in client.batches.list(limit=1)]


def batches_cancelled():
    batch = send_batch("one")
    client.batches.cancel(batch.id)
    assert over(lambda: client.batches.retrieve(batch.id)).status in ("cancelled", "completed")


def errors():
    for expected, call in [
        (openai.NotFoundError, lambda: chat(model="none")),
        (openai.BadRequestError, lambda: chat(messages=[])),
        (openai.AuthenticationError, lambda: client.with_options(api_key="wrong").models.list()),
    ]:
        try:
            call()
        except expected:
            continue
        raise AssertionError(f"expected {expected.__name__}")


report(
    models=lambda: [model.id for model in client.models.list()].index("assistant"),
    chat=lambda: expect(chat().choices[0].message.content, SAID),
    chat__stream=stream,
    chat__stream_later=stream_later,
    chat__tools=tools,
    chat__schema=schema,
    chat__image=image,
    chat__hints=lambda: chat(seed=7, verbosity="low", metadata={"a": "b"}, user="u", reasoning_effort="medium"),
    chat__names=lambda: chat(messages=[{**USER, "name": "Ann"}]),
    chat__system_only=lambda: chat(messages=[{"role": "system", "content": "Say hello"}]),
    chat__log_probabilities=lambda: chat(logprobs=True),
    responses=lambda: expect(respond().output_text, SAID),
    responses__stream=responses_stream,
    responses__schema=responses_schema,
    responses__instructions=lambda: respond(instructions="Be brief", reasoning={"effort": "medium"}),
    responses__previous_response=previous,
    responses__background=background,
    responses__background_cancelled=background_cancelled,
    responses__input_tokens=lambda: client.responses.input_tokens.count(model="assistant", input="hello").input_tokens,
    batches=batches,
    batches__cancelled=batches_cancelled,
    embeddings=lambda: client.embeddings.create(model="embed", input=["a", "b"]).data[1],
    embeddings__query=lambda: client.embeddings.create(
        model="embed-cohere", input="a", extra_body={"input_type": "query"}
    ),
    errors=errors,
)
