import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { expectResident } from '@/lib/testing';

const FRANKFURT = { env: { region: 'eu-central-1' } };
const LONDON = { env: { region: 'eu-west-2' } };

function global(stack: Stack): void {
  new CfnGlobalTable(stack, 'Everywhere', {
    keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
    replicas: [{ region: 'eu-central-1' }, { region: 'us-east-1' }],
  });
}

test('a stack inside the boundary passes', () => {
  const stack = new Stack(new App(), 'Inside', FRANKFURT);
  new CfnQueue(stack, 'Queue');
  expect(() => expectResident(stack)).not.toThrow();
});

test('a stack outside the boundary fails with readable findings', () => {
  const stack = new Stack(new App(), 'Chat', FRANKFURT);
  global(stack);
  let message = '';
  try {
    expectResident(stack);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain("'Chat' isn't resident: 1 finding against");
  expect(message).toContain('Chat/Everywhere');
  expect(message).toMatch(/defined at test\/testing\/expect-resident\.test\.ts:\d+:\d+\n/);
  expect(message).toContain('/Properties/Replicas/1/Region: us-east-1');
  expect(message).toMatch(/why: .+\n {4}fix: .+/);
  // jest takes such lines for frames of a stack, and moves them.
  expect(message).not.toMatch(/^\s*at\s/m);
});

test('only findings in the given stack count, and for an app all of them', () => {
  const app = new App();
  const inside = new Stack(app, 'Chat', FRANKFURT);
  new CfnQueue(inside, 'Queue');
  const outside = new Stack(app, 'Chats', LONDON);
  new CfnQueue(outside, 'Queue');
  expect(() => expectResident(inside)).not.toThrow();
  expect(() => expectResident(outside)).toThrow(/'Chats' isn't resident/);
  expect(() => expectResident(app)).toThrow(/'the app' isn't resident/);
});

test("nested stacks and a Stage's stacks are checked too", () => {
  const app = new App();
  const parent = new Stack(app, 'Parent', FRANKFURT);
  global(new NestedStack(parent, 'Nested'));
  const stage = new Stage(app, 'Prod', LONDON);
  new CfnQueue(new Stack(stage, 'Chat'), 'Queue');
  expect(() => expectResident(parent)).toThrow(/us-east-1/);
  expect(() => expectResident(stage)).toThrow(/'Prod' isn't resident/);
});

test('the given boundary applies', () => {
  const stack = new Stack(new App(), 'Chat', { env: { region: 'eu-west-3' } });
  new CfnQueue(stack, 'Queue');
  expect(() => expectResident(stack)).not.toThrow();
  expect(() => expectResident(stack, { boundary: ResidencyBoundary.countries('DE') })).toThrow(/eu-west-3/);
});

describe('in a guarded app', () => {
  const GERMANY = ResidencyBoundary.countries('DE');
  const file = (name: string, value: object) => {
    const written = path.join(mkdtempSync(path.join(tmpdir(), 'guarded-')), name);
    writeFileSync(written, JSON.stringify(value));
    return written;
  };

  test("its guard's findings fail the test whatever the options, but only those of the given stack", () => {
    const app = new ResidencyApp();
    const [outside, inside] = [new Stack(app, 'Chat', LONDON), new Stack(app, 'Records', FRANKFURT)];
    for (const stack of [outside, inside]) new CfnQueue(stack, 'Queue');
    expect(() => expectResident(outside)).toThrow(/'Chat' isn't resident: 1 finding .*eu-west-2/s);
    expect(() => expectResident(outside, { boundary: ResidencyBoundary.eea() })).toThrow(/against the EU/);
    expect(() => expectResident(inside)).not.toThrow();
  });

  test('its own boundary applies, and a given one in addition', () => {
    const stack = new Stack(new ResidencyApp({ boundary: GERMANY }), 'Chat', { env: { region: 'eu-west-3' } });
    new CfnQueue(stack, 'Queue');
    expect(() => expectResident(stack)).toThrow(/eu-west-3/);
    const french = new Stack(new ResidencyApp(), 'Chat', { env: { region: 'eu-west-3' } });
    new CfnQueue(french, 'Queue');
    expect(() => expectResident(french)).not.toThrow();
    expect(() => expectResident(french, { boundary: GERMANY })).toThrow(/eu-west-3/);
  });

  test('each of its guards checks it, in any order', () => {
    const app = new ResidencyApp();
    ResidencyGuard.enforce(app, { boundary: GERMANY });
    const stack = new Stack(app, 'Chat', { env: { region: 'eu-west-3' } });
    new CfnQueue(stack, 'Queue');
    expect(() => expectResident(stack)).toThrow(/'Chat' isn't resident: 1 finding against DE/);
  });

  test('a given boundary applies even to a stack with another declared boundary', () => {
    const declarations = ResidencyDeclarations.fromFile(
      file('declared.yaml', { boundaries: [{ stack: 'Chat', boundary: 'eea' }] }),
    );
    const app = new ResidencyApp({ boundary: GERMANY, declarations });
    const stack = new Stack(app, 'Chat', { env: { region: 'eu-west-3' } });
    new CfnQueue(stack, 'Queue');
    expect(() => expectResident(stack)).not.toThrow();
    expect(() => expectResident(stack, { boundary: GERMANY })).toThrow(/eu-west-3/);
    expect(() => expectResident(stack, { boundary: GERMANY, declarations })).not.toThrow();
  });

  test('an error that prevents the synth is the failure', () => {
    const stack = new Stack(new ResidencyApp(), 'Chat', FRANKFURT);
    stack.node.addValidation({ validate: () => ['a queue is missing'] });
    expect(() => expectResident(stack)).toThrow(/a queue is missing/);
  });

  test("its exceptions and its baseline's findings pass", () => {
    const exception = {
      rule: 'place-outside',
      stack: 'Chat',
      reason: 'a test',
      approver: 'dpo',
      expires: '2999-01-01',
    };
    const declarations = ResidencyDeclarations.fromFile(file('exceptions.yaml', { exceptions: [exception] }));
    const known = { rule: 'place-outside', stack: 'Chat', id: 'Everywhere', type: 'AWS::DynamoDB::GlobalTable' };
    const place = { path: '/Properties/Replicas/*/Region', value: 'us-east-1' };
    const baseline = file('baseline.json', { version: 1, findings: [{ ...known, ...place }] });
    const told = jest.spyOn(console, 'error').mockImplementation();
    for (const props of [{ declarations }, { baseline }]) {
      const stack = new Stack(new ResidencyApp(props), 'Chat', FRANKFURT);
      global(stack);
      expect(() => expectResident(stack)).not.toThrow();
    }
    expect(told.mock.calls.join()).toMatch(/exception .*, approved by dpo.*1 known finding/s);
    told.mockRestore();
  });
});

test("a scope without resources doesn't pass, whatever else is in the app", () => {
  expect(() => expectResident(new App())).toThrow(/'the app', so nothing was checked/);
  const app = new App();
  new CfnQueue(new Stack(app, 'Chat', FRANKFURT), 'Queue');
  expect(() => expectResident(new Stack(app, 'Empty', FRANKFURT))).toThrow(/'Empty', so nothing was checked/);
  const alone = new Stack(undefined, 'Alone', FRANKFURT);
  new CfnTable(alone, 'Table', { keySchema: [{ attributeName: 'pk', keyType: 'HASH' }] });
  expect(() => expectResident(alone)).not.toThrow();
});
