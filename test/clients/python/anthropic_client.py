import anthropic
from rows import CITY, KEY, PNG, SAID, URL, expect, report

# This client adds /v1 itself.
client = anthropic.Anthropic(base_url=URL.removesuffix("/v1"), api_key=KEY, max_retries=0)
# With a token, it sends another header.
bearer = anthropic.Anthropic(base_url=URL.removesuffix("/v1"), auth_token=KEY, api_key=None, max_retries=0)
USER = {"role": "user", "content": "hello"}
TOOLS = [{"name": "weather", "description": "looks", "input_schema": CITY}]
LEAST = {"model": "claude-sonnet-4-5", "max_tokens": 2000, "messages": [USER]}


def ask(**over):
    return client.messages.create(**{**LEAST, **over})


def text(message):
    return "".join(block.text for block in message.content if block.type == "text")


def stream():
    with client.messages.stream(**LEAST) as events:
        expect("".join(events.text_stream), SAID)


def tools():
    asked = {"role": "user", "content": "the weather?"}
    first = ask(messages=[asked], tools=TOOLS)
    call = next(block for block in first.content if block.type == "tool_use")
    result = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "sun"}]}
    answer = {"role": "assistant", "content": first.content}
    expect(text(ask(messages=[asked, answer, result], tools=TOOLS)), "A tool answered: sun")


def image():
    source = {"type": "base64", "media_type": "image/png", "data": PNG}
    content = [{"type": "image", "source": source}, {"type": "text", "text": "this"}]
    expect(text(ask(messages=[{"role": "user", "content": content}])), "1 image")


def errors():
    for expected, call in [
        (anthropic.NotFoundError, lambda: ask(model="none")),
        (anthropic.BadRequestError, lambda: ask(messages=[])),
        (anthropic.AuthenticationError, lambda: client.with_options(api_key="wrong").messages.create(**LEAST)),
    ]:
        try:
            call()
        except expected:
            continue
        raise AssertionError(f"expected {expected.__name__}")


report(
    message=lambda: expect(text(ask()), SAID),
    with_a_token=lambda: expect(text(bearer.messages.create(**LEAST)), SAID),
    stream=stream,
    tools=tools,
    system=lambda: ask(system="Help"),
    image=image,
    thinking=lambda: ask(max_tokens=4000, thinking={"type": "enabled", "budget_tokens": 1024}),
    count_of_tokens=lambda: client.messages.count_tokens(model="claude-sonnet-4-5", messages=[USER]).input_tokens,
    errors=errors,
)
