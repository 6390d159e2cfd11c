import assert from 'node:assert/strict';
import {
  GetAccountCommand,
  GetGatewayResponsesCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
} from '@aws-sdk/client-api-gateway';
import { GetWebACLForResourceCommand } from '@aws-sdk/client-wafv2';
import { API_KEYS } from '@/lib/constructs/gateway/api-access';
import { OPENAI_ANSWERS } from '@/lib/constructs/gateway/openai-answers';
import { ACCOUNT } from '../harness/emulator';
import { ADMINISTRATION, type Context, FOUNDATION, PROJECTS, RIGHTS_ADMIN, WORKSPACE } from './context';

/** Regional REST APIs with modern TLS, an access log without content and the web ACL. They require a member's token, except where the function requires a key. */
export async function apis({ report, aws, deployed }: Context): Promise<void> {
  for (const [under, authorization] of [
    [WORKSPACE, 'COGNITO_USER_POOLS'],
    [PROJECTS, 'NONE'],
  ] as const) {
    const restApiId = deployed.one('AWS::ApiGateway::RestApi', under).physicalId;
    await report.check(
      `${under}: the API is REGIONAL and not EDGE, with TLS 1.2 or newer, for its own host name only`,
      async () => {
        const api = await aws.apiGateway.send(new GetRestApiCommand({ restApiId }));
        assert.deepEqual(api.endpointConfiguration?.types, ['REGIONAL']);
        assert.equal(api.securityPolicy, 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09');
        assert.equal(api.endpointAccessMode, 'STRICT');
      },
    );
    await report.check(
      `${under}: every method has the authorization ${authorization}, and streams from its function`,
      async () => {
        const { items } = await aws.apiGateway.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));
        const methods = (items ?? []).flatMap(({ path, resourceMethods }) =>
          Object.entries(resourceMethods ?? {}).map(([verb, method]) => ({ path, verb, method })),
        );
        const functions = { members: ADMINISTRATION, records: ADMINISTRATION, rights: RIGHTS_ADMIN };
        const administration = Object.fromEntries(
          Object.entries(functions).flatMap(([name, construct]) =>
            ['', '/{proxy+}'].map((below) => [`ANY /admin/v1/${name}${below}`, construct]),
          ),
        );
        const functionOf: Record<string, string> = {
          'ANY /v1/{proxy+}': `${under}/Gateway`,
          ...(under === WORKSPACE && administration),
        };
        assert.deepEqual(methods.map(({ path, verb }) => `${verb} ${path}`).sort(), Object.keys(functionOf).sort());
        for (const { method, path, verb } of methods) {
          const name = deployed.one('AWS::Lambda::Function', functionOf[`${verb} ${path}`] ?? '').physicalId;
          assert.equal(method.authorizationType, authorization);
          assert.equal(method.methodIntegration?.responseTransferMode, 'STREAM');
          assert.equal(
            method.methodIntegration?.uri,
            'arn:aws:apigateway:eu-central-1:lambda:path/2021-11-15/functions/' +
              `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:${name}/response-streaming-invocations`,
          );
        }
      },
    );
    await report.check(`${under}: the access log has no content, and execution log and traces are off`, async () => {
      const stage = await aws.apiGateway.send(new GetStageCommand({ restApiId, stageName: 'api' }));
      const group = deployed.one('AWS::Logs::LogGroup', `${under}/Gateway/Front/AccessLog`).physicalId;
      assert.equal(stage.accessLogSettings?.destinationArn, `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:${group}`);
      assert.doesNotMatch(
        stage.accessLogSettings?.format ?? '',
        /sourceIp|querystring|\$context\.path\b|identity|authorizer/,
      );
      assert.equal(stage.tracingEnabled, false);
      const all = stage.methodSettings?.['*/*'];
      assert.equal(all?.loggingLevel, 'OFF');
      assert.equal(all?.dataTraceEnabled, false);
      assert.equal(all?.throttlingRateLimit, 50);
    });
    await report.check(`${under}: the web ACL protects the stage`, async () => {
      const ResourceArn = `arn:aws:apigateway:eu-central-1::/restapis/${restApiId}/stages/api`;
      const { WebACL } = await aws.waf.send(new GetWebACLForResourceCommand({ ResourceArn }));
      assert.ok(deployed.one('AWS::WAFv2::WebACL', FOUNDATION).physicalId.includes(WebACL?.Id ?? '-'));
    });
    await report.check(`${under}: API Gateway's own answers have OpenAI's format`, async () => {
      const { items } = await aws.apiGateway.send(new GetGatewayResponsesCommand({ restApiId, limit: 500 }));
      const answers = [API_KEYS.missingToken, ...OPENAI_ANSWERS];
      for (const { response, code } of answers) {
        const answer = items?.find(({ responseType }) => responseType === response.responseType);
        const template = answer?.responseTemplates?.['application/json'] ?? '';
        assert.equal(JSON.parse(template).error.code, code, response.responseType);
      }
      return `${answers.length} answers`;
    });
  }
  await report.check("API Gateway writes access logs with the foundation's role", async () => {
    const { cloudwatchRoleArn } = await aws.apiGateway.send(new GetAccountCommand({}));
    const role = deployed.one('AWS::IAM::Role', 'exemple-foundation/ApiGatewayAccount').physicalId;
    assert.equal(cloudwatchRoleArn, `arn:aws:iam::${ACCOUNT}:role/${role}`);
  });
}
