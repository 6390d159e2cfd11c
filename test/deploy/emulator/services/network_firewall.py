"""AWS Network Firewall: rule groups, policies, firewalls and their logging. No packet passes them, and no rule is run.

What is in use can't be deleted (docs.aws.amazon.com/network-firewall/latest/APIReference, InvalidOperationException).
"""

import re
import secrets

import ministack.services.cloudwatch_logs as logs
import ministack.services.ec2 as ec2
from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region

from .json_service import JsonService, ServiceError, arn

SERVICE = JsonService("network-firewall")
_groups, _policies, _firewalls, _logging = (AccountRegionScopedDict() for _ in range(4))


def _add(store, key, value):
    if key in store:
        raise ServiceError("InvalidRequestException", f"a resource with the same name already exists: {key}")
    store[key] = value


def _found(store, key, what):
    if key not in store:
        raise ServiceError("ResourceNotFoundException", f"there is no {what} {key}")
    return store[key]


def _unused(users, what):
    if users:
        raise ServiceError("InvalidOperationException", f"unable to delete the {what} because it is in use by {', '.join(users)}")


def _require_rules(group):
    """One line of the text is a rule. AWS refuses two of one ID, and more than the capacity."""
    rules = group["RuleGroup"]["RulesSource"]["RulesString"].splitlines()
    ids = [re.search(r"; ?sid:(\d+);", rule) for rule in rules]
    if not all(ids) or len({found.group(1) for found in ids}) != len(rules):
        raise ServiceError("InvalidRequestException", "each rule needs an ID of its own")
    if len(rules) > group["Capacity"]:
        raise ServiceError("InsufficientCapacityException", f"{len(rules)} rules, capacity {group['Capacity']}")


@SERVICE.operation
def create_rule_group(group):
    _require_rules(group)
    key = arn(SERVICE.name, f"{group['Type'].lower()}-rulegroup/{group['RuleGroupName']}")
    _add(_groups, key, group)
    return {"RuleGroupResponse": {"RuleGroupArn": key}}


def change_rules(key, rules):
    changed = {**_found(_groups, key, "rule group"), "RuleGroup": rules}
    _require_rules(changed)
    _groups[key] = changed


@SERVICE.operation
def describe_rule_group(request):
    found = _found(_groups, request["RuleGroupArn"], "rule group")
    return {"RuleGroup": found["RuleGroup"], "RuleGroupResponse": {"Type": found["Type"], "Capacity": found["Capacity"]}}


@SERVICE.operation
def delete_rule_group(request):
    key = request["RuleGroupArn"]
    _found(_groups, key, "rule group")
    _unused([policy for policy, value in _policies.items() if key in _groups_of(value)], "rule group")
    del _groups[key]
    return {}


def _groups_of(policy):
    return [one["ResourceArn"] for one in policy["FirewallPolicy"].get("StatefulRuleGroupReferences", [])]


@SERVICE.operation
def create_firewall_policy(policy):
    for group in _groups_of(policy):
        _found(_groups, group, "rule group")
    key = arn(SERVICE.name, f"firewall-policy/{policy['FirewallPolicyName']}")
    _add(_policies, key, policy)
    return {"FirewallPolicyResponse": {"FirewallPolicyArn": key}}


@SERVICE.operation
def describe_firewall_policy(request):
    return {"FirewallPolicy": _found(_policies, request["FirewallPolicyArn"], "policy")["FirewallPolicy"]}


@SERVICE.operation
def delete_firewall_policy(request):
    key = request["FirewallPolicyArn"]
    _found(_policies, key, "policy")
    _unused([one for one, value in _firewalls.items() if value["FirewallPolicyArn"] == key], "policy")
    del _policies[key]
    return {}


def _endpoint(vpc, subnet):
    """The endpoint of a firewall in a subnet, which routes target."""
    if subnet not in ec2._subnets or ec2._subnets[subnet]["VpcId"] != vpc:
        raise ServiceError("InvalidRequestException", f"{subnet} isn't a subnet of {vpc}")
    endpoint = f"vpce-{secrets.token_hex(8)}0"
    ec2._vpc_endpoints[endpoint] = {
        "VpcEndpointId": endpoint,
        "VpcEndpointType": "GatewayLoadBalancer",
        "VpcId": vpc,
        "ServiceName": f"com.amazonaws.vpce.{get_region()}.vpce-svc-emulated",
        "State": "available",
        "RouteTableIds": [],
        "SubnetIds": [subnet],
        "SecurityGroupIds": [],
        "PrivateDnsEnabled": False,
        "OwnerId": get_account_id(),
    }
    return ec2._subnets[subnet]["AvailabilityZone"], {"Attachment": {"SubnetId": subnet, "EndpointId": endpoint, "Status": "READY"}}


@SERVICE.operation
def create_firewall(firewall):
    _found(_policies, firewall["FirewallPolicyArn"], "policy")
    key = arn(SERVICE.name, f"firewall/{firewall['FirewallName']}")
    if key in _firewalls:
        raise ServiceError("InvalidRequestException", f"there is a firewall {key}")
    states = dict(_endpoint(firewall["VpcId"], one["SubnetId"]) for one in firewall["SubnetMappings"])
    _firewalls[key] = {**firewall, "FirewallArn": key, "SyncStates": states}
    return describe_firewall({"FirewallArn": key})


@SERVICE.operation
def describe_firewall(request):
    found = _found(_firewalls, request["FirewallArn"], "firewall")
    firewall = {name: value for name, value in found.items() if name not in ("SyncStates", "Tags")}
    return {"Firewall": firewall, "FirewallStatus": {"Status": "READY", "SyncStates": found["SyncStates"]}}


@SERVICE.operation
def list_firewalls(_request):
    return {"Firewalls": [{"FirewallArn": key, "FirewallName": one["FirewallName"]} for key, one in _firewalls.items()]}


@SERVICE.operation
def delete_firewall(request):
    found = _found(_firewalls, request["FirewallArn"], "firewall")
    endpoints = {state["Attachment"]["EndpointId"] for state in found["SyncStates"].values()}
    _unused(
        [key for key, table in ec2._route_tables.items() if any(route.get("VpcEndpointId") in endpoints for route in table["Routes"])],
        "firewall",
    )
    for endpoint in endpoints:
        del ec2._vpc_endpoints[endpoint]
    del _firewalls[request["FirewallArn"]]
    _logging.pop(request["FirewallArn"], None)
    return {}


@SERVICE.operation
def update_logging_configuration(request):
    _found(_firewalls, request["FirewallArn"], "firewall")
    for one in request["LoggingConfiguration"]["LogDestinationConfigs"]:
        group = one["LogDestination"]["logGroup"]
        if group not in logs._log_groups:
            raise ServiceError("InvalidRequestException", f"there is no log group {group}")
    _logging[request["FirewallArn"]] = request["LoggingConfiguration"]
    return request


@SERVICE.operation
def describe_logging_configuration(request):
    found = _logging.get(request["FirewallArn"], {"LogDestinationConfigs": []})
    return {"FirewallArn": request["FirewallArn"], "LoggingConfiguration": found}
