"""IAM identifies a log group by its ARN with `:*` at the end, except in calls for tags; the emulator omits the suffix.

docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
"""

import ministack.core.iam_actions as actions


def install():
    extract = actions.extract_resource_arn

    def extract_as_aws(service, method, path, headers, *rest):
        arn = extract(service, method, path, headers, *rest)
        named = service == "logs" and ":log-group:" in arn and "Tag" not in headers.get("x-amz-target", "")
        return f"{arn}:*" if named else arn

    actions.extract_resource_arn = extract_as_aws
