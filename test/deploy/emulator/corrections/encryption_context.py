"""KMS also evaluates the encryption context of a call, and supports ReEncrypt; the emulator supports neither.

ReEncrypt needs two permissions: one on the key that decrypts and one on the key that encrypts, each in its own context
(docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html).
"""

import json

import ministack.core.iam_actions as actions
import ministack.core.iam_evaluator as evaluator
import ministack.services.kms as kms
from ministack.core.responses import get_region, json_response
from ministack.core.router import extract_access_key_id


def _keys(context):
    return {
        **{f"kms:EncryptionContext:{name}": value for name, value in (context or {}).items()},
        **({"kms:EncryptionContextKeys": sorted(context)} if context else {}),
    }


def _is_re_encrypt(headers):
    return headers.get("x-amz-target", "").endswith(".ReEncrypt")


def _re_encrypt(headers, query_params, request):
    destination, context = kms._resolve_key(request["DestinationKeyId"]), request.get("DestinationEncryptionContext", {})
    if destination is None:
        return kms.error_response_json("NotFoundException", f"Key {request['DestinationKeyId']} not found", 400)
    denied = evaluator.enforce(
        extract_access_key_id(headers, query_params),
        "kms:ReEncryptTo",
        "kms",
        get_region(),
        resource_arn=destination["Arn"],
        service_context=_keys(context),
    )
    if denied:
        return kms.error_response_json("AccessDeniedException", f"kms:ReEncryptTo is refused for {destination['Arn']}", 400)
    decrypted = kms._decrypt(
        {
            "CiphertextBlob": request["CiphertextBlob"],
            "EncryptionContext": request.get("SourceEncryptionContext", {}),
            "KeyId": request.get("SourceKeyId", ""),
        }
    )
    if decrypted[0] >= 400:
        return decrypted
    source = json.loads(decrypted[2])
    encrypted = kms._encrypt({"KeyId": destination["Arn"], "Plaintext": source["Plaintext"], "EncryptionContext": context})
    if encrypted[0] >= 400:
        return encrypted
    return json_response(
        {
            "CiphertextBlob": json.loads(encrypted[2])["CiphertextBlob"],
            "SourceKeyId": source["KeyId"],
            "KeyId": destination["Arn"],
            "SourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            "DestinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }
    )


def install():
    action_of, context_of, others = actions.extract_iam_action, actions.request_tag_context, kms.handle_request

    def extract_iam_action(service, method, path, headers, *rest):
        if service == "kms" and _is_re_encrypt(headers):
            return "kms:ReEncryptFrom"
        return action_of(service, method, path, headers, *rest)

    # The only place where a request's body becomes condition keys, for every service.
    def request_context(service, action, body, params):
        context = context_of(service, action, body, params)
        if service != "kms":
            return context
        request = json.loads(body or b"{}")
        return {**context, **_keys(request.get("EncryptionContext") or request.get("SourceEncryptionContext"))}

    async def handle_request(method, path, headers, body, query_params):
        if _is_re_encrypt(headers):
            return _re_encrypt(headers, query_params, json.loads(body))
        return await others(method, path, headers, body, query_params)

    actions.extract_iam_action = extract_iam_action
    actions.request_tag_context = request_context
    kms.handle_request = handle_request
