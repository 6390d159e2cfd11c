import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyDeployment } from '@/lib/app/residency-deployment';

jest.setTimeout(120_000);

/** Everything that a deployment in the partition can have. */
const CONFIG = `boundary: eu
name: souverain
regions: { primary: eusc-de-east-1 }
organisation: { name: Amt, controller: Amt Berlin, dpo: dpo@example.eu }
alerts: [security@example.eu]
domain:
  name: ai.example.eu
  certificate: arn:aws-eusc:acm:eusc-de-east-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef
  hostedZone: { id: Z0123456789ABCDEFGHIJ, name: example.eu }
providers: { declared: [{ name: ovh-eu, service: ovhcloud }] }
egress: { zones: [eusc-de-east-1a] }
models:
  - id: assistant
    destinations:
      - { server: "http://10.0.5.5:8000/v1", model: model, addresses: [10.0.5.0/24] }
      - { provider: ovh-eu, model: gpt-oss-120b }
workspaces:
  - id: amt
    edition: enterprise
    retention: 365d
    models: [assistant]
    keys: {}
    background: {}
    officeFiles: true
    scim: {}
    identity:
      oidc: { issuer: "https://login.example.eu", clientId: chat, clientSecretName: chat/oidc }
      groups: { member: [chat-users], admin: [chat-admins], auditor: [auditors] }
projects:
  open: { models: [assistant], limits: { tokensPerDay: 5000 }, maximum: 500 }
  declared: [{ id: helpdesk, models: [assistant] }]
places: [{ host: login.example.eu, country: DE, reason: ours }]
`;

/** What belongs to another partition. */
const ELSEWHERE =
  /arn:aws:|\.amazonaws\.com|\.api\.aws|amazoncognito|aws\.amazon\.com|\b(?:eu|us|ap|ca|cn|il)-[a-z]+-\d\b/;

/** The texts that may, each with its reason. */
const EXCEPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^[a-z-]+(?:\.logs|\.s3)?\.amazonaws\.com$/, 'a service principal: CDK names it alike in every partition'],
  [
    /^"\}\},"Effect":"Allow","Principal":\{"Service":"delivery\.logs\.amazonaws\.com"\},"Resource":(?:"arn:|\[")$/,
    'the same service principal, in the text of a resource policy of CloudWatch Logs',
  ],
  [/^logs\.eusc-de-east-1\.amazonaws\.com$/, 'the service principal of the logs of a Region'],
  [
    /^(?:dynamodb|s3|sns|secretsmanager|lambda)\.eusc-de-east-1\.amazonaws\.(?:com|eu)$/,
    "kms:ViaService, with both suffixes, because AWS doesn't document which one it uses there",
  ],
  [
    /^eu-(?:central-1|north-1|south-[12]|west-[13])$/,
    'a Region of the boundary: the alarm is for calls served outside it',
  ],
];

type Found = Readonly<Record<string, readonly string[]>>;

/** Each text of a value, with what it has of another partition. */
function elsewhere(value: unknown): string[] {
  if (typeof value === 'string') return ELSEWHERE.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [...elsewhere(key), ...elsewhere(one)]);
}

/** The texts of the templates and of the policies in the assets. What CDK writes for itself is left out. */
function textsOf(outdir: string): Found {
  const found: Record<string, string[]> = {};
  for (const name of readdirSync(outdir)) {
    if (name.endsWith('.template.json')) {
      const { Resources, Outputs, Parameters, Conditions, Mappings } = JSON.parse(read(outdir, name));
      for (const one of Object.values<{ Metadata?: unknown }>(Resources)) delete one.Metadata;
      found[name] = elsewhere({ Resources, Outputs, Parameters, Mappings, Conditions });
    } else if (name.startsWith('asset.') && readdirSync(path.join(outdir, name)).includes('policy.json')) {
      found[`${name}/policy.json`] = elsewhere(JSON.parse(read(outdir, name, 'policy.json')));
    }
  }
  return found;
}

const read = (...parts: string[]) => readFileSync(path.join(...parts), 'utf8');

const folder = mkdtempSync(path.join(tmpdir(), 'sovereign-'));
const outdir = path.join(folder, 'cdk.out');
writeFileSync(path.join(folder, 'residency.yaml'), CONFIG);
const app = ResidencyDeployment.fromFile({ config: path.join(folder, 'residency.yaml'), outdir });
const assembly = app.synth();
const found = textsOf(outdir);
const all = Object.values(found).flat();

const used = (text: string) => EXCEPTIONS.filter(([pattern]) => pattern.test(text));

test('the complete system is synthesized for the partition', () => {
  expect(assembly.stacks.map(({ stackName }) => stackName.replace('souverain-', '')).sort()).toEqual([
    'domain',
    'egress',
    'foundation',
    'ledger',
    'projects',
    'workspace-amt',
  ]);
  expect(assembly.stacks.map(({ environment: { region } }) => region)).toEqual(
    assembly.stacks.map(() => 'eusc-de-east-1'),
  );
  expect(Object.keys(found).filter((name) => name.endsWith('policy.json')).length).toBeGreaterThan(10);
});

test('nothing in it is of another partition', () => {
  expect([...new Set(all.filter((text) => used(text).length === 0))]).toEqual([]);
});

test.each(EXCEPTIONS)('%s is used: %s', (pattern) => {
  expect(all.some((text) => pattern.test(text))).toBe(true);
});

test.each([
  ['an ARN', { Ref: 'arn:aws:s3:::bucket' }],
  ['a host', ['https://dynamodb.eusc-de-east-1.amazonaws.com/']],
  ['a sign-in host', { Value: '.auth.eusc-de-east-1.amazoncognito.com' }],
  ['a Region in a text', { Text: 'see eu-west-1 for it' }],
  ['a key', { 'arn:aws:iam::111122223333:root': true }],
])('%s of another partition would be found', (_, planted) => {
  expect(elsewhere(planted).filter((text) => used(text).length === 0)).toHaveLength(1);
});
