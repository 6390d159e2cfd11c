import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freshFolder } from '../guard/cdk/fresh-folder';
import { builtCommand } from '../support/built-command';

// The registry may have to be asked for a Node of that line.
jest.setTimeout(180_000);

const CONFIG = path.join(__dirname, '../../residency.yaml');

const folder = freshFolder();
afterAll(() => rmSync(folder, { recursive: true }));

test('the command as it is shipped serves on Node 24, answers, and ends well', async () => {
  const find = ['-y', '-p', 'node@24', 'node', '-p', 'process.execPath'];
  const node = execFileSync('npx', find, { encoding: 'utf8' }).trim();
  expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(/^v24\./);
  const flags = ['serve', '--config', CONFIG, '--port', '0', '--data', path.join(folder, 'data'), '--format', 'json'];
  const child = spawn(node, [builtCommand(folder), ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const [line] = await once(createInterface(child.stdout), 'line');
    const [{ url, key }] = JSON.parse(line).projects;
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'assistant', messages: [{ role: 'user', content: 'Guten Tag' }] }),
    });
    expect(await response.json()).toMatchObject({ choices: [{ message: { role: 'assistant' } }] });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toEqual([0, null]);
});
