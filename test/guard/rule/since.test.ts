import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkApp } from '@/lib/guard/cdk/check-app';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { ANNOUNCED, sinceOf, withAnnounced } from '@/lib/guard/rule/since';
import { RULES } from '@/lib/guard/rules';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const { rules } = JSON.parse(read('test/releases/0.1.0/names.json'));
const minor = (version: string) => Number(/^0\.(\d+)/.exec(version)?.[1]);
const CURRENT: string = JSON.parse(read('package.json')).version;

const boundary = ResidencyBoundary.eu();
const announced = { 'edge-type': '0.9' };
const Resources = { Edge: { Type: 'AWS::CloudFront::Distribution', Properties: {} } };

test('a rule has the version that it came with', () => {
  expect(RULES.filter(({ id }) => (sinceOf(id) === '0.1.0') !== rules.includes(id))).toEqual([]);
});

test('a rule is announced for one minor version, and no longer', () => {
  for (const [id, blocksFrom] of Object.entries(ANNOUNCED)) {
    expect([id, RULES.some((rule) => rule.id === id), minor(blocksFrom)]).toEqual([id, true, minor(sinceOf(id)) + 1]);
    // It blocks now: remove it from ANNOUNCED.
    expect([id, minor(CURRENT) < minor(blocksFrom)]).toEqual([id, true]);
  }
});

test('the findings of an announced rule are information in the reports of the command', () => {
  const input = { file: 'a.json', stack: 'a', group: 'a', template: { Resources }, deployRegion: 'eu-central-1' };
  const inputs = { templates: [input], unreadable: [] };
  const levels = (table?: typeof announced) =>
    checkInputs(inputs, { boundary, deployRegions: [], announced: table }).findings.map(({ rule, level }) => [
      rule,
      level,
    ]);
  expect(levels()).toContainEqual(['edge-type', 'block']);
  expect(levels(announced)).toContainEqual(['edge-type', 'info']);
});

test('they are information at synth', () => {
  const app = new App();
  const stack = new Stack(app, 'A', { env: { region: 'eu-central-1' } });
  new CfnResource(stack, 'Edge', { type: 'AWS::CloudFront::Distribution' });
  app.synth();
  const levels = (table?: typeof announced) =>
    checkApp(app, { boundary, announced: table }).findings.map(({ rule, level }) => [rule, level]);
  expect(levels()).toContainEqual(['edge-type', 'block']);
  expect(levels(announced)).toContainEqual(['edge-type', 'info']);
});

test('they say from which version on they block, and other findings stay as they are', () => {
  const finding = {
    rule: 'edge-type',
    level: 'block',
    stack: 'a',
    message: 'It leaves.',
    fix: '',
    documentation: '',
  } as const;
  const other = { ...finding, rule: 'place-outside' };
  expect(withAnnounced([finding, other], announced)).toEqual([
    { ...finding, level: 'info', message: 'It leaves. From version 0.9 on, this finding blocks.' },
    other,
  ]);
});

test("the hook's bundle has no announced rule", () => {
  const script = `
    import { announcedRules, withoutRules } from './scripts/announced-rules.mjs';
    const table = "export const ANNOUNCED: Record<string, string> = { 'edge-type': '0.9', acceleration: '0.9' };";
    console.log(JSON.stringify([announcedRules(), withoutRules(process.argv[1], announcedRules(table))]));
  `;
  const index = read('lib/guard/rules/index.ts');
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, index], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const [ids, without] = JSON.parse(output);
  expect(ids).toEqual(Object.keys(ANNOUNCED));
  const [before, after] = [index, without].map((text: string) =>
    text.split(': readonly Rule[] = [')[1]?.split(',\n  '),
  );
  expect(before?.filter((name) => !after?.includes(name))).toEqual(['edgeType', 'acceleration']);
});
