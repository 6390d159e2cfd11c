#!/usr/bin/env node
// Answers the calls of `gh api` that the action makes, from a file of comments. `--jq` runs jq, whose language gh has too.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const { FAKE_GH_COMMENTS: file, FAKE_GH_DENIES: denies } = process.env;
const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const comments = JSON.parse(readFileSync(file, 'utf8'));
const body = () => readFileSync(option('--field').replace(/^body=@/, ''), 'utf8');
const url = args.find((arg) => arg.startsWith('repos/'));

if (denies === 'all' || (denies === 'writes' && args.includes('--field'))) {
  console.error('gh: Resource not accessible by integration (HTTP 403)');
  process.exit(1);
}
if (/^repos\/team\/repo\/issues\/7\/comments\?per_page=100$/.test(url)) {
  process.stdout.write(execFileSync('jq', ['-r', option('--jq')], { input: JSON.stringify(comments) }));
} else {
  const [, id] = /^repos\/team\/repo\/issues\/comments\/(\d+)$/.exec(url) ?? [];
  if (id === undefined && url !== 'repos/team/repo/issues/7/comments') throw new Error(`unexpected call: ${args}`);
  if (id === undefined)
    comments.push({ id: comments.length + 1, user: { login: 'github-actions[bot]' }, body: body() });
  else comments.find((comment) => String(comment.id) === id).body = body();
  writeFileSync(file, JSON.stringify(comments));
  console.log('{}');
}
