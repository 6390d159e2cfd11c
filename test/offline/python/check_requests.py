"""Reads requests from stdin as JSON, compares each with its operation's input, and prints a list of problems for each."""
import functools
import json
import sys

from botocore.session import get_session

from shapes import problems

SESSION = get_session()

# botocore's names of services that differ from those of the SDK's clients.
NAMES = {
    "BedrockRuntime": "bedrock-runtime",
    "CloudWatchLogs": "logs",
    "CognitoIdentityProvider": "cognito-idp",
    "ServiceQuotas": "service-quotas",
    "SFN": "stepfunctions",
}


@functools.cache
def input_of(service, operation):
    model = SESSION.get_service_model(NAMES.get(service, service.lower()))
    if model.service_id.replace(" ", "") != service:
        raise ValueError(f"botocore has no service {service} by this name; add it to NAMES")
    return model.operation_model(operation).input_shape


def check(request):
    shape = input_of(request["service"], request["operation"])
    return [] if shape is None else problems(request["input"], shape)


json.dump([check(request) for request in json.load(sys.stdin)], sys.stdout)
