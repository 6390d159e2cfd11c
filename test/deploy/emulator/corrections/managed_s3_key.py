"""For a write with `aws:kms` and no key, S3 uses the account's managed key; the emulator refuses it.

The CDK CLI writes like this to the bucket of `cdk bootstrap`
(docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html, x-amz-server-side-encryption-aws-kms-key-id).
"""

import ministack.services.s3 as s3
from ministack.core.responses import get_account_id, get_region

KEY = "x-amz-server-side-encryption-aws-kms-key-id"


def install():
    resolve = s3._resolve_sse_write_headers

    def resolve_with_managed_key(headers, bucket_name):
        if headers.get("x-amz-server-side-encryption") == "aws:kms" and not headers.get(KEY):
            headers = {**headers, KEY: f"arn:aws:kms:{get_region()}:{get_account_id()}:alias/aws/s3"}
        return resolve(headers, bucket_name)

    s3._resolve_sse_write_headers = resolve_with_managed_key
