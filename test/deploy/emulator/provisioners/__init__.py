"""CloudFormation types that the emulator lacks or only names, built on the emulator's own services."""

from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from . import (
    flow_log,
    global_table,
    identity_provider,
    nat,
    network_firewall,
    peering,
    resolver,
    secret_policy,
    security_group_ingress,
    trail,
    web_acl_association,
    web_acl_logging,
)

ADDED = {
    "AWS::CloudTrail::Trail": trail,
    "AWS::Cognito::UserPoolIdentityProvider": identity_provider,
    "AWS::EC2::FlowLog": flow_log,
    "AWS::EC2::VPCPeeringConnection": peering,
    "AWS::EC2::SecurityGroupIngress": security_group_ingress,
    "AWS::SecretsManager::ResourcePolicy": secret_policy,
    "AWS::WAFv2::LoggingConfiguration": web_acl_logging,
    "AWS::WAFv2::WebACLAssociation": web_acl_association,
    **nat.TYPES,
    **network_firewall.TYPES,
    **resolver.TYPES,
}


REPLACED = {"AWS::DynamoDB::GlobalTable": global_table}


def _handlers(module):
    return {name: getattr(module, name) for name in ("create", "update", "delete") if hasattr(module, name)}


def register():
    for name, module in ADDED.items():
        if name in _RESOURCE_HANDLERS:
            raise SystemExit(f"the emulator now has {name} itself; remove {module.__name__}")
        _RESOURCE_HANDLERS[name] = _handlers(module)
    for name, module in REPLACED.items():
        _RESOURCE_HANDLERS[name] = _handlers(module)
    web_acl_logging.serve()
