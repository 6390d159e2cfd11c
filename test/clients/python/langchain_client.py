import tiktoken
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import BaseModel
from rows import ANSWERED, IMAGE, KEY, SAID, URL, expect, report


class Bytes:
    """Stands for a vocabulary, which tiktoken would download."""

    def encode(self, text, **_):
        return list(text.encode())

    def encode_ordinary(self, text):
        return self.encode(text)


tiktoken.encoding_for_model = tiktoken.get_encoding = lambda _: Bytes()


class City(BaseModel):
    """A city."""

    city: str


@tool
def weather(city: str) -> str:
    """Looks."""
    return "sun"


def chat(**over):
    return ChatOpenAI(**{"model": "assistant", "base_url": URL, "api_key": KEY, "max_retries": 0, **over})


def embeddings(**over):
    return OpenAIEmbeddings(model="embed", base_url=URL, api_key=KEY, max_retries=0, **over)


def tools(model):
    bound = model.bind_tools([weather])
    answer = bound.invoke("the weather?")
    result = ToolMessage("sun", tool_call_id=answer.tool_calls[0]["id"], name="weather")
    expect(bound.invoke([HumanMessage("the weather?"), answer, result]).text, ANSWERED)


def previous():
    model = chat(use_responses_api=True)
    first = model.invoke("hello")
    model.invoke("again", previous_response_id=first.response_metadata["id"])


async def stream_later():
    expect("".join([chunk.text async for chunk in chat().astream("hello")]), SAID)


report(
    chat=lambda: expect(chat().invoke("hello").text, SAID),
    stream=lambda: expect("".join(chunk.text for chunk in chat().stream("hello")), SAID),
    stream_later=stream_later,
    tools=lambda: tools(chat()),
    structured_output=lambda: chat().with_structured_output(City).invoke("hello").city,
    structured_output_by_a_tool=lambda: chat().with_structured_output(City, method="function_calling").invoke("hello").city,
    image=lambda: expect(
        chat()
        .invoke([HumanMessage([{"type": "text", "text": "this"}, {"type": "image_url", "image_url": {"url": IMAGE}}])])
        .text,
        "1 image",
    ),
    system_only=lambda: chat().invoke([SystemMessage("Say hello")]),
    name_of_a_user=lambda: chat().invoke([HumanMessage("hello", name="Ann")]),
    name_of_an_answer=lambda: chat().invoke([HumanMessage("a"), AIMessage("b", name="helper"), HumanMessage("hello")]),
    seed=lambda: chat(seed=7).invoke("hello"),
    reasoning_effort=lambda: chat(model="reasoner", reasoning_effort="low").invoke("hello"),
    a_model_named_as_OpenAIs=lambda: expect(chat(model="gpt-5.2").invoke("hello").text, SAID),
    responses__text=lambda: expect(chat(use_responses_api=True).invoke("hello").text, SAID),
    responses__tools=lambda: tools(chat(use_responses_api=True)),
    responses__previous_response=previous,
    log_probabilities=lambda: chat(logprobs=True).invoke("hello"),
    embeddings=lambda: embeddings(check_embedding_ctx_length=False).embed_documents(["a", "b"])[1],
    embeddings_by_default=lambda: embeddings().embed_documents(["a"]),
)
