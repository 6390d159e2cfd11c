"""AWS::ApiGateway::Stage: where the access log goes. The front writes no log."""

import ministack.services.apigateway_v1 as apigateway


def complete(name, properties):
    if "AccessLogSetting" in properties:
        setting = properties["AccessLogSetting"]
        stage = apigateway._stages_v1[properties["RestApiId"]][name]
        stage["accessLogSettings"] = {"destinationArn": setting["DestinationArn"], "format": setting["Format"]}
