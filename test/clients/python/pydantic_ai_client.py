from openai import AsyncOpenAI
from pydantic import BaseModel
from pydantic_ai import Agent, BinaryContent, NativeOutput
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.openai import OpenAIProvider
from rows import ANSWERED, PNG, SAID, URL, KEY, expect, report
import base64

provider = OpenAIProvider(openai_client=AsyncOpenAI(base_url=URL, api_key=KEY, max_retries=0))
image = BinaryContent(base64.b64decode(PNG), media_type="image/png")


class City(BaseModel):
    city: str


def weather(city: str) -> str:
    """Looks."""
    return "sun"


def over(name, kind):
    model = kind("assistant", provider=provider)

    async def text():
        expect((await Agent(model).run("hello")).output, SAID)

    async def stream():
        async with Agent(model).run_stream("hello") as run:
            expect(await run.get_output(), SAID)

    async def tools():
        expect((await Agent(model, tools=[weather]).run("the weather?")).output, ANSWERED)

    async def output():
        assert isinstance((await Agent(model, output_type=City).run("hello")).output, City)

    async def native_output():
        assert isinstance((await Agent(model, output_type=NativeOutput(City)).run("hello")).output, City)

    async def picture():
        expect((await Agent(model).run(["this", image])).output, "1 image")

    async def instructions():
        await Agent(model, instructions="Say hello").run()

    async def turns():
        agent = Agent(model, tools=[weather], system_prompt="Help")
        first = await agent.run("the weather?")
        expect((await agent.run("hello", message_history=first.all_messages())).output, SAID)

    async def settings():
        await Agent(model, model_settings={"seed": 7, "temperature": 0.2, "max_tokens": 50}).run("hello")

    async def named():
        expect((await Agent(kind("gpt-5.2", provider=provider)).run("hello")).output, SAID)

    rows = [text, stream, tools, output, native_output, picture, instructions, turns, settings, named]
    return {f"{name}__{row.__name__}": row for row in rows}


report(**over("chat", OpenAIChatModel), **over("responses", OpenAIResponsesModel))
