import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { ResidencyBoundary } from '../../lib/boundary/boundary';
import { ResidencyApp } from '../../lib/guard/cdk/residency-app';
import { expectResident } from '../../lib/testing';

const FRANKFURT = { env: { region: 'eu-central-1' } };
const LONDON = { env: { region: 'eu-west-2' } };

function global(stack: Stack): void {
  new CfnGlobalTable(stack, 'Everywhere', {
    keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
    replicas: [{ region: 'eu-central-1' }, { region: 'us-east-1' }],
  });
}

test('a stack inside passes', () => {
  const stack = new Stack(new App(), 'Inside', FRANKFURT);
  new CfnQueue(stack, 'Queue');
  expect(() => expectResident(stack)).not.toThrow();
});

test('a stack outside fails with findings to read', () => {
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
  expect(message).toContain('/Properties/Replicas/1/Region: us-east-1');
  expect(message).toMatch(/why: .+\n {4}fix: .+/);
});

test('only what belongs to the given stack counts, and to an app all of it', () => {
  const app = new App();
  const inside = new Stack(app, 'Chat', FRANKFURT);
  new CfnQueue(inside, 'Queue');
  const outside = new Stack(app, 'Chats', LONDON);
  new CfnQueue(outside, 'Queue');
  expect(() => expectResident(inside)).not.toThrow();
  expect(() => expectResident(outside)).toThrow(/'Chats' isn't resident/);
  expect(() => expectResident(app)).toThrow(/'the app' isn't resident/);
});

test('nested stacks and the stacks of a Stage are judged with them', () => {
  const app = new App();
  const parent = new Stack(app, 'Parent', FRANKFURT);
  global(new NestedStack(parent, 'Nested'));
  const stage = new Stage(app, 'Prod', LONDON);
  new CfnQueue(new Stack(stage, 'Chat'), 'Queue');
  expect(() => expectResident(parent)).toThrow(/us-east-1/);
  expect(() => expectResident(stage)).toThrow(/'Prod' isn't resident/);
});

test('the boundary is the one that is given', () => {
  const stack = new Stack(new App(), 'Chat', { env: { region: 'eu-west-3' } });
  new CfnQueue(stack, 'Queue');
  expect(() => expectResident(stack)).not.toThrow();
  expect(() => expectResident(stack, { boundary: ResidencyBoundary.countries('DE') })).toThrow(/eu-west-3/);
});

test('what the guard of the app itself refuses is the failure', () => {
  const stack = new Stack(new ResidencyApp(), 'Chat', LONDON);
  new CfnQueue(stack, 'Queue');
  expect(() => expectResident(stack)).toThrow(/eu-west-2/);
});

test('nothing to judge is no pass', () => {
  expect(() => expectResident(new App())).toThrow(/nothing was judged/);
  const alone = new Stack(undefined, 'Alone', FRANKFURT);
  new CfnTable(alone, 'Table', { keySchema: [{ attributeName: 'pk', keyType: 'HASH' }] });
  expect(() => expectResident(alone)).not.toThrow();
});
