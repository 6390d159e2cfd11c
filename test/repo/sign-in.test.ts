import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { shellEnvironment } from '../support/shell';
import { of } from './blocks';

const run = promisify(execFile);

/** A sign-in page that gives a code to whoever asks for one, and a token for the code and what it was asked for with. */
async function page(): Promise<{ url: string; asked: URLSearchParams[]; stop: () => void }> {
  const asked: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    asked.push(new URLSearchParams(await text(request)));
    response.end(JSON.stringify({ path: request.url, id_token: 'a.b.c' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => void server.close() };
}

test('the commands of docs/OPERATIONS.md ask for a code with PKCE, and exchange it for a token', async () => {
  const [authorize, exchange, ...others] = of('bash').map(({ code }) => code);
  expect(others).toEqual([]);
  const { url, asked, stop } = await page();
  try {
    const env = shellEnvironment({ SIGN_IN_URL: url, CLIENT_ID: 'client', CODE: 'the-code' });
    const { stdout } = await run('sh', ['-c', `${authorize}\necho ---\n${exchange}`], { env });
    const [address = '', answer = ''] = stdout.split('---\n');
    const { pathname, searchParams } = new URL(address.trim());
    expect(pathname).toBe('/oauth2/authorize');
    expect(JSON.parse(answer)).toEqual({ path: '/oauth2/token', id_token: 'a.b.c' });
    const [form] = asked;
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
