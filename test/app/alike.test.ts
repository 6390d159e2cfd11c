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

test('templates of workspaces that differ in names and hashes only are alike', () => {
  const [sciences, medicine] = [
    withoutNames(template('uni-workspace-sciences', 'sciences', hashes[0]), 'uni-workspace-sciences', 'sciences'),
    withoutNames(template('uni-workspace-medicine', 'medicine', hashes[1]), 'uni-workspace-medicine', 'medicine'),
  ];
  expect(sciences).toBe(medicine);
  expect(sciences).toContain('"MemorySize":256');
});

test.each([
  ['a property', 'uni-workspace-medicine', 'medicine', 512],
  ['the length of the name', 'uni-workspace-law', 'law', 256],
])('templates that differ in %s are not', (_, stack, id, size) => {
  const first = withoutNames(
    template('uni-workspace-sciences', 'sciences', hashes[0]),
    'uni-workspace-sciences',
    'sciences',
  );
  expect(withoutNames(template(stack, id, hashes[1], size), stack, id)).not.toBe(first);
});

test("an ID that is part of other words doesn't make others of them alike", () => {
  const text = (property: string) => `{"Resources":{"A":{"Properties":{"${property}":true}}}}`;
  expect(withoutNames(text('Encrypted'), 'uni-workspace-e', 'e')).not.toBe(
    withoutNames(text('Ancryptad'), 'uni-workspace-a', 'x'),
  );
});
