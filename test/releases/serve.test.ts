import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { readConfig, type Served, serve } from './support/code';
import { RELEASE, read, readJson } from './support/release';

// A machine may be busy with other tests.
jest.setTimeout(60_000);

interface Received {
  readonly projectKey: string;
  readonly requests: readonly {
    readonly as: keyof Served['workspaces'][number]['tokens'];
    readonly path: string;
    readonly status: number;
    readonly body: object;
  }[];
}

const received = readJson<Received>('serve/received.json');
const data = mkdtempSync(path.join(tmpdir(), 'served-'));
let served: Served;
beforeAll(async () => {
  for (const name of ['serve.sqlite', 'content.sqlite']) {
    const packed = readFileSync(path.join(RELEASE, 'serve', `${name}.br`));
    writeFileSync(path.join(data, name), brotliDecompressSync(packed), { mode: 0o600 });
  }
  const { boundary, deployment } = readConfig(read('serve/residency.yaml'), 'residency.yaml');
  if (deployment === undefined) throw new Error('no deployment');
  const options = { upstream: 'echo' as const, environment: {}, record: () => {} };
  served = await serve({ deployment, boundary, port: 0, data, ...options });
});
afterAll(async () => {
  await served.close();
  rmSync(data, { recursive: true });
});

test('a data folder of 0.1.0 is served with the key that it had', () => {
  expect(served.projects.map(({ id, key }) => [id, key])).toEqual([['helpdesk-bot', received.projectKey]]);
});

test.each(received.requests.map((one) => [one.as, one.path, one] as const))(
  '%s receives what 0.1.0 answered to %s',
  async (as, to, { status, body }) => {
    const [workspace] = served.workspaces;
    const headers = { authorization: `Bearer ${workspace?.tokens[as]}` };
    const response = await fetch(`${workspace?.url.replace(/\/v1$/, '')}${to}`, { headers });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(status);
    if (status >= 400) return;
    const digest = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    expect('sha256' in body ? digest : JSON.parse(bytes.toString())).toMatchObject(body);
  },
);
