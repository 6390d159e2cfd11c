"""A call from a function in a VPC goes through an endpoint, whose policy decides too; without an endpoint, the call fails.

The emulator stores endpoints without evaluating them. Here, a call as a role counts as a call of the function that has this role. Only
its log is written by Lambda itself, from outside the VPC.
"""

import ministack.core.iam_evaluator as evaluator
import ministack.services.ec2 as ec2
import ministack.services.lambda_svc as functions
from ministack.core.responses import get_account_id

WRITTEN_BY_LAMBDA = ("logs:CreateLogStream", "logs:PutLogEvents")


def _vpc_of(principal):
    role = evaluator._role_name_from_assumed_arn(principal.arn)
    for function in functions._functions.values():
        config = function["config"]
        if config.get("Role", "").endswith(f"/{role}") and (config.get("VpcConfig") or {}).get("SubnetIds"):
            return config["VpcConfig"]["VpcId"]
    return None


def _admits(endpoint, context):
    return evaluator.evaluate_resource_policy(endpoint["PolicyDocument"], context).decision == "Allow"


def install():
    enforce = evaluator.enforce

    def enforce_through_endpoint(access_key, action, service, region, resource_arn="*", service_context=None):
        denied = enforce(access_key, action, service, region, resource_arn, service_context)
        if denied is not None:
            return denied
        principal = evaluator.resolve_principal(access_key or "", get_account_id())
        vpc = _vpc_of(principal) if principal.type == "AssumedRole" else None
        if vpc is None or action in WRITTEN_BY_LAMBDA:
            return None
        context = evaluator.EvalContext(
            principal_arn=principal.arn,
            principal_type=principal.type,
            principal_account=principal.account,
            action=action,
            resource_arn=resource_arn,
            region=region,
            service_context={key.lower(): value for key, value in (service_context or {}).items()},
            principal_keys=principal.keys,
        )
        name = f"com.amazonaws.{region}.{service}"
        endpoints = [e for e in ec2._vpc_endpoints.values() if e["VpcId"] == vpc and e["ServiceName"] == name]
        if any(_admits(endpoint, context) for endpoint in endpoints):
            return None
        return evaluator.EvalResult("ImplicitDeny", principal_arn=principal.arn, reason=f"no endpoint {name} of {vpc} admits it")

    evaluator.enforce = enforce_through_endpoint
