"""CloudWatch Logs invokes a function asynchronously, and Lambda hands the answer of such an invocation to the function's destination.

The emulator drops such an answer. Only EventBridge is a destination here.
docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""

import json
import time

import ministack.services.eventbridge as events
import ministack.services.lambda_svc as functions
from ministack.core.responses import new_uuid


def _destination(function):
    configuration = function.get("event_invoke_config") or (function.get("event_invoke_configs") or {}).get("$LATEST")
    return ((configuration or {}).get("DestinationConfig") or {}).get("OnSuccess", {}).get("Destination")


def _hand_on(function, bus, event, answer):
    arn = f"{function['config']['FunctionArn']}:$LATEST"
    detail = {
        "version": "1.0",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        "requestContext": {"requestId": new_uuid(), "functionArn": arn, "condition": "Success", "approximateInvokeCount": 1},
        "requestPayload": event,
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST"},
        "responsePayload": answer,
    }
    entry = {
        "Source": "lambda",
        "DetailType": "Lambda Function Invocation Result - Success",
        "Detail": json.dumps(detail),
        "Resources": [bus, arn],
        "EventBusName": bus,
    }
    events._put_events({"Entries": [entry]})


def install():
    execute = functions._execute_function_with_config_scope

    def execute_and_hand_on(function, event):
        result = execute(function, event)
        bus = _destination(function)
        # Only CloudWatch Logs sends such an event, and it always invokes asynchronously.
        if bus and "awslogs" in event and not result.get("error"):
            if ":event-bus/" not in bus:
                raise ValueError(f"{__file__} hands answers to EventBridge only, not to {bus}")
            answer = result.get("body")
            functions._run_with_function_config_scope(function, _hand_on, function, bus, event, answer)
        return result

    functions._execute_function_with_config_scope = execute_and_hand_on
