"""KMS also evaluates how a message is to be signed: by which algorithm, and whether the message or its digest is sent. The emulator doesn't.

docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
"""

import json

import ministack.core.iam_actions as actions

# Each parameter of a request, which is a condition key of the same name.
PARAMETERS = {"MessageType": "RAW", "SigningAlgorithm": ""}


def install():
    context_of = actions.request_tag_context

    def request_context(service, action, body, params):
        context = context_of(service, action, body, params)
        if action not in ("kms:Sign", "kms:Verify"):
            return context
        request = json.loads(body or b"{}")
        return {**context, **{f"kms:{name}": request.get(name, default) for name, default in PARAMETERS.items()}}

    actions.request_tag_context = request_context
