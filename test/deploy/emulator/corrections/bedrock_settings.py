"""Bedrock's data retention mode per Region and the lifecycle of models, which the emulator lacks, and the Regions of
profiles, which it invents.

A Region starts with the default mode of a new account. DEPLOY_TEST_PROFILES contains the Regions that profiles route to.
"""

import json
import os
from urllib.parse import unquote

import ministack.services.bedrock as bedrock
from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region, json_response

_modes = AccountRegionScopedDict()
_profiles = json.loads(os.environ.get("DEPLOY_TEST_PROFILES", "{}"))


def _retention(method, body):
    if method == "PUT":
        _modes["mode"] = json.loads(body)["mode"]
    return json_response({"mode": _modes.get("mode", "default")})


def _profile(profile):
    model = profile.split(".", 1)[1]
    return json_response(
        {
            "inferenceProfileName": profile,
            "inferenceProfileId": profile,
            "inferenceProfileArn": f"arn:aws:bedrock:{get_region()}:{get_account_id()}:inference-profile/{profile}",
            "models": [
                {"modelArn": f"arn:aws:bedrock:{region}::foundation-model/{model}"} for region in _profiles[profile]
            ],
            "status": "ACTIVE",
            "type": "SYSTEM_DEFINED",
        }
    )


def _model(model):
    return json_response(
        {
            "modelDetails": {
                "modelArn": f"arn:aws:bedrock:{get_region()}::foundation-model/{model}",
                "modelId": model,
                "modelLifecycle": {"status": "ACTIVE"},
            }
        }
    )


def install():
    others = bedrock.handle_request

    async def handle_request(method, path, headers, body, query_params):
        if path == "/data-retention":
            return _retention(method, body)
        profile = unquote(path).removeprefix("/inference-profiles/")
        if method == "GET" and profile in _profiles:
            return _profile(profile)
        model = unquote(path).removeprefix("/foundation-models/")
        if method == "GET" and model != unquote(path):
            return _model(model)
        return await others(method, path, headers, body, query_params)

    bedrock.handle_request = handle_request
