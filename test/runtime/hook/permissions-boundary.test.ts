import { hookPolicy } from '@/lib/config/hook-policy';
import { readConfig } from '@/lib/config/load';
import { NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';
import { parseHookPolicy } from '@/lib/runtime/hook/policy';
import { stackEvent } from './support/events';
import { EU, hookIn } from './support/hook';
import { json } from './support/templates';

const permissionsBoundary = { policyName: 'exemple-residency-boundary' };
const role = (Properties: object) => json({ Role: { Type: 'AWS::IAM::Role', Properties } });
const answerTo = (template: string, declared: object = { permissionsBoundary }) =>
  hookIn({ policy: () => ({ ...EU, declarations: { ...NO_DECLARATIONS, ...declared } }) }).answer(
    stackEvent('CREATE', { targetModel: { template } }),
  );

test('a stack whose role lacks the boundary is not deployed', async () => {
  const message = expect.stringContaining('permissions-boundary at Role');
  expect(await answerTo(role({}))).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant', message });
});

test('a role with the boundary is deployed, and without a declaration any is', async () => {
  const capped = role({ PermissionsBoundary: 'arn:aws:iam::111122223333:policy/exemple-residency-boundary' });
  expect(await answerTo(capped)).toMatchObject({ hookStatus: 'SUCCESS' });
  expect(await answerTo(role({}), {})).toMatchObject({ hookStatus: 'SUCCESS' });
});

test("the declaration of a file is in the hook's policy", () => {
  const file = (more: string) =>
    ['boundary: eu', 'name: exemple', 'regions: { primary: eu-central-1 }', 'alerts: [a@example.eu]']
      .concat('models: [{ id: a, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]')
      .concat('projects: [{ id: p, models: [a] }]', `perimeter: { organization: o-exampleorgid${more} }`)
      .join('\n');
  const written = (more: string) => {
    const { boundary, declarations } = readConfig(file(more), 'residency.yaml');
    return parseHookPolicy(JSON.stringify(hookPolicy(boundary, declarations))).declarations.permissionsBoundary;
  };
  expect(written(', permissionsBoundary: true')?.policyName).toBe('exemple-residency-boundary');
  expect(written('')).toBeUndefined();
  const alone = readConfig(
    'boundary: eu\nperimeter: { organization: o-exampleorgid, permissionsBoundary: true }\n',
    'a.yaml',
  );
  expect(alone.declarations.permissionsBoundary).toMatchObject({ policyName: 'eu-residency-boundary' });
  // One for each partition.
  expect(alone.declarations.permissionsBoundary?.documents).toHaveLength(2);
});

test.each([
  ['a name', 'a'],
  ['no name', {}],
  ['another field', { policyName: 'a', other: 1 }],
  ['documents that are none', { policyName: 'a', documents: ['b'] }],
])('a policy whose boundary is %s is refused', (_, boundary) => {
  const declarations = { exceptions: [], places: [], boundaries: [], permissionsBoundary: boundary };
  expect(() => parseHookPolicy(JSON.stringify({ boundary: 'eu', declarations }))).toThrow("has no 'declarations'");
});
