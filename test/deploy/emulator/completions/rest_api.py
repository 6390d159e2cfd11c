"""AWS::ApiGateway::RestApi: settings that the emulator stores and returns, but doesn't enforce."""

import ministack.services.apigateway_v1 as apigateway


def complete(api, properties):
    record = apigateway._rest_apis[api]
    for prop, member in (("SecurityPolicy", "securityPolicy"), ("EndpointAccessMode", "endpointAccessMode")):
        if prop in properties:
            record[member] = properties[prop]
    # The API returns members in lower case; the emulator keeps the template's case. As in AWS, the default type is EDGE.
    configuration = properties.get("EndpointConfiguration") or {}
    record["endpointConfiguration"] = {"types": list(configuration.get("Types") or ["EDGE"])}
