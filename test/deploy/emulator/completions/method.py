"""AWS::ApiGateway::Method: whether the integration streams. The test's own API Gateway follows it."""

import ministack.services.apigateway_v1 as apigateway


def complete(_physical_id, properties):
    integration = properties.get("Integration") or {}
    if "ResponseTransferMode" in integration:
        resource = apigateway._resources[properties["RestApiId"]][properties["ResourceId"]]
        method = resource["resourceMethods"][properties["HttpMethod"]]
        method["methodIntegration"]["responseTransferMode"] = integration["ResponseTransferMode"]
