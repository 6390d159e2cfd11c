"""CloudFormation names a log group by its stack and logical ID, and ends the name with random letters; the emulator names it like a path.

The handler of the type: github.com/aws-cloudformation/aws-cloudformation-resource-providers-logs, aws-logs-loggroup, CreateHandler.java
"""

from ministack.services.cloudformation import provisioners
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

TYPE = "AWS::Logs::LogGroup"


def install():
    handlers = _RESOURCE_HANDLERS[TYPE]
    create, update = handlers["create"], handlers["update"]

    def named(properties, name):
        return properties if properties.get("LogGroupName") else {**properties, "LogGroupName": name}

    def create_named(logical_id, properties, stack_name):
        name = provisioners._physical_name(stack_name, logical_id, max_len=512)
        return create(logical_id, named(properties, name), stack_name)

    def update_named(physical_id, old, properties, *rest):
        return update(physical_id, named(old, physical_id), named(properties, physical_id), *rest)

    handlers["create"], handlers["update"] = create_named, update_named
