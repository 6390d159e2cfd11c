import assert from 'node:assert/strict';
import { DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { GetDomainNameCommand, GetRestApiCommand } from '@aws-sdk/client-api-gateway';
import { GetApiMappingsCommand } from '@aws-sdk/client-apigatewayv2';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { openai, send } from '../front/client';
import type { Aws } from '../machine/aws';
import { type Context, PROJECTS, WORKSPACE } from '../read-back/context';
import { ANSWER, failure, MESSAGES, pathsOf } from './asked';
import type { Served } from './served';
import { type BaseUrls, projectsOf, type Tenant, workspaceOf } from './tenants';

/** A host name of one's own for all APIs. */
export const DOMAIN = 'ai.example.eu';

const STACK = 'exemple-domain';

/** The path under the domain that leads to each API. */
const BASE_PATHS: Readonly<Record<string, string>> = { [WORKSPACE]: 'workspaces/sciences', [PROJECTS]: 'projects' };

/** Requests a certificate for the name in the Region, as docs/OPERATIONS.md says; the emulator issues it at once. */
export async function certificate({ acm }: Aws): Promise<string> {
  const { CertificateArn = '' } = await acm.send(
    new RequestCertificateCommand({ DomainName: DOMAIN, ValidationMethod: 'DNS' }),
  );
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
  assert.equal(Certificate?.Status, 'ISSUED');
  return CertificateArn;
}

/** What `domain` in residency.yaml made, and that the APIs are under it and nowhere else. */
export async function domain(context: Context, served: Served, before: BaseUrls, now: BaseUrls): Promise<void> {
  const { report, aws, deployed } = context;
  await report.check(
    `${DOMAIN}: REGIONAL, never EDGE; TLS of the APIs, by the certificate of this Region`,
    async () => {
      const found = await aws.apiGateway.send(new GetDomainNameCommand({ domainName: DOMAIN }));
      assert.deepEqual(found.endpointConfiguration?.types, ['REGIONAL']);
      assert.equal(found.securityPolicy, 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09');
      assert.equal(found.endpointAccessMode, 'STRICT');
      const [, , service, region] = found.regionalCertificateArn?.split(':') ?? [];
      assert.deepEqual([service, region, found.certificateArn || undefined], ['acm', 'eu-central-1', undefined]);
      const { Stacks } = await aws.cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
      const target = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'Target')?.OutputValue;
      assert.equal(target, found.regionalDomainName, 'what the stack says a CNAME record leads to');
    },
  );
  await report.check(`${DOMAIN}: leads to the stage of each API by its path, and nowhere else`, async () => {
    const { Items = [] } = await aws.apiGatewayV2.send(new GetApiMappingsCommand({ DomainName: DOMAIN }));
    const wanted = Object.entries(BASE_PATHS).map(([under, path]) => [
      path,
      deployed.one('AWS::ApiGateway::RestApi', under).physicalId,
      'api',
    ]);
    assert.deepEqual(
      Items.map(({ ApiMappingKey, ApiId, Stage }) => [ApiMappingKey, ApiId, Stage]).sort(),
      wanted.sort(),
    );
  });
  await report.check(`${DOMAIN}: a path that leads to no API is answered 403`, async () => {
    const response = await send(new URL(`https://${DOMAIN}/workspaces/v1/models`), {}, served.front.port, {});
    assert.equal(response.status, 403);
  });
  const [workspace, projects] = [workspaceOf, projectsOf].map((of) => of(context, served, now)) as [Tenant, Tenant];
  for (const tenant of [workspace, projects]) await reached(context, tenant, served, before);
}

async function reached(
  { report, aws, deployed }: Context,
  { under, baseUrl, caller, strangers, elsewhere }: Tenant,
  { front, bedrock }: Served,
  before: BaseUrls,
): Promise<void> {
  await report.check(`${under}: the base URL is under the domain, and its client is answered there`, async () => {
    assert.equal(baseUrl, `https://${DOMAIN}/${BASE_PATHS[under]}/v1`);
    bedrock.clearRequests();
    const client = openai(baseUrl, front.port, caller);
    const answer = await client.chat.completions.create({ model: 'assistant', messages: MESSAGES });
    assert.equal(answer.choices[0]?.message.content, ANSWER);
    assert.equal(pathsOf(bedrock).length, 1);
  });
  await report.check(`${under}: strangers and other paths are refused there as before`, async () => {
    for (const [stranger, status, code] of Object.values(strangers)) {
      const error = await failure(openai(baseUrl, front.port, stranger));
      assert.deepEqual([error.status, error.code], [status, code]);
    }
    const response = await send(new URL('../admin', `${baseUrl}/`), {}, front.port, caller);
    assert.equal(response.status, elsewhere[0]);
  });
  await report.check(`${under}: the name that API Gateway gave it is switched off`, async () => {
    const restApiId = deployed.one('AWS::ApiGateway::RestApi', under).physicalId;
    const { disableExecuteApiEndpoint } = await aws.apiGateway.send(new GetRestApiCommand({ restApiId }));
    assert.equal(disableExecuteApiEndpoint, true);
    const former = before[under.split('/')[0] ?? ''] ?? '';
    assert.match(former, new RegExp(`^https://${restApiId}\\.execute-api\\.`));
    const error = await failure(openai(former, front.port, caller));
    assert.equal(error.status, 403);
  });
}
