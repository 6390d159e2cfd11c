import { AWS_DOCS, type Samples } from './leak';

const IAM = `${AWS_DOCS}/IAM/latest/UserGuide/access_policies_boundaries.html`;
const SAM_DOCS = `${AWS_DOCS}/serverless-application-model/latest/developerguide`;
const permissionsBoundary = { policyName: 'exemple-residency-boundary', documents: [{ Statement: [] }] };
const DECLARED = 'arn:aws:iam::111122223333:policy/exemple-residency-boundary';
const ROLE = 'arn:aws:iam::111122223333:role/own';
const trust = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const around = { Transform: 'AWS::Serverless-2016-10-31' };

/** Roles that the perimeter's permissions boundary doesn't cap, although the owner requires it. */
export const BOUNDARY_LEAKS: Samples = {
  'a role without the permissions boundary': {
    source: IAM,
    type: 'AWS::IAM::Role',
    properties: { AssumeRolePolicyDocument: trust },
    permissionsBoundary,
  },
  'a user with a wider permissions boundary': {
    source: IAM,
    type: 'AWS::IAM::User',
    properties: { PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    permissionsBoundary,
  },
  'a policy that takes the name of the permissions boundary': {
    source: IAM,
    type: 'AWS::IAM::ManagedPolicy',
    properties: {
      ManagedPolicyName: 'exemple-residency-boundary',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::own/*' }] },
    },
    permissionsBoundary,
  },
  'the role of CodeDeploy that SAM creates': {
    source: `${SAM_DOCS}/sam-specification-generated-resources-function.html`,
    type: 'AWS::Serverless::Function',
    properties: {
      Runtime: 'nodejs22.x',
      Handler: 'a.b',
      InlineCode: '',
      Role: ROLE,
      AutoPublishAlias: 'live',
      DeploymentPreference: { Type: 'AllAtOnce' },
    },
    around,
    permissionsBoundary,
  },
};

/** Roles under the permissions boundary, and roles of an owner who requires none. */
export const BOUNDARY_NEAR_MISSES: Samples = {
  'a role with the permissions boundary': {
    source: IAM,
    type: 'AWS::IAM::Role',
    properties: { AssumeRolePolicyDocument: trust, PermissionsBoundary: DECLARED },
    permissionsBoundary,
  },
  'a role where no permissions boundary is required': {
    source: IAM,
    type: 'AWS::IAM::Role',
    properties: { AssumeRolePolicyDocument: trust },
  },
  'a policy of another name': {
    source: IAM,
    type: 'AWS::IAM::ManagedPolicy',
    properties: {
      ManagedPolicyName: 'exemple-residency-boundaries',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::own/*' }] },
    },
    permissionsBoundary,
  },
};
