import { installPython, runScript } from './python/python';
import { stacksOf } from './support/deployments';
import { EU_REGIONS, SOVEREIGN } from './support/regions';

jest.setTimeout(60_000);
beforeAll(installPython);

/** botocore's service for each namespace of CloudFormation's types. */
const SERVICES: Readonly<Record<string, string>> = {
  ApiGateway: 'apigateway',
  CloudTrail: 'cloudtrail',
  CloudWatch: 'cloudwatch',
  Cognito: 'cognito-idp',
  DynamoDB: 'dynamodb',
  EC2: 'ec2',
  Events: 'events',
  IAM: 'iam',
  KMS: 'kms',
  Lambda: 'lambda',
  Logs: 'logs',
  NetworkFirewall: 'network-firewall',
  Route53: 'route53',
  Route53Resolver: 'route53resolver',
  S3: 's3',
  SNS: 'sns',
  SecretsManager: 'secretsmanager',
  StepFunctions: 'stepfunctions',
  WAFv2: 'wafv2',
};

/** What every deployment also calls: the CLI of CDK and the command, and the functions. */
const CALLED = ['bedrock', 'cloudformation', 'sts', 'ssm'];

/** The services whose types a deployment has. */
const servicesOf = (deployment: Parameters<typeof stacksOf>[0]): string[] => {
  const types = stacksOf(deployment).flatMap(({ template }) =>
    Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type),
  );
  const namespaces = new Set(
    types.filter((type) => /^AWS::(?!CDK::)/.test(type)).map((type) => type.split('::')[1] ?? ''),
  );
  return [...namespaces].map((namespace) => {
    const service = SERVICES[namespace];
    if (service === undefined) throw new Error(`the service of AWS::${namespace} isn't known; add it to SERVICES`);
    return service;
  });
};

const missing = (services: readonly string[], regions: readonly string[]): string[][] =>
  runScript('services.py', { services, regions });

test('each service of a deployment has an endpoint in every Region inside the boundary', () => {
  expect(
    missing(
      [...(['recovery', 'further Region', 'egress'] as const).flatMap(servicesOf), ...CALLED, 'bedrock-runtime'],
      EU_REGIONS,
    ),
  ).toEqual([]);
});

test('each service of a deployment has an endpoint in the sovereign partition', () => {
  const services = (['sovereign partition', 'egress'] as const).flatMap(servicesOf);
  expect(missing([...services, 'route53', ...CALLED], [SOVEREIGN])).toEqual([]);
});

test('a service that a Region lacks is found', () => {
  expect(missing(['iam', 'cloudfront', 'kinesisvideo'], ['eu-south-1', SOVEREIGN])).toEqual([
    ['cloudfront', SOVEREIGN],
    ['kinesisvideo', 'eu-south-1'],
    ['kinesisvideo', SOVEREIGN],
  ]);
});

// botocore finds the partition of such a Region by its name.
test.each(['dynamodb', 's3', 'sts', 'wafv2'])('%s is missed in a Region that lacks it', (service) => {
  expect(missing([service, 'iam'], ['eu-south-9'])).toEqual([[service, 'eu-south-9']]);
});
