import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import hosts from '@/lib/facts/source/hosts.json';

/** The sample's templates: the same stacks are deployed to the sovereign Region. */
const TEMPLATES = path.join(__dirname, '../releases/0.1.0/templates/sample');

/** The prefix of a service's endpoint, where its CloudFormation namespace doesn't say it. */
const PREFIXES: Readonly<Record<string, string>> = {
  ApiGatewayV2: 'apigateway',
  CloudWatch: 'monitoring',
  Cognito: 'cognito-idp',
  StepFunctions: 'states',
};

/** Services without an endpoint of their own in a Region. */
const WITHOUT_ENDPOINT = ['CDK', 'CloudFormation', 'IAM', 'Route53'];

const namespaces = (file: string): string[] => {
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string }> };
  return Object.values(Resources).flatMap(({ Type }) => (Type.startsWith('AWS::') ? [Type.split('::')[1] ?? ''] : []));
};

test('the sovereign Region has every service that a deployment uses', () => {
  const files = readdirSync(TEMPLATES).filter((name) => name.endsWith('.json'));
  const used = [...new Set(files.flatMap((name) => namespaces(path.join(TEMPLATES, name))))];
  expect(used).toEqual(expect.arrayContaining(['Cognito', 'DynamoDB', 'KMS', 'Lambda', 'WAFv2']));
  const missing = used
    .filter((namespace) => !WITHOUT_ENDPOINT.includes(namespace))
    .map((namespace) => PREFIXES[namespace] ?? namespace.toLowerCase())
    .filter((prefix) => !hosts.sovereign.services.includes(prefix));
  expect(missing).toEqual([]);
});
