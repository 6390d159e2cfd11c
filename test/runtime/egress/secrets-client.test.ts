import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretRefused, SecretsClient } from '@/lib/runtime/egress/secrets-client';

let answer: (response: ServerResponse) => void = () => undefined;
const requests: { readonly headers: IncomingMessage['headers']; readonly url?: string; readonly body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request
    .on('data', (part) => {
      body += part;
    })
    .on('end', () => {
      requests.push({ headers: request.headers, url: request.url, body });
      answer(response);
    });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  requests.length = 0;
});

const current = () => {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = async () => ({ accessKeyId: 'AKIDTEST', secretAccessKey: 'test', sessionToken: 'session' });
  return new SecretsClient('eu-central-1', endpoint, credentials).current('residency/egress/openai');
};
const answering = (status: number, body: unknown) => {
  answer = (response) => void response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
};

test('the present version of a secret is read by a signed request', async () => {
  answering(200, {
    Name: 'residency/egress/openai',
    SecretString: 'sk-1',
    VersionId: 'v1',
    VersionStages: ['AWSCURRENT'],
  });
  expect(await current()).toEqual({ version: 'v1', value: 'sk-1' });
  expect(requests).toMatchObject([
    {
      url: '/',
      body: '{"SecretId":"residency/egress/openai"}',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'secretsmanager.GetSecretValue',
        'x-amz-security-token': 'session',
        authorization: expect.stringContaining('/eu-central-1/secretsmanager/aws4_request'),
      },
    },
  ]);
});

test.each([
  ['without a version', 400, { __type: 'ResourceNotFoundException', Message: 'no AWSCURRENT' }],
  ['whose answer names its namespace', 400, { __type: 'com.amazonaws#ResourceNotFoundException' }],
  ['that holds bytes', 200, { VersionId: 'v1', SecretBinary: 'AA==' }],
])('a secret %s has no value', async (_, status, body) => {
  answering(status, body);
  expect(await current()).toBeUndefined();
});

test.each(['AccessDeniedException', 'InvalidRequestException', 'DecryptionFailure'])(
  '%s is a refusal',
  async (type) => {
    answering(400, { __type: type, Message: 'sk-1' });
    const failed = await current().catch((error) => error);
    expect(failed).toBeInstanceOf(SecretRefused);
    expect(failed.message).toBe('Secrets Manager refused GetSecretValue with 400');
  },
);

test.each([
  ['is busy', 400, { __type: 'ThrottlingException' }],
  ['fails', 500, { __type: 'InternalServiceError' }],
  ['answers with a page', 200, '<html>'],
  ['answers without a version', 200, { SecretString: 'sk-1' }],
])('a service that %s says nothing about the secret', async (_, status, body) => {
  answering(status, body);
  const failed = await current().catch((error) => error);
  expect(failed).toBeInstanceOf(Error);
  expect(failed).not.toBeInstanceOf(SecretRefused);
  expect(failed.message).not.toContain('sk-1');
});

test('an answer that is cut off says nothing about the secret', async () => {
  answer = (response) => void response.writeHead(200).write('{', () => response.destroy());
  await expect(current()).rejects.toMatchObject({ code: 'ECONNRESET' });
});
