import assert from 'node:assert/strict';
import { DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { GetDomainNameCommand, GetRestApiCommand } from '@aws-sdk/client-api-gateway';
import { GetApiMappingsCommand } from '@aws-sdk/client-apigatewayv2';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { openai, send } from '../api-gateway/client';
import type { Aws } from '../harness/aws';
import { type Context, PROJECTS, WORKSPACE } from '../read-back/context';
import type { DeployedApis } from './deployed-apis';
import { ANSWER, failure, MESSAGES, requestedPaths } from './requests';
import { type BaseUrls, projectsOf, type Tenant, workspaceOf } from './tenants';

/** A custom host name for all APIs. */
export const DOMAIN = 'ai.example.eu';

const STACK = 'exemple-domain';

/** The base path of each API under the domain. */
const BASE_PATHS: Readonly<Record<string, string>> = { [WORKSPACE]: 'workspaces/sciences', [PROJECTS]: 'projects' };

/** Requests a certificate for the name in the Region, as in docs/OPERATIONS.md. The emulator issues it at once. */
export async function certificate({ acm }: Aws): Promise<string> {
  const { CertificateArn = '' } = await acm.send(
    new RequestCertificateCommand({ DomainName: DOMAIN, ValidationMethod: 'DNS' }),
  );
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
  assert.equal(Certificate?.Status, 'ISSUED');
  return CertificateArn;
}

/** The resources of `domain` in residency.yaml; the APIs are reachable only under the domain. */
export async function domain(context: Context, apis: DeployedApis, before: BaseUrls, now: BaseUrls): Promise<void> {
  const { report, aws, deployed } = context;
  await report.check(
    `${DOMAIN}: it is REGIONAL and not EDGE, with the APIs' TLS policy and a certificate of this Region`,
    async () => {
      const found = await aws.apiGateway.send(new GetDomainNameCommand({ domainName: DOMAIN }));
      assert.deepEqual(found.endpointConfiguration?.types, ['REGIONAL']);
      assert.equal(found.securityPolicy, 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09');
      assert.equal(found.endpointAccessMode, 'STRICT');
      const [, , service, region] = found.regionalCertificateArn?.split(':') ?? [];
      assert.deepEqual([service, region, found.certificateArn || undefined], ['acm', 'eu-central-1', undefined]);
      const { Stacks } = await aws.cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
      const target = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'Target')?.OutputValue;
      assert.equal(target, found.regionalDomainName, "the stack's target for a CNAME record");
    },
  );
  await report.check(`${DOMAIN}: each base path routes to the stage of its API, and no other path exists`, async () => {
    const { Items = [] } = await aws.apiGatewayV2.send(new GetApiMappingsCommand({ DomainName: DOMAIN }));
    const expected = Object.entries(BASE_PATHS).map(([under, path]) => [
      path,
      deployed.one('AWS::ApiGateway::RestApi', under).physicalId,
      'api',
    ]);
    assert.deepEqual(
      Items.map(({ ApiMappingKey, ApiId, Stage }) => [ApiMappingKey, ApiId, Stage]).sort(),
      expected.sort(),
    );
  });
  await report.check(`${DOMAIN}: a path that routes to no API returns 403`, async () => {
    const response = await send(new URL(`https://${DOMAIN}/workspaces/v1/models`), {}, apis.apiGateway.port, {});
    assert.equal(response.status, 403);
  });
  const [workspace, projects] = [workspaceOf, projectsOf].map((of) => of(context, apis, now)) as [Tenant, Tenant];
  // The member was erased, and is refused everywhere.
  const caller = { apiKey: apis.tokens.colleague };
  for (const tenant of [{ ...workspace, caller }, projects]) await checkUnderDomain(context, tenant, apis, before);
}

async function checkUnderDomain(
  { report, aws, deployed }: Context,
  { under, baseUrl, caller, refusedCallers, otherPath }: Tenant,
  { apiGateway, bedrock }: DeployedApis,
  before: BaseUrls,
): Promise<void> {
  await report.check(`${under}: the base URL is under the domain, and requests to it are answered`, async () => {
    assert.equal(baseUrl, `https://${DOMAIN}/${BASE_PATHS[under]}/v1`);
    bedrock.clearRequests();
    const client = openai(baseUrl, apiGateway.port, caller);
    const answer = await client.chat.completions.create({ model: 'assistant', messages: MESSAGES });
    assert.equal(answer.choices[0]?.message.content, ANSWER);
    assert.equal(requestedPaths(bedrock).length, 1);
  });
  await report.check(`${under}: unauthorized callers and other paths are still refused under the domain`, async () => {
    for (const [refusedCaller, status, code] of Object.values(refusedCallers)) {
      const error = await failure(openai(baseUrl, apiGateway.port, refusedCaller));
      assert.deepEqual([error.status, error.code], [status, code]);
    }
    const response = await send(new URL('../admin', `${baseUrl}/`), {}, apiGateway.port, caller);
    assert.equal(response.status, otherPath[0]);
  });
  await report.check(`${under}: the host name that API Gateway assigned is disabled`, async () => {
    const restApiId = deployed.one('AWS::ApiGateway::RestApi', under).physicalId;
    const { disableExecuteApiEndpoint } = await aws.apiGateway.send(new GetRestApiCommand({ restApiId }));
    assert.equal(disableExecuteApiEndpoint, true);
    const defaultUrl = before[under.split('/')[0] ?? ''] ?? '';
    assert.match(defaultUrl, new RegExp(`^https://${restApiId}\\.execute-api\\.`));
    const error = await failure(openai(defaultUrl, apiGateway.port, caller));
    assert.equal(error.status, 403);
  });
}
