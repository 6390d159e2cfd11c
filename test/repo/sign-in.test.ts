import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { shellEnvironment } from '../support/shell';
import { blocksIn } from './blocks';

const run = promisify(execFile);

/** A sign-in page that answers every request with a token, and records the forms that it receives. */
async function page(): Promise<{ url: string; forms: URLSearchParams[]; stop: () => void }> {
  const forms: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    forms.push(new URLSearchParams(await text(request)));
    response.end(JSON.stringify({ path: request.url, id_token: 'a.b.c' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, forms, stop: () => void server.close() };
}

test('the commands of docs/OPERATIONS.md request a code with PKCE, and exchange it for a token', async () => {
  const [authorize, exchange, ...others] = blocksIn('bash').map(({ code }) => code);
  expect(others).toEqual([]);
  const { url, forms, stop } = await page();
  try {
    const env = shellEnvironment({ SIGN_IN_URL: url, CLIENT_ID: 'client', CODE: 'the-code' });
    const { stdout } = await run('sh', ['-c', `${authorize}\necho ---\n${exchange}`], { env });
    const [address = '', answer = ''] = stdout.split('---\n');
    const { pathname, searchParams } = new URL(address.trim());
    expect(pathname).toBe('/oauth2/authorize');
    expect(JSON.parse(answer)).toEqual({ path: '/oauth2/token', id_token: 'a.b.c' });
    const [form] = forms;
    const challenge = createHash('sha256')
      .update(form?.get('code_verifier') ?? '')
      .digest('base64url');
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      scope: 'openid',
      client_id: 'client',
      redirect_uri: 'http://localhost:8788/callback',
      code_challenge_method: 'S256',
      code_challenge: challenge,
    });
    expect(Object.fromEntries(form ?? [])).toEqual({
      grant_type: 'authorization_code',
      client_id: 'client',
      redirect_uri: 'http://localhost:8788/callback',
      code: 'the-code',
      code_verifier: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  } finally {
    stop();
  }
});
