"""AWS::SNS::Topic: the key. Nothing is encrypted with it."""

import ministack.services.sns as sns

from provisioners.answers import answered


def complete(arn, properties):
    if "KmsMasterKeyId" in properties:
        request = {
            "TopicArn": [arn],
            "AttributeName": ["KmsMasterKeyId"],
            "AttributeValue": [properties["KmsMasterKeyId"]],
        }
        answered(sns._set_topic_attributes(request), "AWS::SNS::Topic SetTopicAttributes")
