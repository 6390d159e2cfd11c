"""AWS::Lambda::Function: the subnets and security groups. The function still runs on this machine."""

import ministack.services.lambda_svc as functions


def complete(name, properties):
    if "VpcConfig" in properties:
        wanted = {key: list(properties["VpcConfig"][key]) for key in ("SubnetIds", "SecurityGroupIds")}
        functions._functions[name]["config"]["VpcConfig"] = functions._vpc_config_with_id(wanted)
