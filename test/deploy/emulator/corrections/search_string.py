"""WAF returns the search string of a rule in base64; the emulator returns it as the template has it.

docs.aws.amazon.com/waf/latest/APIReference/API_ByteMatchStatement.html
"""

import base64

import ministack.services.waf as waf


def _encoded(value):
    if isinstance(value, list):
        return [_encoded(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: base64.b64encode(one.encode()).decode() if key == "SearchString" else _encoded(one)
        for key, one in value.items()
    }


def install():
    create, update = waf.create_web_acl_record, waf.update_web_acl_record

    def create_encoded(name, scope, props):
        return create(name, scope, {**props, "Rules": _encoded(props.get("Rules", []))})

    def update_encoded(acl, props):
        return update(acl, {**props, "Rules": _encoded(props.get("Rules", []))})

    waf.create_web_acl_record = create_encoded
    waf.update_web_acl_record = update_encoded
