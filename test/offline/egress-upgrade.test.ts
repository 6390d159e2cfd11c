import { type DeployedStack, type Json, Physical } from '@/test/iam/support/physical';
import { type DeploymentName, stacksOf } from './support/deployments';
import { missingOf } from './support/order';

jest.setTimeout(60_000);

/** The properties that an egress changes. CloudFormation updates each of them in place, without an interruption. */
const UPDATED: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::Lambda::Function': ['Code', 'Environment'],
};

const byName = (name: DeploymentName) => new Map(stacksOf(name).map((stack) => [stack.name, stack]));
const [OFF, ON] = [byName('background'), byName('egress')];

type Stacks = ReadonlyMap<string, DeployedStack>;

/** What an update of one deployment to the other does to the resources of the first, except to remove and add stacks. */
function changesOf(from: Stacks, to: Stacks): string[] {
  return [...from].flatMap(([name, { template }]) => {
    const after = to.get(name)?.template;
    if (after === undefined) return [];
    return Object.entries<Json>(template.Resources).flatMap(([id, resource]) => {
      const next = after.Resources[id];
      if (next === undefined) return [`${name}: ${id} goes`];
      if (next.Type !== resource.Type) return [`${name}: ${id} becomes another type`];
      return differing(resource, next)
        .filter((property) => !UPDATED[resource.Type]?.includes(property))
        .map((property) => `${name}: ${property} of ${id} changes`);
    });
  });
}

function differing({ Properties: before = {} }: Json, { Properties: after = {} }: Json): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((one) => JSON.stringify(before[one]) !== JSON.stringify(after[one]));
}

test('a deployment that gets an egress keeps each stack and resource, and replaces none', () => {
  expect([...OFF.keys()].filter((name) => !ON.has(name))).toEqual([]);
  expect([...ON.keys()].filter((name) => !OFF.has(name))).toEqual(['exemple-egress']);
  expect(changesOf(OFF, ON)).toEqual([]);
});

test('it exports everything that it exported, with the same values', () => {
  for (const [name, { template }] of OFF) {
    expect(ON.get(name)?.template.Outputs).toMatchObject(template.Outputs ?? {});
  }
});

test('no stack waits for a later one: each reads outputs of earlier stacks only', () => {
  const earlier: DeployedStack[] = [];
  for (const stack of ON.values()) {
    earlier.push(stack);
    const physical = new Physical(earlier);
    // It throws for an output of a stack that isn't there yet.
    expect(() =>
      Object.values<Json>(stack.template.Resources).map(({ Properties = {} }) => physical.resolve(Properties, stack)),
    ).not.toThrow();
  }
});

test('what the update adds is created after what it uses at once', () => {
  expect(missingOf([...ON.values()])).toEqual([]);
});

test('an egress that is taken away again removes only what came with it', () => {
  const removed = changesOf(ON, OFF).filter((change) => !/: Foundation(Endpoints|)(Lambda|ProviderState)/.test(change));
  expect(removed).toEqual([]);
});

test('a change that replaces or removes something is found', () => {
  const changed = structuredClone(ON) as Map<string, DeployedStack>;
  const { Resources } = changed.get('exemple-foundation')?.template ?? {};
  const [[table] = []] = Object.entries<Json>(OFF.get('exemple-foundation')?.template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::DynamoDB::GlobalTable',
  );
  const [[key] = []] = Object.entries<Json>(OFF.get('exemple-foundation')?.template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::KMS::Key',
  );
  if (table === undefined || key === undefined) throw new Error('the foundation has no table or no key');
  Resources[table].Properties.TableName = 'another';
  delete Resources[key];
  expect(changesOf(OFF, changed).sort()).toEqual(
    [`exemple-foundation: ${key} goes`, `exemple-foundation: TableName of ${table} changes`].sort(),
  );
});
