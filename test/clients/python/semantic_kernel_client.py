from openai import AsyncOpenAI
from pydantic import BaseModel
from rows import ANSWERED, KEY, SAID, URL, expect, report
from semantic_kernel import Kernel
from semantic_kernel.agents import ChatCompletionAgent
from semantic_kernel.connectors.ai.function_choice_behavior import FunctionChoiceBehavior
from semantic_kernel.connectors.ai.open_ai import (
    OpenAIChatCompletion,
    OpenAIChatPromptExecutionSettings,
    OpenAITextEmbedding,
)
from semantic_kernel.contents import ChatHistory
from semantic_kernel.functions import kernel_function

client = AsyncOpenAI(base_url=URL, api_key=KEY, max_retries=0)
service = OpenAIChatCompletion("assistant", async_client=client)
history = ChatHistory()
history.add_user_message("hello")


class City(BaseModel):
    city: str


class Weather:
    @kernel_function
    def weather(self, city: str) -> str:
        """Looks."""
        return "sun"


async def chat():
    expect(await service.get_chat_message_content(history, OpenAIChatPromptExecutionSettings()), SAID)


async def stream():
    chunks = service.get_streaming_chat_message_content(history, OpenAIChatPromptExecutionSettings())
    expect("".join([f"{chunk}" async for chunk in chunks]), SAID)


async def tools():
    kernel = Kernel()
    kernel.add_plugin(Weather(), "sky")
    asked = ChatHistory()
    asked.add_user_message("the weather?")
    settings = OpenAIChatPromptExecutionSettings(function_choice_behavior=FunctionChoiceBehavior.Auto())
    expect(await service.get_chat_message_content(asked, settings, kernel=kernel), ANSWERED)


async def structured_output():
    settings = OpenAIChatPromptExecutionSettings(response_format=City)
    City.model_validate_json(f"{await service.get_chat_message_content(history, settings)}")


async def agent():
    found = await ChatCompletionAgent(service=service, name="helper", instructions="Help").get_response("hello")
    expect(found, SAID)


async def settings():
    given = OpenAIChatPromptExecutionSettings(temperature=0.2, max_tokens=50, seed=7, user="u")
    await service.get_chat_message_content(history, given)


async def embeddings():
    await OpenAITextEmbedding("embed", async_client=client).generate_embeddings(["a", "b"])


report(
    chat=chat,
    stream=stream,
    tools=tools,
    structured_output=structured_output,
    agent=agent,
    settings=settings,
    embeddings=embeddings,
)
