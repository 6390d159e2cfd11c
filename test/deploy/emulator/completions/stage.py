"""AWS::ApiGateway::Stage: the destination of the access log. The test's own API Gateway writes no log."""

import ministack.services.apigateway_v1 as apigateway


def complete(name, properties):
    if "AccessLogSetting" in properties:
        setting = properties["AccessLogSetting"]
        stage = apigateway._stages_v1[properties["RestApiId"]][name]
        stage["accessLogSettings"] = {"destinationArn": setting["DestinationArn"], "format": setting["Format"]}
