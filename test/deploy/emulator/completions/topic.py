"""AWS::SNS::Topic: the key. The emulator encrypts nothing with it."""

import ministack.services.sns as sns

from provisioners.answers import require_success


def complete(arn, properties):
    if "KmsMasterKeyId" in properties:
        request = {
            "TopicArn": [arn],
            "AttributeName": ["KmsMasterKeyId"],
            "AttributeValue": [properties["KmsMasterKeyId"]],
        }
        require_success(sns._set_topic_attributes(request), "AWS::SNS::Topic SetTopicAttributes")
