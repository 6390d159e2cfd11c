"""CloudFormation reads an output in the Region of `Fn::GetStackOutput`; the emulator searches only the stack's own Region."""

import ministack.services.cloudformation as cloudformation
from ministack.core.responses import get_account_id
from ministack.services.cloudformation import changesets, engine, handlers, stacks


def install():
    resolve = engine._resolve_refs

    def resolved(value, *rest):
        named = value.get("Fn::GetStackOutput") if isinstance(value, dict) and len(value) == 1 else None
        if not isinstance(named, dict) or "Region" not in named:
            return resolve(value, *rest)
        stack = cloudformation._stacks.get_scoped(get_account_id(), named["Region"], named["StackName"]) or {}
        for output in stack.get("Outputs", []):
            if output.get("OutputKey") == named["OutputName"]:
                return output["OutputValue"]
        raise ValueError(f"there is no output {named['OutputName']} of stack {named['StackName']} in {named['Region']}")

    for module in (changesets, engine, handlers, stacks):
        module._resolve_refs = resolved
