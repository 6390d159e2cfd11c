"""Properties that the emulator's own types drop: each is passed to the emulator's service, so that it can be read back."""

import functools

from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from . import bucket, domain_name, function, method, rest_api, role, stage, topic

COMPLETED = {
    "AWS::ApiGateway::DomainName": domain_name,
    "AWS::ApiGateway::Method": method,
    "AWS::ApiGateway::RestApi": rest_api,
    "AWS::ApiGateway::Stage": stage,
    "AWS::IAM::Role": role,
    "AWS::Lambda::Function": function,
    "AWS::S3::Bucket": bucket,
    "AWS::SNS::Topic": topic,
}


def _creating(create, complete):
    @functools.wraps(create)
    def completed(logical_id, properties, stack_name):
        result = create(logical_id, properties, stack_name)
        complete(result[0], properties)
        return result

    return completed


def _updating(update, complete):
    @functools.wraps(update)
    def completed(physical_id, old, properties, *rest):
        result = update(physical_id, old, properties, *rest)
        complete(result[0], properties)
        return result

    return completed


def register():
    for name, module in COMPLETED.items():
        handlers = _RESOURCE_HANDLERS[name]
        handlers["create"] = _creating(handlers["create"], module.complete)
        handlers["update"] = _updating(handlers["update"], module.complete)
