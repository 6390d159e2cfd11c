import instructor
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel
from rows import KEY, URL, report

USER = {"role": "user", "content": "hello"}


class City(BaseModel):
    city: str


def extracted(mode):
    client = instructor.from_openai(OpenAI(base_url=URL, api_key=KEY, max_retries=0), mode=mode)
    found = client.create(model="assistant", messages=[USER], response_model=City, max_retries=1)
    assert isinstance(found, City)


async def later():
    client = instructor.from_openai(AsyncOpenAI(base_url=URL, api_key=KEY, max_retries=0))
    assert isinstance(await client.create(model="assistant", messages=[USER], response_model=City, max_retries=1), City)


def partial():
    client = instructor.from_openai(OpenAI(base_url=URL, api_key=KEY, max_retries=0))
    *_, last = client.create_partial(model="assistant", messages=[USER], response_model=City, max_retries=1)
    assert isinstance(last.city, str)


report(
    tools=lambda: extracted(instructor.Mode.TOOLS),
    strict_tools=lambda: extracted(instructor.Mode.TOOLS_STRICT),
    JSON_schema=lambda: extracted(instructor.Mode.JSON_SCHEMA),
    later=later,
    partial=partial,
)
