import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAbout, readDisputed } from '@/scripts/corpus-disputed';
import { folder } from '../cli/support';

const ROOT = path.join(__dirname, '../..');
const row = { repo: 'a/b', path: 't.yaml', logicalId: 'Queue', property: 'Name' };

test('the committed list is valid', () => {
  expect(() => readDisputed()).not.toThrow();
});

test('a row without a reason is refused', () => {
  const root = folder({ 'list.json': [row] });
  expect(() => readDisputed(path.join(root, 'list.json'))).toThrow(/reason/);
});

test('a row disputes one label only', () => {
  const disputed = { ...row, reason: 'the queue is in Ireland, as its stack is' };
  expect(isAbout(disputed, row)).toBe(true);
  expect(isAbout(disputed, { ...row, property: 'Other' })).toBe(false);
});

test('a disputed label is printed with its reason and not counted, and a row that agrees with the guard must be removed', () => {
  const template = 'Resources: { Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: plain } } }\n';
  const root = folder({ 'templates/a/b/t.yaml': template });
  const label = { ...row, type: 'AWS::SQS::Queue', label: 'leaves-eu', class: 'region' };
  const agreed = { ...label, logicalId: 'Other', label: 'clean' };
  writeFileSync(path.join(root, 'labels.jsonl'), `${JSON.stringify(label)}\n${JSON.stringify(agreed)}\n`);
  const run = (disputed: object[]) => {
    writeFileSync(path.join(root, 'disputed.json'), JSON.stringify(disputed));
    const args = ['--import', 'tsx', 'scripts/check-corpus.ts', root, '--disputed', path.join(root, 'disputed.json')];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    return { status, stdout };
  };
  const reason = 'the queue is in Ireland, as its stack is';
  expect(run([])).toMatchObject({ status: 1, stdout: expect.stringContaining('missed       t.yaml Queue') });
  const disputed = run([{ ...row, reason }]);
  expect(disputed).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(`disputed     t.yaml Queue Name: ${reason}`),
  });
  expect(disputed.stdout).toContain('0 of 1 leaks found, 0 missed');
  const elsewhere = { ...row, path: 'other-corpus.yaml', reason };
  expect(run([{ ...row, reason }, elsewhere])).toMatchObject({ status: 0 });
  const unneeded = run([
    { ...row, reason },
    { ...row, logicalId: 'Other', reason },
  ]);
  expect(unneeded).toMatchObject({ status: 1, stdout: expect.stringContaining('not needed   t.yaml Other Name') });
});

test('a label of a whole file applies to each of its resources', () => {
  const template = 'Resources: { Queue: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: us-east-1 } } }\n';
  const root = folder({ 'templates/a/b/t.yaml': template });
  const label = {
    repo: 'a/b',
    path: 't.yaml',
    logicalId: '*',
    type: '*',
    property: '*',
    label: 'clean',
    class: 'clean',
  };
  writeFileSync(path.join(root, 'labels.jsonl'), `${JSON.stringify(label)}\n`);
  const args = ['--import', 'tsx', 'scripts/check-corpus.ts', root];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toContain('1 false alarms');
});
