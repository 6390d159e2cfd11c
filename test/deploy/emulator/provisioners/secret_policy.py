"""AWS::SecretsManager::ResourcePolicy, whose service the emulator has."""

import json

import ministack.services.secretsmanager as secrets

from .answers import only, require_success

TYPE = "AWS::SecretsManager::ResourcePolicy"


def create(_logical_id, properties, _stack_name):
    only(properties, ["BlockPublicPolicy", "ResourcePolicy", "SecretId"], TYPE)
    # `BlockPublicPolicy` isn't read, so the ledger lists it: the emulator doesn't look for public access.
    secret = properties["SecretId"]
    request = {"SecretId": secret, "ResourcePolicy": json.dumps(properties["ResourcePolicy"])}
    require_success(secrets._put_resource_policy(request), TYPE)
    return secret, {"Id": secret}


def update(_physical_id, _old, properties, stack_name):
    return create(None, properties, stack_name)


def delete(physical_id, _properties):
    require_success(secrets._delete_resource_policy({"SecretId": physical_id}), TYPE)
