from agents import Agent, ModelSettings, OpenAIProvider, RunConfig, Runner, function_tool, set_tracing_disabled
from pydantic import BaseModel
from rows import ANSWERED, IMAGE, KEY, SAID, URL, expect, report

set_tracing_disabled(True)


class City(BaseModel):
    city: str


@function_tool
def weather(city: str) -> str:
    """Looks."""
    return "sun"


def over(name, use_responses):
    provider = OpenAIProvider(base_url=URL, api_key=KEY, use_responses=use_responses)
    config = RunConfig(model_provider=provider, tracing_disabled=True)

    def agent(**over):
        return Agent(**{"name": "Helper", "instructions": "Help", "model": "assistant", **over})

    async def text():
        expect((await Runner.run(agent(), "hello", run_config=config)).final_output, SAID)

    async def stream():
        run = Runner.run_streamed(agent(), "hello", run_config=config)
        async for _ in run.stream_events():
            pass
        expect(run.final_output, SAID)

    async def tools():
        expect((await Runner.run(agent(tools=[weather]), "the weather?", run_config=config)).final_output, ANSWERED)

    async def output():
        found = await Runner.run(agent(output_type=City), "hello", run_config=config)
        assert isinstance(found.final_output, City)

    async def handoff():
        first = agent(name="First", handoffs=[agent(name="Second")])
        found = await Runner.run(first, "transfer_to_second", run_config=config)
        assert found.last_agent.name == "Second"

    async def image():
        content = [{"type": "input_text", "text": "this"}, {"type": "input_image", "image_url": IMAGE, "detail": "auto"}]
        found = await Runner.run(agent(), [{"role": "user", "content": content}], run_config=config)
        expect(found.final_output, "1 image")

    async def turns():
        first = await Runner.run(agent(tools=[weather]), "the weather?", run_config=config)
        turns = [*first.to_input_list(), {"role": "user", "content": "hello"}]
        expect((await Runner.run(agent(tools=[weather]), turns, run_config=config)).final_output, SAID)

    async def named():
        expect((await Runner.run(agent(model="gpt-5.2"), "hello", run_config=config)).final_output, SAID)

    async def settings():
        found = ModelSettings(temperature=0.2, max_tokens=50, verbosity="low", metadata={"a": "b"})
        await Runner.run(agent(model_settings=found), "hello", run_config=config)

    rows = [text, stream, tools, output, handoff, image, turns, named, settings]
    return {f"{name}__{row.__name__}": row for row in rows}


async def previous():
    config = RunConfig(model_provider=OpenAIProvider(base_url=URL, api_key=KEY, use_responses=True))
    agent = Agent(name="Helper", model="assistant")
    first = await Runner.run(agent, "hello", run_config=config)
    await Runner.run(agent, "again", previous_response_id=first.last_response_id, run_config=config)


report(**over("responses", True), **over("chat", False), responses__previous_response=previous)
