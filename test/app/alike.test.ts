import { withoutNames } from '@/lib/app/alike';

/** A template as CDK names what is in it, with another value of a property. */
const template = (stack: string, id: string, hash: string, size = 256) =>
  JSON.stringify({
    Description: `Workspace ${id}`,
    Resources: {
      [`Function${hash.slice(0, 8).toUpperCase()}`]: { Properties: { MemorySize: size, Role: `${stack}-role` } },
      Bucket: { Properties: { Prefix: `c${hash}`, Name: `${stack.replaceAll('-', '').slice(0, -1)}-${hash}` } },
    },
  });

const hashes = ['0a1b2c3d4e5f60718293', 'f0e1d2c3b4a596877869'] as const;

const sciences = withoutNames(
  template('uni-workspace-sciences', 'sciences', hashes[0]),
  'uni-workspace-sciences',
  'sciences',
);

test.each(['medicine', 'law', 'veterinary-medicine'])(
  "templates of workspaces that differ in names and hashes only are alike: 'sciences' and '%s'",
  (id) => {
    const stack = `uni-workspace-${id}`;
    expect(withoutNames(template(stack, id, hashes[1]), stack, id)).toBe(sciences);
    expect(sciences).toContain('"MemorySize":256');
  },
);

test('templates that differ in a property are not', () => {
  const [stack, id] = ['uni-workspace-medicine', 'medicine'];
  expect(withoutNames(template(stack, id, hashes[1], 512), stack, id)).not.toBe(sciences);
});

test('nor are those in which a hash has another length', () => {
  const [stack, id] = ['uni-workspace-medicine', 'medicine'];
  expect(withoutNames(template(stack, id, `${hashes[1]}0000`), stack, id)).not.toBe(sciences);
});

const text = (properties: object) => JSON.stringify({ Resources: { A: { Properties: properties } } });

test.each([
  ['part of a word', ['e', { Key: 'encrypted' }], ['a', { Key: 'ancryptad' }]],
  ['a setting', ['on', { BillingMode: 'on' }], ['of', { BillingMode: 'of' }]],
  ['part of a Region', ['eu', { Region: 'eu-central-1' }], ['us', { Region: 'us-central-1' }]],
] as const)("an ID that is also %s doesn't make two templates alike", (_, [id, one], [otherId, other]) => {
  expect(withoutNames(text(one), `uni-workspace-${id}`, id)).not.toBe(
    withoutNames(text(other), `uni-workspace-${otherId}`, otherId),
  );
});

test('where a template names the workspace, the ID is replaced', () => {
  const named = (id: string) =>
    text({
      GroupName: `${id}-member`,
      Dimensions: [{ Name: 'tenant', Value: id }],
      Tags: [`workspace/${id}`, `/certificates/${id}/*`, `jobs of workspace ${id}, inside eu`],
    });
  const masked = withoutNames(named('on'), 'uni-workspace-on', 'on');
  expect(masked).toBe(withoutNames(named('of'), 'uni-workspace-of', 'of'));
  expect(masked).not.toContain('"on"');
});

test('a stack that is no workspace stays as it is', () => {
  expect(withoutNames(text({ Name: 'uni-law' }), 'uni-law', 'law')).toContain('uni-law');
});
