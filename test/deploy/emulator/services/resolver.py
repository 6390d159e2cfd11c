"""The DNS Firewall and the query log of Route 53 Resolver. No name is resolved, no query is blocked, and none is logged.

What is in use can't be deleted (docs.aws.amazon.com/Route53/latest/APIReference, ConflictException).
"""

import secrets

import ministack.services.cloudwatch_logs as logs
import ministack.services.ec2 as ec2
from ministack.core.responses import AccountRegionScopedDict

from .json_service import JsonService, ServiceError

SERVICE = JsonService("route53resolver")
_lists, _groups, _associations, _configs, _query_logs, _logged = (AccountRegionScopedDict() for _ in range(6))


def _add(store, prefix, value):
    key = f"{prefix}-{secrets.token_hex(8)}"
    store[key] = {**value, "Id": key}
    return store[key]


def _found(store, key, what):
    if key not in store:
        raise ServiceError("ResourceNotFoundException", f"there is no {what} {key}")
    return store[key]


def _require_vpc(vpc):
    if vpc not in ec2._vpcs:
        raise ServiceError("ResourceNotFoundException", f"there is no VPC {vpc}")


def _unused(users, what):
    if users:
        raise ServiceError("ConflictException", f"the {what} is in use by {', '.join(users)}")


@SERVICE.operation
def create_firewall_domain_list(request):
    return {"FirewallDomainList": _add(_lists, "rslvr-fdl", {**request, "Domains": []})}


@SERVICE.operation
def update_firewall_domains(request):
    found = _found(_lists, request["FirewallDomainListId"], "list")
    if request["Operation"] != "REPLACE":
        raise ServiceError("ValidationException", "CloudFormation replaces the whole list")
    found["Domains"] = request["Domains"]
    return {"Id": found["Id"], "Status": "COMPLETE"}


@SERVICE.operation
def list_firewall_domains(request):
    return {"Domains": _found(_lists, request["FirewallDomainListId"], "list")["Domains"]}


@SERVICE.operation
def delete_firewall_domain_list(request):
    key = request["FirewallDomainListId"]
    _found(_lists, key, "list")
    users = [group["Id"] for group in _groups.values() if any(rule["FirewallDomainListId"] == key for rule in group["Rules"])]
    _unused(users, "list")
    return {"FirewallDomainList": _lists.pop(key)}


@SERVICE.operation
def create_firewall_rule_group(request):
    return {"FirewallRuleGroup": _add(_groups, "rslvr-frg", {**request, "Rules": []})}


@SERVICE.operation
def create_firewall_rule(request):
    group = _found(_groups, request["FirewallRuleGroupId"], "rule group")
    _found(_lists, request["FirewallDomainListId"], "list")
    if any(rule["Priority"] == request["Priority"] for rule in group["Rules"]):
        raise ServiceError("ValidationException", "each rule needs a priority of its own")
    group["Rules"].append(request)
    return {"FirewallRule": request}


@SERVICE.operation
def list_firewall_rules(request):
    rules = _found(_groups, request["FirewallRuleGroupId"], "rule group")["Rules"]
    return {"FirewallRules": sorted(rules, key=lambda rule: rule["Priority"])}


@SERVICE.operation
def delete_firewall_rule_group(request):
    key = request["FirewallRuleGroupId"]
    _found(_groups, key, "rule group")
    _unused([one["Id"] for one in _associations.values() if one["FirewallRuleGroupId"] == key], "rule group")
    return {"FirewallRuleGroup": _groups.pop(key)}


@SERVICE.operation
def associate_firewall_rule_group(request):
    _require_vpc(request["VpcId"])
    _found(_groups, request["FirewallRuleGroupId"], "rule group")
    return {"FirewallRuleGroupAssociation": _add(_associations, "rslvr-frgassoc", {**request, "Status": "COMPLETE"})}


@SERVICE.operation
def list_firewall_rule_group_associations(request):
    wanted = request.get("VpcId")
    found = [one for one in _associations.values() if wanted in (None, one["VpcId"])]
    return {"FirewallRuleGroupAssociations": found}


@SERVICE.operation
def disassociate_firewall_rule_group(request):
    key = request["FirewallRuleGroupAssociationId"]
    _found(_associations, key, "association")
    return {"FirewallRuleGroupAssociation": _associations.pop(key)}


@SERVICE.operation
def update_firewall_config(request):
    _require_vpc(request["ResourceId"])
    _configs[request["ResourceId"]] = request
    return {"FirewallConfig": request}


@SERVICE.operation
def get_firewall_config(request):
    _require_vpc(request["ResourceId"])
    # A new VPC's resolver doesn't fail open (API_FirewallConfig).
    default = {"ResourceId": request["ResourceId"], "FirewallFailOpen": "DISABLED"}
    return {"FirewallConfig": _configs.get(request["ResourceId"], default)}


@SERVICE.operation
def create_resolver_query_log_config(request):
    group = request["DestinationArn"].split(":log-group:")[-1].removesuffix(":*")
    if group not in logs._log_groups:
        raise ServiceError("InvalidParameterException", f"there is no log group {group}")
    return {"ResolverQueryLogConfig": _add(_query_logs, "rqlc", {**request, "Status": "CREATED"})}


@SERVICE.operation
def list_resolver_query_log_configs(_request):
    return {"ResolverQueryLogConfigs": list(_query_logs.values())}


@SERVICE.operation
def delete_resolver_query_log_config(request):
    key = request["ResolverQueryLogConfigId"]
    _found(_query_logs, key, "configuration")
    if any(one["ResolverQueryLogConfigId"] == key for one in _logged.values()):
        raise ServiceError("InvalidRequestException", "first disassociate all VPCs from the configuration")
    return {"ResolverQueryLogConfig": _query_logs.pop(key)}


@SERVICE.operation
def associate_resolver_query_log_config(request):
    _require_vpc(request["ResourceId"])
    _found(_query_logs, request["ResolverQueryLogConfigId"], "configuration")
    return {"ResolverQueryLogConfigAssociation": _add(_logged, "rqlca", {**request, "Status": "ACTIVE"})}


@SERVICE.operation
def list_resolver_query_log_config_associations(_request):
    return {"ResolverQueryLogConfigAssociations": list(_logged.values())}


def forget_query_log_of(key):
    _logged.pop(key, None)


def forget_config_of(vpc):
    _configs.pop(vpc, None)
