import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { App, Stack } from 'aws-cdk-lib/core';
import { ApiDomain, type ApiDomainProps } from '@/lib/constructs/gateway/api-domain';
import { GatewayTenant } from '@/lib/constructs/gateway/gateway-tenant';
import { InferenceGateway } from '@/lib/constructs/gateway/inference-gateway';
import { KeyRegistry } from '@/lib/constructs/gateway/key-registry';
import { EU, FAST } from '../../support/deployment';
import { foundationFor, scienceIn } from '../../support/members';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const ARN = 'arn:aws:acm:eu-central-1:111122223333:certificate/1b2c3d4e';

interface Options extends Partial<Pick<ApiDomainProps, 'domainName'>> {
  readonly certificateArn?: string;
  readonly zoneName?: string;
}

const certificateIn = (stack: Stack, arn = ARN) => Certificate.fromCertificateArn(stack, 'Certificate', arn);

function domainIn(stack: Stack, { domainName = 'ai.example.eu', certificateArn, zoneName }: Options = {}): ApiDomain {
  const zone = zoneName && HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName });
  return new ApiDomain(stack, 'Domain', {
    boundary: EU,
    domainName,
    certificate: certificateIn(stack, certificateArn),
    ...(zone && { hostedZone: zone }),
  });
}

const made = (options?: Options, region = ENV.region) => {
  const stack = new Stack(new App(), 'Shared', { env: { ...ENV, region } });
  return { stack, domain: domainIn(stack, options) };
};

test('the domain is regional, and accepts TLS 1.2 and 1.3 only for its own name', () => {
  const template = Template.fromStack(made().stack);
  template.resourceCountIs('AWS::ApiGateway::DomainName', 1);
  template.hasResourceProperties('AWS::ApiGateway::DomainName', {
    DomainName: 'ai.example.eu',
    CertificateArn: Match.absent(),
    RegionalCertificateArn: ARN,
    EndpointConfiguration: { Types: ['REGIONAL'] },
    SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
    EndpointAccessMode: 'STRICT',
  });
});

test('a record is created only in a given zone', () => {
  Template.fromStack(made().stack).resourceCountIs('AWS::Route53::RecordSet', 0);
  Template.fromStack(made({ zoneName: 'example.eu' }).stack).hasResourceProperties('AWS::Route53::RecordSet', {
    Name: 'ai.example.eu.',
    Type: 'A',
    HostedZoneId: 'Z1',
    AliasTarget: {
      DNSName: { 'Fn::GetAtt': [Match.anyValue(), 'RegionalDomainName'] },
      HostedZoneId: { 'Fn::GetAtt': [Match.anyValue(), 'RegionalHostedZoneId'] },
    },
  });
});

// biome-ignore format: one row a line
test.each<[string, Options, string, string]>([
  ['a stack outside the boundary', {}, 'us-east-1', "Shared/Domain must be deployed inside the EU because requests enter there, got 'us-east-1'"],
  ['an edge certificate', { certificateArn: ARN.replace('eu-central-1', 'us-east-1') }, ENV.region, "Shared/Domain: 'certificate' must be inside the EU, got"],
  ['a certificate in another Region', { certificateArn: ARN.replace('eu-central-1', 'eu-west-1') }, ENV.region, "Shared/Domain: 'certificate' must be in eu-central-1, the Region of its stack, because a regional domain accepts no other, got a certificate in 'eu-west-1'; request one in eu-central-1"],
  ['a wildcard', { domainName: '*.example.eu' }, ENV.region, "Shared/Domain: 'domainName' must be a host name of at least two labels in lower case, such as ai.example.eu, without a wildcard, got '*.example.eu'; use a name such as 'ai.example.eu'"],
  ['another zone', { zoneName: 'example.fr' }, ENV.region, "Shared/Domain: 'domainName' must be in example.fr, the zone of its record, because a zone serves only its own names, got 'ai.example.eu'; pass the zone of the name, or leave out 'hostedZone' and create a CNAME record yourself"],
])('%s is refused', (_, options, region, message) => {
  expect(() => made(options, region)).toThrow(message);
});

test('a certificate of the same stack is accepted', () => {
  const { stack } = made();
  const certificate = new Certificate(stack, 'Own', { domainName: 'chat.example.eu' });
  const domain = new ApiDomain(stack, 'Second', { boundary: EU, domainName: 'chat.example.eu', certificate });
  expect(domain.domainName).toBe('chat.example.eu');
});

/** The gateways of projects and of a workspace under one domain, and how to make another. */
function underDomain() {
  const app = new App();
  const shared = new Stack(app, 'Domains', { env: ENV });
  const domain = domainIn(shared);
  const stack = new Stack(app, 'Tenants', { env: ENV });
  const foundation = foundationFor(stack);
  const tenants = {
    Projects: GatewayTenant.projects(new KeyRegistry(stack, 'Keys', { boundary: EU }), { id: 'bot' }),
    Sciences: scienceIn(stack, { foundation }),
  };
  const gatewayIn = (scope: Stack, id: keyof typeof tenants, name: string = id) =>
    new InferenceGateway(scope, name, { boundary: EU, foundation, tenant: tenants[id], models: [FAST], domain });
  const gateways = { projects: gatewayIn(stack, 'Projects'), sciences: gatewayIn(stack, 'Sciences') };
  return { app, shared, stack, gatewayIn, gateways, template: Template.fromStack(stack) };
}

describe('a gateway under a domain', () => {
  let all: ReturnType<typeof underDomain>;
  beforeAll(() => {
    all = underDomain();
  });

  test.each([
    ['projects', 'projects'],
    ['sciences', 'workspaces/sciences'],
  ] as const)('is where serve has it: %s', (name, basePath) => {
    const { gateways, stack, template } = all;
    expect(gateways[name].baseUrl).toBe(`https://ai.example.eu/${basePath}/v1`);
    template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', {
      DomainName: 'ai.example.eu',
      ApiMappingKey: basePath,
      ApiId: stack.resolve(gateways[name].api.restApiId),
      Stage: stack.resolve(gateways[name].api.deploymentStage.stageName),
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ BASE_PATH: `/${basePath}` }) },
    });
  });

  test('gives each of its functions its base path', () => {
    const { template } = all;
    const bases = Object.values(template.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment?.Variables?.BASE_PATH)
      .filter((base) => base !== undefined);
    expect(bases.sort()).toEqual(['/projects', '/workspaces/sciences', '/workspaces/sciences']);
  });

  test("has no other name, because API Gateway's own is disabled", () => {
    const { template } = all;
    template.allResourcesProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
  });

  test('is created after the domain, without an import', () => {
    const { shared, stack, template } = all;
    expect(stack.dependencies).toContain(shared);
    expect(JSON.stringify(template.toJSON())).not.toContain('Domains:');
    expect(Template.fromStack(shared).toJSON().Outputs).toBeUndefined();
  });

  test('with a path that is in use is refused', () => {
    const { gatewayIn, stack } = underDomain();
    expect(() => gatewayIn(stack, 'Projects', 'Again')).toThrow(
      "Tenants/Again/Front: 'domain' must have one API per path because a path can route to one only, got /projects of " +
        'Domains/Domain, which another API uses; give one of them another domain or another ID',
    );
  });

  test('in another Region is refused', () => {
    const { app, gatewayIn } = underDomain();
    const elsewhere = new Stack(app, 'Elsewhere', { env: { ...ENV, account: '444455556666' } });
    expect(() => gatewayIn(elsewhere, 'Sciences')).toThrow(
      "Elsewhere/Sciences/Front: 'domain' must be in eu-central-1, the Region of its stack, and in its account",
    );
  });
});

test("a gateway without a domain has API Gateway's own name", () => {
  const stack = new Stack(new App(), 'Tenants', { env: ENV });
  const foundation = foundationFor(stack);
  new InferenceGateway(stack, 'Gateway', {
    boundary: EU,
    foundation,
    tenant: scienceIn(stack, { foundation }),
    models: [FAST],
  });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 0);
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: Match.absent() });
});
