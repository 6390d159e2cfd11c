const ACCOUNT = '111122223333';
const STACK_ID = `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:stack/chat/1a2345b6-0000-00a0-a123-00abc0abc000`;
const CHANGE_SET_ID = `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:changeSet/release/1a2345b6-0000-00a0-a123-00abc0abc000`;

/** A pre-signed URL as CloudFormation makes them; its signature lets anybody read the payload for some minutes. */
export const SIGNATURE = 'f3a9c0ffee5157a7u7e';
export const PAYLOAD_URL = `https://s3.eu-central-1.amazonaws.com/cfn-hooks-payloads/stack?X-Amz-Signature=${SIGNATURE}`;

const common = {
  clientRequestToken: 'f8da6d11-b23f-48f4-814c-0fb6a667f50e',
  awsAccountId: ACCOUNT,
  stackId: STACK_ID,
  changeSetId: null as string | null,
  hookTypeName: 'Private::Residency::Guard',
  hookTypeVersion: '00000008',
  hookModel: { LambdaFunction: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:guard` },
  requestContext: { invocation: 1, callbackContext: null },
};

/** What CloudFormation sends before it creates, updates or deletes a stack. */
export const stackEvent = (action: string, data: object = { payload: PAYLOAD_URL }) => ({
  ...common,
  actionInvocationPoint: `${action}_PRE_PROVISION`,
  requestData: { targetName: 'STACK', targetType: 'STACK', targetLogicalId: 'chat', ...data },
});

/** What CloudFormation sends when a change set is made. */
export const changeSetEvent = (data: object = { payload: PAYLOAD_URL }) => ({
  ...common,
  changeSetId: CHANGE_SET_ID,
  actionInvocationPoint: 'CREATE_PRE_PROVISION',
  requestData: { targetName: 'CHANGE_SET', targetType: 'CHANGE_SET', targetLogicalId: CHANGE_SET_ID, ...data },
});

/** What CloudFormation sends for one resource, where a hook targets resources. */
export const resourceEvent = (action: string, type: string, targetModel: object) => ({
  ...common,
  actionInvocationPoint: `${action}_PRE_PROVISION`,
  requestData: { targetName: type, targetType: type, targetLogicalId: 'Table', targetModel },
});

/** One entry of a change set's payload. */
export const change = (action: string, logicalResourceId: string, resourceType: string, after: object | null) => ({
  logicalResourceId,
  resourceType,
  action,
  lineNumber: action === 'DELETE' ? null : 3,
  beforeContext: action === 'CREATE' ? null : JSON.stringify({ Properties: {} }),
  afterContext: after === null ? null : JSON.stringify(after),
});
