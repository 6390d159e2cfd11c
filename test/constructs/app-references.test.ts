import { App, CfnOutput, CfnParameter, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib/core';
import { AppReferences } from '@/lib/constructs/network/app-references';

const resourceIn = (stack: Stack, id: string, properties: object = {}) =>
  new CfnResource(stack, id, { type: 'AWS::EC2::VPC', properties });

/** The paths of what a resource names by the import of an export. */
const namedBy = (stack: Stack, name: string): string[] => {
  const use = resourceIn(stack, 'Use', { Part: [Fn.importValue(name)] });
  const { mentions } = new AppReferences(stack.node.root).render(use);
  expect(mentions.map(({ path }) => path.join('.'))).toEqual(mentions.map(() => 'Part.0'));
  return mentions.map(({ target }) => target.node.path);
};

const exported = (stack: Stack, exportName: string, value: string) =>
  new CfnOutput(stack, `Out-${exportName}`, { value, exportName });

test('an export that imports another stands for what that one names', () => {
  const app = new App();
  const [first, second, third] = ['First', 'Second', 'Third'].map((id) => new Stack(app, id)) as [Stack, Stack, Stack];
  exported(first, 'corp', resourceIn(first, 'Vpc').ref);
  exported(second, 'team', Fn.importValue('corp'));
  expect(namedBy(third, 'team')).toEqual(['First/Vpc']);
});

test('an export of an import from elsewhere names nothing', () => {
  const stack = new Stack(new App(), 'Stack');
  exported(stack, 'team', Fn.importValue('corp'));
  expect(namedBy(stack, 'team')).toEqual([]);
});

test.each([
  [
    'itself',
    (stack: Stack) => exported(stack, 'one', Fn.join('', [Fn.importValue('one'), resourceIn(stack, 'Vpc').ref])),
  ],
  [
    'each other',
    (stack: Stack) => {
      exported(stack, 'one', Fn.join('', [Fn.importValue('two'), Fn.importValue('two')]));
      exported(stack, 'two', Fn.join('', [Fn.importValue('one'), resourceIn(stack, 'Vpc').ref]));
    },
  ],
  [
    'each other through the parameter of a nested stack',
    (stack: Stack) => {
      const nested = new NestedStack(stack, 'Nested', { parameters: { Part: Fn.importValue('one') } });
      const parameter = new CfnParameter(nested, 'Part');
      exported(nested, 'one', Fn.join('', [parameter.valueAsString, resourceIn(stack, 'Vpc').ref]));
    },
  ],
])('exports that import %s end', (_, exportAll) => {
  const stack = new Stack(new App(), 'Stack');
  exportAll(stack);
  expect(namedBy(stack, 'one').filter((path) => path === 'Stack/Vpc')).toEqual(['Stack/Vpc']);
});

test('an import of a name that several Regions export may mean each of them', () => {
  const app = new App();
  for (const region of ['eu-central-1', 'eu-west-3']) {
    const stack = new Stack(app, region, { env: { region } });
    exported(stack, 'corp', resourceIn(stack, 'Vpc').ref);
  }
  expect(namedBy(new Stack(app, 'Stack'), 'corp')).toEqual(['eu-central-1/Vpc', 'eu-west-3/Vpc']);
});

test('exports that import the one before twice take no time that doubles with each', () => {
  const stack = new Stack(new App(), 'Stack');
  exported(stack, 'out0', resourceIn(stack, 'Vpc').ref);
  for (let nth = 1; nth < 40; nth++) {
    const before = Fn.importValue(`out${nth - 1}`);
    exported(stack, `out${nth}`, Fn.join('', [before, before]));
  }
  expect(namedBy(stack, 'out39')).toEqual(['Stack/Vpc']);
});
