import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { DEPLOYMENT, deploymentStacks } from '../support/deployment';

const [page = ''] =
  /^## Monthly cost of another workspace$[\s\S]*/m.exec(
    readFileSync(path.join(__dirname, '../../docs/WORKSPACES.md'), 'utf8'),
  ) ?? [];
const rows = new Map(
  [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)].map(([, item = '', amount = '']) => [item, amount]),
);
const WORDS = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
];

/** The numbers in a row of the page, as it writes them. */
const numbersOf = (item: string): number[] =>
  [...(rows.get(item) ?? '').matchAll(/\b\w+\b/g)].flatMap(([word]) => {
    const number = WORDS.includes(word) ? WORDS.indexOf(word) : Number(word);
    return Number.isNaN(number) ? [] : [number];
  });

/** The number of resources of a workspace in a deployment, in all stacks that it adds. */
function counts(recoveryRegion?: string) {
  const { workspaces, replicas, drills } = deploymentStacks({ ...DEPLOYMENT, recoveryRegion });
  const stacks = [workspaces, replicas, drills].flatMap(([first]) => first ?? []);
  const found = stacks.flatMap((stack: Stack) => Object.values<Resource>(Template.fromStack(stack).toJSON().Resources));
  const of = (type: string) => found.filter(({ Type }) => Type === type);
  const groups = of('AWS::Logs::LogGroup').map(({ Properties }) => Properties?.RetentionInDays);
  return {
    keys: of('AWS::KMS::Key').length,
    tables: of('AWS::DynamoDB::GlobalTable').length + of('AWS::DynamoDB::Table').length,
    alarms: of('AWS::CloudWatch::Alarm').length,
    schedules: of('AWS::Events::Rule').flatMap(({ Properties }) => Properties?.ScheduleExpression ?? []),
    month: groups.filter((days) => days === 30).length,
    longer: groups.filter((days) => days !== 30),
  };
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}

const alone = counts();
const recovered = counts('eu-west-1');

test('each idle cost of a workspace is that of its stack', () => {
  expect(numbersOf('KMS keys')[0]).toBe(alone.keys);
  expect(numbersOf('tables')).toEqual([alone.tables]);
  expect(numbersOf('log groups')[0]).toBe(alone.month);
  expect(alone.longer).toEqual([]);
  expect(numbersOf('alarms')).toEqual([alone.alarms]);
});

test('recovery adds what the page says', () => {
  expect(numbersOf('with recovery: key, alarm, copies')).toEqual([
    recovered.keys - alone.keys,
    recovered.alarms - alone.alarms,
  ]);
  expect(numbersOf('with recovery: log groups')).toEqual([recovered.month - alone.month, recovered.longer.length, 180]);
  expect(recovered.longer).toEqual([180]);
});

test('what runs in an idle workspace runs as often as the page says', () => {
  expect(alone.schedules).toEqual(['rate(1 hour)', 'rate(1 hour)']);
  expect(recovered.schedules).toEqual(['rate(1 hour)', 'rate(10 minutes)', 'rate(1 hour)']);
  const month = 730;
  expect(numbersOf("hourly refresh of the pool's public keys")[0]).toBe(month);
  expect(numbersOf('hourly check for stalled rights jobs')[0]).toBe(month);
  expect(rows.get('with recovery: copying of keys')).toMatch(new RegExp(`^${(6 * month).toLocaleString('en')} runs`));
});

test('what all workspaces share is in the stacks of the foundation and of recovery', () => {
  const { foundation, recovery, workspaces } = deploymentStacks({ ...DEPLOYMENT, recoveryRegion: 'eu-west-1' });
  const typesOf = (stack: Stack | undefined) =>
    Object.values<Resource>(Template.fromStack(stack as Stack).toJSON().Resources);
  const shared = ['AWS::EC2::VPCEndpoint', 'AWS::WAFv2::WebACL'];
  expect(workspaces.flatMap(typesOf).filter(({ Type }) => shared.includes(Type))).toEqual([]);
  expect(shared.filter((type) => !typesOf(foundation).some(({ Type }) => Type === type))).toEqual([]);
  const there = typesOf(recovery);
  const endpoints = there.filter(({ Type }) => Type === 'AWS::EC2::VPCEndpoint');
  expect(endpoints.filter(({ Properties }) => Properties?.VpcEndpointType === 'Interface')).toHaveLength(1);
  for (const type of ['AWS::KMS::Key', 'AWS::EC2::FlowLog', 'AWS::S3::Bucket']) {
    expect([type, there.filter(({ Type }) => Type === type).length]).toEqual([type, 1]);
  }
});
