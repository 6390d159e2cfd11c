"""CloudFormation's reference to a secret is its ARN, and a secret without a value has no version; the emulator returns the name and stores
an empty value.

docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secret.html
"""

import ministack.services.secretsmanager as secrets
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

TYPE = "AWS::SecretsManager::Secret"


def install():
    handlers = _RESOURCE_HANDLERS[TYPE]
    create, update, delete = handlers["create"], handlers["update"], handlers["delete"]

    def create_by_arn(logical_id, properties, stack_name):
        name, attributes = create(logical_id, properties, stack_name)
        if not properties.get("SecretString") and not properties.get("GenerateSecretString"):
            secrets._secrets[name]["Versions"].clear()
        return attributes["Arn"], attributes

    def update_by_arn(physical_id, old, properties, stack_name, logical_id=None):
        name, attributes = update(_name(physical_id), old, properties, stack_name, logical_id)
        return attributes["Arn"], attributes

    handlers["create"], handlers["update"] = create_by_arn, update_by_arn
    handlers["delete"] = lambda physical_id, properties: delete(_name(physical_id), properties)


def _name(arn):
    return arn.partition(":secret:")[2][:-7]
