"""The types of AWS::Route53Resolver, on our own service of that name. A change of other properties than these replaces a resource."""

from services import resolver
from services.resolver import SERVICE

from .answers import only


def _named(logical_id, values):
    return {"CreatorRequestId": logical_id, "Name": logical_id[-64:], **values}


def _tagged(logical_id, properties):
    return _named(logical_id, {"Tags": list(properties.get("Tags", []))})


class DomainList:
    """AWS::Route53Resolver::FirewallDomainList: its names change in place."""

    @staticmethod
    def create(logical_id, properties, stack_name):
        key = SERVICE.call("CreateFirewallDomainList", _tagged(logical_id, properties))["FirewallDomainList"]["Id"]
        return DomainList.update(key, {}, properties, stack_name)

    @staticmethod
    def update(physical_id, _old, properties, _stack_name):
        only(properties, ["Domains", "Tags"], "AWS::Route53Resolver::FirewallDomainList")
        change = {"FirewallDomainListId": physical_id, "Operation": "REPLACE", "Domains": list(properties["Domains"])}
        SERVICE.call("UpdateFirewallDomains", change)
        return physical_id, {"Id": physical_id}

    @staticmethod
    def delete(physical_id, _properties):
        SERVICE.call("DeleteFirewallDomainList", {"FirewallDomainListId": physical_id})


class RuleGroup:
    """AWS::Route53Resolver::FirewallRuleGroup."""

    @staticmethod
    def create(logical_id, properties, _stack_name):
        only(properties, ["FirewallRules", "Tags"], "AWS::Route53Resolver::FirewallRuleGroup")
        key = SERVICE.call("CreateFirewallRuleGroup", _tagged(logical_id, properties))["FirewallRuleGroup"]["Id"]
        for rule in properties["FirewallRules"]:
            SERVICE.call("CreateFirewallRule", _named(logical_id, {**rule, "FirewallRuleGroupId": key}))
        return key, {"Id": key}

    @staticmethod
    def delete(physical_id, _properties):
        SERVICE.call("DeleteFirewallRuleGroup", {"FirewallRuleGroupId": physical_id})


class Association:
    """AWS::Route53Resolver::FirewallRuleGroupAssociation."""

    @staticmethod
    def create(logical_id, properties, _stack_name):
        only(properties, ["FirewallRuleGroupId", "Priority", "VpcId", "Tags"], "AWS::Route53Resolver::FirewallRuleGroupAssociation")
        made = SERVICE.call("AssociateFirewallRuleGroup", _named(logical_id, dict(properties)))
        key = made["FirewallRuleGroupAssociation"]["Id"]
        return key, {"Id": key}

    @staticmethod
    def delete(physical_id, _properties):
        SERVICE.call("DisassociateFirewallRuleGroup", {"FirewallRuleGroupAssociationId": physical_id})


class Config:
    """AWS::Route53Resolver::FirewallConfig."""

    @staticmethod
    def create(_logical_id, properties, _stack_name):
        only(properties, ["ResourceId", "FirewallFailOpen"], "AWS::Route53Resolver::FirewallConfig")
        SERVICE.call("UpdateFirewallConfig", properties)
        return properties["ResourceId"], {"Id": properties["ResourceId"]}

    @staticmethod
    def delete(physical_id, _properties):
        resolver.forget_config_of(physical_id)


class QueryLogging:
    """AWS::Route53Resolver::ResolverQueryLoggingConfig."""

    @staticmethod
    def create(logical_id, properties, _stack_name):
        only(properties, ["DestinationArn", "Tags"], "AWS::Route53Resolver::ResolverQueryLoggingConfig")
        made = SERVICE.call("CreateResolverQueryLogConfig", _named(logical_id, dict(properties)))
        key = made["ResolverQueryLogConfig"]["Id"]
        return key, {"Id": key}

    @staticmethod
    def delete(physical_id, _properties):
        SERVICE.call("DeleteResolverQueryLogConfig", {"ResolverQueryLogConfigId": physical_id})


class QueryLoggingOfVpc:
    """AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation."""

    @staticmethod
    def create(_logical_id, properties, _stack_name):
        only(properties, ["ResolverQueryLogConfigId", "ResourceId"], "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation")
        key = SERVICE.call("AssociateResolverQueryLogConfig", properties)["ResolverQueryLogConfigAssociation"]["Id"]
        return key, {"Id": key}

    @staticmethod
    def delete(physical_id, _properties):
        resolver.forget_query_log_of(physical_id)


TYPES = {
    "AWS::Route53Resolver::FirewallConfig": Config,
    "AWS::Route53Resolver::FirewallDomainList": DomainList,
    "AWS::Route53Resolver::FirewallRuleGroup": RuleGroup,
    "AWS::Route53Resolver::FirewallRuleGroupAssociation": Association,
    "AWS::Route53Resolver::ResolverQueryLoggingConfig": QueryLogging,
    "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation": QueryLoggingOfVpc,
}
