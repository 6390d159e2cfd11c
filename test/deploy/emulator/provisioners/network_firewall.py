"""The types of AWS::NetworkFirewall, on our own service of that name. A change of other properties than these replaces a resource."""

from services import network_firewall
from services.network_firewall import SERVICE

from .answers import only


class RuleGroup:
    """AWS::NetworkFirewall::RuleGroup: its rules change in place."""

    KNOWN = ["RuleGroupName", "RuleGroup", "Type", "Description", "Capacity", "Tags"]

    @staticmethod
    def create(_logical_id, properties, _stack_name):
        only(properties, RuleGroup.KNOWN, "AWS::NetworkFirewall::RuleGroup")
        arn = SERVICE.call("CreateRuleGroup", properties)["RuleGroupResponse"]["RuleGroupArn"]
        return arn, {"RuleGroupArn": arn}

    @staticmethod
    def update(physical_id, old, properties, _stack_name):
        for fixed in ("RuleGroupName", "Type", "Capacity"):
            if old[fixed] != properties[fixed]:
                raise ValueError(f"AWS::NetworkFirewall::RuleGroup: the emulator's type doesn't map a change of {fixed}")
        network_firewall.change_rules(physical_id, dict(properties["RuleGroup"]))
        return physical_id, {"RuleGroupArn": physical_id}

    @staticmethod
    def delete(physical_id, _properties):
        SERVICE.call("DeleteRuleGroup", {"RuleGroupArn": physical_id})


class FirewallPolicy:
    """AWS::NetworkFirewall::FirewallPolicy."""

    @staticmethod
    def create(_logical_id, properties, _stack_name):
        only(properties, ["FirewallPolicyName", "FirewallPolicy", "Description", "Tags"], "AWS::NetworkFirewall::FirewallPolicy")
        arn = SERVICE.call("CreateFirewallPolicy", properties)["FirewallPolicyResponse"]["FirewallPolicyArn"]
        return arn, {"FirewallPolicyArn": arn}

    @staticmethod
    def delete(physical_id, _properties):
        SERVICE.call("DeleteFirewallPolicy", {"FirewallPolicyArn": physical_id})


class Firewall:
    """AWS::NetworkFirewall::Firewall. `EndpointIds` has a zone before each endpoint."""

    KNOWN = ["FirewallName", "FirewallPolicyArn", "VpcId", "SubnetMappings", "Description", "Tags"]

    @staticmethod
    def create(_logical_id, properties, _stack_name):
        only(properties, Firewall.KNOWN, "AWS::NetworkFirewall::Firewall")
        created = SERVICE.call("CreateFirewall", properties)
        arn = created["Firewall"]["FirewallArn"]
        states = created["FirewallStatus"]["SyncStates"].items()
        endpoints = [f"{zone}:{state['Attachment']['EndpointId']}" for zone, state in states]
        return arn, {"FirewallArn": arn, "EndpointIds": endpoints}

    @staticmethod
    def delete(physical_id, _properties):
        SERVICE.call("DeleteFirewall", {"FirewallArn": physical_id})


class LoggingConfiguration:
    """AWS::NetworkFirewall::LoggingConfiguration. Its deletion leaves a firewall without logs."""

    @staticmethod
    def create(_logical_id, properties, _stack_name):
        only(properties, ["FirewallArn", "LoggingConfiguration"], "AWS::NetworkFirewall::LoggingConfiguration")
        SERVICE.call("UpdateLoggingConfiguration", properties)
        return properties["FirewallArn"], {}

    @staticmethod
    def delete(physical_id, _properties):
        empty = {"FirewallArn": physical_id, "LoggingConfiguration": {"LogDestinationConfigs": []}}
        SERVICE.call("UpdateLoggingConfiguration", empty)


TYPES = {
    "AWS::NetworkFirewall::Firewall": Firewall,
    "AWS::NetworkFirewall::FirewallPolicy": FirewallPolicy,
    "AWS::NetworkFirewall::LoggingConfiguration": LoggingConfiguration,
    "AWS::NetworkFirewall::RuleGroup": RuleGroup,
}
