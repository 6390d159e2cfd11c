import assert from 'node:assert/strict';
import { GetFunctionConfigurationCommand, GetPolicyCommand } from '@aws-sdk/client-lambda';
import { ACCOUNT } from '../harness/emulator';
import { arnOfKey } from './arn';
import {
  ADMINISTRATION,
  CHECK_RESULTS,
  type Context,
  FOUNDATION,
  KEY_SETS,
  LEDGER,
  LEDGER_CLOSE,
  PROJECTS,
  RECORD_LINKS,
  SUSPENSIONS,
  WORKSPACE,
} from './context';
import { statementsOf } from './policy';

/** The gateways' functions: the bundle's runtime, in the isolated subnets, called only by their own API. */
export async function functions({ report, aws, deployed }: Context): Promise<void> {
  const arnOfTable = (under: string) =>
    `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/${deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId}`;
  const verifying = {
    KEY_SETS_TABLE_ARN: arnOfTable(KEY_SETS),
    SUSPENSIONS_TABLE_ARN: arnOfTable(SUSPENSIONS),
    USER_POOL_ID: deployed.one('AWS::Cognito::UserPool', WORKSPACE).physicalId,
    USER_POOL_CLIENT_ID: deployed.one('AWS::Cognito::UserPoolClient', WORKSPACE).physicalId,
  };
  for (const under of [WORKSPACE, PROJECTS]) {
    const FunctionName = deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId;
    const configuration = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    await report.check(
      `${under}: the function runs Node 24 on arm64 in the isolated subnets, without traces, and its environment names only its stores`,
      () => {
        assert.equal(configuration.Runtime, 'nodejs24.x');
        assert.deepEqual(configuration.Architectures, ['arm64']);
        assert.equal(configuration.VpcConfig?.VpcId, deployed.one('AWS::EC2::VPC', FOUNDATION).physicalId);
        assert.equal(configuration.VpcConfig?.SubnetIds?.length, 2);
        assert.notEqual(configuration.TracingConfig?.Mode, 'Active');
        assert.deepEqual(
          configuration.Environment?.Variables ?? {},
          under === PROJECTS
            ? { KEYS_TABLE_ARN: arnOfTable(`${PROJECTS}/Keys`), READINGS_TABLE_ARN: arnOfTable(CHECK_RESULTS) }
            : {
                BRANCH_KEYS_TABLE_ARN: arnOfTable(`${WORKSPACE}/BranchKeys`),
                CONVERSATIONS_TABLE_ARN: arnOfTable(`${WORKSPACE}/Conversations`),
                KEY_REQUESTS_TABLE_ARN: arnOfTable(`${WORKSPACE}/KeyRequests`),
                FILES_BUCKET: deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId,
                RECORD_LINK_DAYS: '30',
                RECORD_LINKS_TABLE_ARN: arnOfTable(RECORD_LINKS),
                RETENTION_DAYS: '365',
                USAGE_TABLE_ARN: arnOfTable(`${WORKSPACE}/Usage`),
                WORKSPACE_KEY_ARN: arnOfKey(deployed, `${WORKSPACE}/Key`),
                ...verifying,
              },
        );
        assert.equal(configuration.DeadLetterConfig?.TargetArn, undefined);
      },
    );
    await report.check(`${under}: the function writes to its own log group`, () => {
      const group = deployed.one('AWS::Logs::LogGroup', `${under}/Gateway/Gateway`).physicalId;
      assert.equal(configuration.LoggingConfig?.LogGroup, group);
    });
    await report.check(`${under}: only its own API may call it`, async () => {
      const { Policy } = await aws.lambda.send(new GetPolicyCommand({ FunctionName }));
      const api = deployed.one('AWS::ApiGateway::RestApi', under).physicalId;
      const statements = statementsOf(JSON.parse(Policy ?? ''));
      assert.deepEqual(
        statements.map(({ Principal, Condition }) => ({ Principal, Condition })),
        [
          {
            Principal: { Service: 'apigateway.amazonaws.com' },
            Condition: {
              ArnLike: { 'AWS:SourceArn': `arn:aws:execute-api:eu-central-1:${ACCOUNT}:${api}/api/*/v1/*` },
            },
          },
        ],
      );
    });
  }
  await report.check(
    'every function runs Node 24 on arm64, writes to its own log group, and has no traces',
    async () => {
      const every = deployed.ofType('AWS::Lambda::Function');
      const groups = new Set<string>();
      for (const { path, physicalId } of every) {
        const { Runtime, Architectures, LoggingConfig, TracingConfig } = await aws.lambda.send(
          new GetFunctionConfigurationCommand({ FunctionName: physicalId }),
        );
        assert.deepEqual([Runtime, Architectures], ['nodejs24.x', ['arm64']], path);
        assert.notEqual(TracingConfig?.Mode, 'Active', path);
        groups.add(LoggingConfig?.LogGroup ?? '');
      }
      const known = deployed.ofType('AWS::Logs::LogGroup').map(({ physicalId }) => physicalId);
      assert.equal(groups.size, every.length, 'two functions share a log group');
      for (const group of groups) assert.ok(known.includes(group), `'${group}' isn't a log group of the templates`);
      return `${every.length} functions`;
    },
  );
  const FunctionName = deployed.one('AWS::Lambda::Function', ADMINISTRATION).physicalId;
  await report.check(
    `${ADMINISTRATION}: the function runs outside the VPC, and its environment covers token verification but no content store`,
    async () => {
      const configuration = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      assert.equal(configuration.Runtime, 'nodejs24.x');
      assert.ok(!configuration.VpcConfig?.VpcId);
      assert.deepEqual(configuration.Environment?.Variables ?? {}, {
        ...verifying,
        REQUESTS_LOG_GROUP: deployed.one('AWS::Logs::LogGroup', `${WORKSPACE}/Gateway/Gateway`).physicalId,
        RIGHTS_LOG_GROUP: deployed.one('AWS::Logs::LogGroup', `${WORKSPACE}/Rights/Admin`).physicalId,
      });
    },
  );
  await report.check(
    `${LEDGER_CLOSE}: the function runs outside the VPC, and its environment names the evidence bucket and the ledger's key only`,
    async () => {
      const { VpcConfig, Environment } = await aws.lambda.send(
        new GetFunctionConfigurationCommand({
          FunctionName: deployed.one('AWS::Lambda::Function', LEDGER_CLOSE).physicalId,
        }),
      );
      assert.ok(!VpcConfig?.VpcId);
      assert.deepEqual(Environment?.Variables, {
        UPKEEP_FUNCTION: 'ledger',
        EVIDENCE_BUCKET: deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId,
        LEDGER_KEY_ARN: arnOfKey(deployed, LEDGER),
      });
    },
  );
}
