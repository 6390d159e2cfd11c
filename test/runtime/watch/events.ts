import type { CallRecord } from '@/lib/runtime/watch/event';

/**
 * Records in the form that AWS documents: the elements of
 * docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html and
 * .../cloudtrail-event-reference-user-identity.html, with the parameters of each operation's API reference, whose first letter CloudTrail
 * writes in lower case.
 */
export const ALICE = {
  type: 'IAMUser',
  principalId: 'EX_PRINCIPAL_ID',
  arn: 'arn:aws:iam::111122223333:user/Alice',
  accountId: '111122223333',
  accessKeyId: 'EXAMPLE_KEY_ID',
  userName: 'Alice',
};

const session = (role: string, name: string, more: object = {}) => ({
  type: 'AssumedRole',
  principalId: `AROAIDPPEZS35WEXAMPLE:${name}`,
  arn: `arn:aws:sts::111122223333:assumed-role/${role}/${name}`,
  accountId: '111122223333',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: 'AROAIDPPEZS35WEXAMPLE',
      arn: `arn:aws:iam::111122223333:role/${role}`,
      accountId: '111122223333',
      userName: role,
    },
    attributes: { mfaAuthenticated: 'false', creationDate: '2026-11-30T01:06:28Z' },
  },
  ...more,
});

const DEPLOY_ROLE = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1';
const BY_CLOUDFORMATION = { invokedBy: 'cloudformation.amazonaws.com' };

/** CloudFormation, with the role that CDK's bootstrap gives it. */
export const DEPLOYMENT_ITSELF = session(DEPLOY_ROLE, 'AWSCloudFormation', BY_CLOUDFORMATION);
/** The same role in a person's hands. */
export const DEPLOY_ROLE_BY_HAND = session(DEPLOY_ROLE, 'alice');
/** CloudFormation, with another role. */
export const OTHER_DEPLOYMENT = session('admin', 'AWSCloudFormation', BY_CLOUDFORMATION);

/** A record of docs.aws.amazon.com/kms/latest/developerguide/ct-put-key-policy.html, with other parameters and more elements. */
export const record = (
  eventSource: string,
  eventName: string,
  requestParameters: object,
  more: object = {},
): CallRecord => ({
  ...{ eventVersion: '1.08', userAgent: 'AWS Internal', responseElements: null, readOnly: false },
  userIdentity: ALICE,
  eventTime: '2026-11-30T20:06:16Z',
  eventSource: `${eventSource}.amazonaws.com`,
  eventName,
  awsRegion: ['iam', 'organizations'].includes(eventSource) ? 'us-east-1' : 'eu-central-1',
  sourceIPAddress: '192.0.2.0',
  requestParameters: requestParameters as CallRecord['requestParameters'],
  eventID: 'c217db1f-903f-4a2f-8f88-9580182d6313',
  ...{ eventType: 'AwsApiCall', managementEvent: true, eventCategory: 'Management' },
  recipientAccountId: '111122223333',
  ...more,
});

/** What CloudTrail adds to a record of a refused call. */
export const DENIED = { errorCode: 'AccessDenied', errorMessage: 'User: ... is not authorized to perform: ...' };
