import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freshFolder } from '../guard/cdk/fresh-folder';
import { builtCommand } from '../support/built-command';

// Node 24 may have to be downloaded from the registry.
jest.setTimeout(180_000);

const CONFIG = path.join(__dirname, '../../residency.yaml');

const folder = freshFolder();
afterAll(() => rmSync(folder, { recursive: true }));

test('the shipped command serves, responds and exits cleanly on Node 24', async () => {
  const find = ['-y', '-p', 'node@24', 'node', '-p', 'process.execPath'];
  const node = execFileSync('npx', find, { encoding: 'utf8' }).trim();
  expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(/^v24\./);
  const flags = ['serve', '--config', CONFIG, '--port', '0', '--data', path.join(folder, 'data'), '--format', 'json'];
  const child = spawn(node, [builtCommand(folder), ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const [line] = await once(createInterface(child.stdout), 'line');
    const { projects, workspaces } = JSON.parse(line);
    const [{ url, key }] = projects;
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'helpdesk', messages: [{ role: 'user', content: 'Guten Tag' }] }),
    });
    expect(await response.json()).toMatchObject({ choices: [{ message: { role: 'assistant' } }] });
    await uploads(workspaces[0]);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toEqual([0, null]);
});

/** The platform parses forms: Node 24's parser preserves bytes and hides no part of a form. */
async function uploads({ url, tokens }: { url: string; tokens: { member: string } }): Promise<void> {
  const authorization = `Bearer ${tokens.member}`;
  const pdf = Buffer.concat([
    Buffer.from('%PDF-1.7\r\n--x\r\n'),
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    Buffer.from('%%EOF\n'),
  ]);
  const form = new FormData();
  form.set('purpose', 'user_data');
  form.set('file', new Blob([pdf], { type: 'application/pdf' }), 'Übung.pdf');
  const sent = await fetch(`${url}/files`, { method: 'POST', headers: { authorization }, body: form });
  const { id, filename, bytes } = (await sent.json()) as { id: string; filename: string; bytes: number };
  expect([sent.status, filename, bytes]).toEqual([200, 'Übung.pdf', pdf.length]);
  const read = await fetch(`${url}/files/${id}/content`, { headers: { authorization } });
  expect(Buffer.from(await read.arrayBuffer()).equals(pdf)).toBe(true);
  const field = (name: string, content: string) =>
    `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
  for (const body of [
    `${field('purpose', 'user_data')}${field('purpose', 'vision')}--B--\r\n`,
    field('purpose', 'x--B'),
  ]) {
    const headers = { authorization, 'content-type': 'multipart/form-data; boundary=B' };
    const refused = await fetch(`${url}/files`, { method: 'POST', headers, body });
    expect(await refused.json()).toMatchObject({ error: { code: 'invalid_multipart' } });
  }
}
