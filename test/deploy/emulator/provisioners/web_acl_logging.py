"""AWS::WAFv2::LoggingConfiguration, and GetLoggingConfiguration to read it back: the emulator has neither."""

import json

import ministack.services.cloudwatch_logs as logs
import ministack.services.waf as waf
from ministack.core.responses import AccountRegionScopedDict, json_response

from .answers import only

TYPE = "AWS::WAFv2::LoggingConfiguration"
_configurations = AccountRegionScopedDict()


def create(_logical_id, properties, _stack_name):
    only(properties, ["ResourceArn", "LogDestinationConfigs", "RedactedFields", "LoggingFilter"], TYPE)
    _acl, error = waf._resolve_local_web_acl(properties["ResourceArn"])
    if error:
        raise ValueError(f"{TYPE}: there is no web ACL {properties['ResourceArn']}")
    for destination in properties["LogDestinationConfigs"]:
        group = destination.split(":log-group:")[-1]
        if not group.startswith("aws-waf-logs-"):
            raise ValueError(f"{TYPE}: WAF logs only to a log group whose name begins with aws-waf-logs-, got {group}")
        if group not in logs._log_groups:
            raise ValueError(f"{TYPE}: there is no log group {group}")
    _configurations[properties["ResourceArn"]] = json.loads(json.dumps(properties))
    return properties["ResourceArn"], {"ManagedByFirewallManager": "false"}


def update(physical_id, _old, properties, stack_name):
    return create(physical_id, properties, stack_name)


def delete(physical_id, _properties):
    _configurations.pop(physical_id, None)


def serve():
    """Adds one call to those of the emulator, whose table of calls isn't accessible."""
    others = waf.handle_request

    async def handle_request(method, path, headers, body, query_params):
        if not headers.get("x-amz-target", "").endswith(".GetLoggingConfiguration"):
            return await others(method, path, headers, body, query_params)
        found = _configurations.get(json.loads(body)["ResourceArn"])
        if found is None:
            return waf._waf_not_found(json.loads(body)["ResourceArn"])
        return json_response({"LoggingConfiguration": found})

    waf.handle_request = handle_request
