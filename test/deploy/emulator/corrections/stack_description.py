"""A stack that a change set creates has its template's description; the emulator leaves it empty.

docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html
"""

import ministack.services.cloudformation as cloudformation
from ministack.services.cloudformation import engine, handlers


def install():
    describe = handlers._ACTION_HANDLERS["DescribeStacks"]

    def describe_with_description(params):
        for stack in cloudformation._stacks.values():
            body = stack.get("_template_body")
            stack["Description"] = engine._parse_template(body).get("Description", "") if body else ""
        return describe(params)

    handlers._ACTION_HANDLERS["DescribeStacks"] = describe_with_description
