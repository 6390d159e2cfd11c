from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_core.models import ModelFamily
from autogen_ext.models.openai import OpenAIChatCompletionClient
from pydantic import BaseModel
from rows import KEY, SAID, URL, expect, report

model = OpenAIChatCompletionClient(
    model="assistant",
    base_url=URL,
    api_key=KEY,
    max_retries=0,
    model_info={
        "vision": True,
        "function_calling": True,
        "json_output": True,
        "structured_output": True,
        "family": ModelFamily.UNKNOWN,
    },
)


class City(BaseModel):
    city: str


def weather(city: str) -> str:
    """Looks."""
    return "sun"


def agent(name="helper", **over):
    return AssistantAgent(name, model_client=model, **over)


async def chat():
    expect((await agent().run(task="hello")).messages[-1].content, SAID)


async def stream():
    async for message in agent(model_client_stream=True).run_stream(task="hello"):
        last = message
    expect(last.messages[-1].content, SAID)


async def tools():
    found = await agent(tools=[weather], reflect_on_tool_use=True).run(task="the weather?")
    # The request about the result has no tools, so the call and its result are sent as text.
    expect(found.messages[-1].content, "weather answered: sun")


async def structured_output():
    found = await agent(output_content_type=City).run(task="hello")
    assert isinstance(found.messages[-1].content, City)


async def group_chat():
    team = RoundRobinGroupChat([agent("first"), agent("second")], termination_condition=MaxMessageTermination(4))
    assert [message.source for message in (await team.run(task="hello")).messages] == ["user", "first", "second", "first"]


report(chat=chat, stream=stream, tools=tools, structured_output=structured_output, group_chat=group_chat)
