"""Each creation of a stack gets other names for its resources; the emulator derives them from the names of stack and resource only.

A store that a refused first creation leaves would otherwise prevent the second one
(docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html).
"""

import ministack.services.cloudformation as cloudformation
from ministack.services.cloudformation import provisioners


def install():
    name_of = provisioners._physical_name

    def named_in_stack(stack_name, logical_id, **options):
        stack_id = (cloudformation._stacks.get(stack_name) or {}).get("StackId", "")
        # The suffix depends on both names, and the prefix only on the first: the id is appended where it is cut off or hashed.
        name = name_of(stack_name, logical_id, **options)
        suffix = name_of(stack_id.rsplit("/", 1)[-1], logical_id, **options)[-13:]
        return name[:-13] + suffix

    provisioners._physical_name = named_in_stack
