import path from 'node:path';
import { readInputs } from '@/lib/guard/assembly/read-inputs';
import { planOf } from '../support/plan';
import { checkIn, folder } from './support';

const leak = planOf([
  { type: 'aws_dynamodb_table', name: 'orders', values: { replica: [{ region_name: 'us-east-1' }] } },
  { type: 'aws_sqs_queue', name: 'jobs' },
]);
const abroad = planOf([
  { type: 'aws_acm_certificate', name: 'site', values: { region: 'us-east-1' } },
  { type: 'aws_sqs_queue' },
]);
const secret = planOf(
  [
    {
      type: 'aws_lambda_function',
      values: { environment: [{ variables: { URL: 'https://user:hidden@x.us-east-1.amazonaws.com' } }] },
      sensitive: { environment: [{ variables: { URL: true } }] },
    },
    {
      type: 'aws_cloudwatch_event_api_destination',
      values: { invocation_endpoint: 'https://hidden.example.com' },
      sensitive: { invocation_endpoint: true },
    },
    {
      type: 'aws_iam_policy',
      values: {
        policy: JSON.stringify({
          Statement: {
            Effect: 'Allow',
            Action: 'bedrock:*',
            Resource: 'arn:aws:bedrock:us-east-1::foundation-model/hidden',
          },
        }),
      },
      sensitive: { policy: true },
    },
  ],
  {
    providers: {
      aws: { expressions: { region: { constant_value: 'eu-central-1' }, https_proxy: { references: ['var.proxy'] } } },
    },
    variables: { proxy: { value: 'https://hidden.us-east-1.amazonaws.com' } },
    root: { variables: { proxy: { sensitive: true } } },
  },
);
const open = planOf([{ type: 'aws_sqs_queue' }], { providers: { aws: {} } });
const root = folder({
  'plan.json': leak,
  'abroad.json': abroad,
  'open.json': open,
  'secret.json': secret,
  'accepted.yaml': `exceptions:
  - rule: place-outside
    stack: plan.json/eu-central-1
    logicalId: aws_dynamodb_table.orders
    property: /replica/0/region_name
    reason: test
    approver: me
    expires: 2099-01-01
`,
  'certificates.yaml': `exceptions:
  - rule: stack-region
    stack: abroad.json/us-east-1
    types: [aws_acm_certificate]
    reason: CloudFront reads certificates there
    approver: me
    expires: 2099-01-01
`,
});

test('a plan is checked like a template, in every format', () => {
  const { code, out } = checkIn(root, 'plan.json', '--format', 'json');
  expect(code).toBe(1);
  const { files, findings } = JSON.parse(out);
  expect(files).toEqual([{ file: 'plan.json', resources: 2, error: null }]);
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'place-outside',
      file: 'plan.json',
      logicalId: 'aws_dynamodb_table.orders',
      type: 'aws_dynamodb_table',
      path: '/replica/0/region_name',
      value: 'us-east-1',
    }),
  ]);
  for (const format of ['pretty', 'sarif', 'junit', 'github', 'gitlab', 'markdown'])
    expect(checkIn(root, 'plan.json', '--format', format).out).toMatch(/table\.orders/);
});

test('an exception permits a finding by its address, and one for a Region permits only the types that it lists', () => {
  expect(checkIn(root, 'plan.json', '--exceptions', 'accepted.yaml').code).toBe(0);
  expect(checkIn(root, 'abroad.json').code).toBe(1);
  expect(checkIn(root, 'abroad.json', '--exceptions', 'certificates.yaml').code).toBe(0);
});

test('a baseline lets findings of a plan pass', () => {
  checkIn(root, 'plan.json', '--write-baseline', 'known.json');
  expect(checkIn(root, 'plan.json', '--baseline', 'known.json').code).toBe(0);
});

test('--region is the Region of a provider whose Region the plan lacks', () => {
  expect(checkIn(root, 'open.json').out).toContain('the stack has no Region');
  expect(checkIn(root, 'open.json', '--region', 'eu-central-1').code).toBe(0);
  expect(checkIn(root, 'open.json', '--region', 'eu-west-2').code).toBe(1);
});

test('a secret value is not shown, nor a part of it', () => {
  const { code, out } = checkIn(root, 'secret.json', '--format', 'json');
  expect(code).toBe(1);
  expect(out).not.toMatch(/hidden|us-east-1/);
  const findings = JSON.parse(out).findings as { path: string; value: unknown; message: string }[];
  expect(findings.map(({ path }) => path.split('/')[1]).sort()).toEqual([
    'environment',
    'https_proxy',
    'invocation_endpoint',
    'policy',
  ]);
  for (const { value, message } of findings) {
    expect(value).toBeNull();
    expect(message).toMatch(/^a value marked as sensitive breaks this rule: /);
  }
});

test('commands other than check say that they read no plans', () => {
  expect(readInputs([path.join(root, 'plan.json')]).unreadable).toEqual([
    {
      file: path.join(root, 'plan.json'),
      error: "this is a plan of Terraform, and only 'eu-residency check' reads plans",
    },
  ]);
});

test('a document in a plan that is nested too deeply is a finding', () => {
  const deep = `{"Statement":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
  const root = folder({
    'policy.json': planOf([{ type: 'aws_iam_policy', values: { policy: deep } }]),
    'task.json': planOf([{ type: 'aws_ecs_task_definition', values: { container_definitions: deep } }]),
  });
  const { out } = checkIn(root, 'policy.json', 'task.json', '--region', 'eu-west-1', '--format', 'json');
  const { findings } = JSON.parse(out);
  expect(new Set(findings.map(({ file, level }: Record<string, unknown>) => `${file} ${level}`))).toEqual(
    new Set(['policy.json unresolved', 'task.json unresolved']),
  );
  expect(out).toContain('the document is nested more than 200 levels deep; make it flatter');
  expect(out).not.toContain('call stack');
});
