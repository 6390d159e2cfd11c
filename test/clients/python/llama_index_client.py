from rows import IMAGE, KEY, SAID, TENANT, URL, expect, report, tokenizer_files

tokenizer_files()

from llama_index.core.agent.workflow import FunctionAgent  # noqa: E402
from llama_index.core.llms import ChatMessage, ImageBlock, TextBlock  # noqa: E402
from llama_index.core.tools import FunctionTool  # noqa: E402
from llama_index.embeddings.openai import OpenAIEmbedding  # noqa: E402
from llama_index.llms.openai import OpenAI, OpenAIResponses  # noqa: E402
from llama_index.llms.openai_like import OpenAILike  # noqa: E402
from pydantic import BaseModel  # noqa: E402

llm = OpenAILike(
    model="assistant",
    api_base=URL,
    api_key=KEY,
    max_retries=0,
    is_chat_model=True,
    is_function_calling_model=True,
    should_use_structured_outputs=True,
)
named = {"model": "gpt-5.2", "api_base": URL, "api_key": KEY, "max_retries": 0}
embed = OpenAIEmbedding(model_name="embed", api_base=URL, api_key=KEY, max_retries=0)
hello = [ChatMessage("hello")]


class City(BaseModel):
    city: str


def weather(city: str) -> str:
    """Looks."""
    return "sun"


async def agent():
    found = await FunctionAgent(tools=[FunctionTool.from_defaults(weather)], llm=llm).run("the weather?")
    expect(found, "A tool answered: sun")


async def stream_later():
    text = ""
    async for chunk in await llm.astream_chat(hello):
        text += chunk.delta or ""
    expect(text, SAID)


report(
    chat=lambda: expect(llm.chat(hello), SAID),
    completion=lambda: expect(llm.complete("hello"), SAID),
    stream=lambda: expect("".join(chunk.delta or "" for chunk in llm.stream_chat(hello)), SAID),
    stream_later=stream_later,
    agent_with_a_tool=agent,
    structured_output=lambda: llm.as_structured_llm(City).chat(hello).raw.city,
    image=lambda: expect(llm.chat([ChatMessage(blocks=[TextBlock(text="this"), ImageBlock(url=IMAGE)])]), "1 image"),
    system_only=lambda: llm.chat([ChatMessage("Say hello", role="system")]),
    a_model_named_as_OpenAIs=lambda: expect(OpenAI(**named).chat(hello), SAID),
    responses=lambda: expect(OpenAIResponses(**named).chat(hello), SAID),
    embeddings=lambda: embed.get_text_embedding_batch(["a", "b"])[1],
    embedding_of_a_query=lambda: embed.get_query_embedding("a"),
)
