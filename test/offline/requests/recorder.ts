/**
 * Records every request that the code under test makes to AWS: the input of each command of the SDK, and each request that the package signs
 * itself, with the file that sent it. Jest runs this before each test file, and a test file that loads no client pays nothing for it.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { asJson } from './as-json';
import { RECORDS, type RecordedRequest } from './recorded-request';

const ROOT = path.join(__dirname, '../../..');

/** How many different requests of a kind a test file adds: a test of limits sends thousands that differ only in a text. */
const OF_A_KIND = 100;

const folder = process.env[RECORDS];
if (folder !== undefined) {
  mkdirSync(folder, { recursive: true });
  jest.mock('@smithy/core/client', recordCommands);
  jest.mock('@/lib/runtime/gateway/bedrock/bedrock-client', recordBodies);
  jest.mock('@/lib/runtime/egress/secrets-client', recordSecrets);
  jest.mock('@/lib/runtime/gateway/egress/egress-client', recordInvocations);
}

/** What the SDK's builder of a command knows of it. */
interface Names {
  readonly _clientName: string;
  readonly _smithyContext: { readonly operation: string };
}

const seen = new Map<string, Set<string>>();

function record(request: RecordedRequest): void {
  const { file, service, operation } = request;
  if (file === '') return;
  const kind = `${file} ${service} ${operation}`;
  const known = seen.get(kind) ?? new Set();
  seen.set(kind, known);
  const line = JSON.stringify(request);
  if (known.size >= OF_A_KIND || known.has(line)) return;
  known.add(line);
  appendFileSync(path.join(folder ?? '', `${process.pid}.jsonl`), `${line}\n`);
}

/** Commands are recorded when they are made: tests pass many of them to clients of their own. */
function recordCommands() {
  const original: typeof import('@smithy/core/client') = jest.requireActual('@smithy/core/client');
  const { classBuilder } = original.Command;
  original.Command.classBuilder = () => {
    const builder = classBuilder();
    builder.init((command) => {
      const { _clientName, _smithyContext } = builder as unknown as Names;
      const service = _clientName.replace(/Client$/, '');
      record({ file: sender(), service, operation: _smithyContext.operation, input: asJson(command.input) });
    });
    return builder;
  };
  return original;
}

function recordBodies() {
  const name = '@/lib/runtime/gateway/bedrock/bedrock-client';
  const original: typeof import('@/lib/runtime/gateway/bedrock/bedrock-client') = jest.requireActual(name);
  const { send } = original.BedrockClient.prototype;
  original.BedrockClient.prototype.send = function (model, operation, body, ...rest) {
    const input = { modelId: model, ...JSON.parse(body) };
    record({ file: sender(), service: 'BedrockRuntime', operation, input });
    return send.call(this, model, operation, body, ...rest);
  };
  return original;
}

/** A client's own method that sends a request. */
interface Sending {
  send(subject: string, operation: string, ...rest: unknown[]): unknown;
}

function recordSecrets() {
  const name = '@/lib/runtime/egress/secrets-client';
  const original: typeof import('@/lib/runtime/egress/secrets-client') = jest.requireActual(name);
  const client = original.SecretsClient.prototype as unknown as Sending;
  const { send } = client;
  client.send = function (this: Sending, secret, operation, ...rest) {
    record({ file: sender(), service: 'SecretsManager', operation, input: { SecretId: secret } });
    return send.call(this, secret, operation, ...rest);
  };
  return original;
}

function recordInvocations() {
  const name = '@/lib/runtime/gateway/egress/egress-client';
  const original: typeof import('@/lib/runtime/gateway/egress/egress-client') = jest.requireActual(name);
  const client = original.EgressClient.prototype as unknown as Sending;
  const { send } = client;
  client.send = function (
    this: Sending & { readonly options: { functionName: string; alias: string } },
    body,
    ...rest
  ) {
    const { functionName: FunctionName, alias: Qualifier } = this.options;
    const input = asJson({ FunctionName, Qualifier, Payload: Buffer.from(body) });
    record({ file: sender(), service: 'Lambda', operation: rest[0], input });
    return send.call(this, body, ...rest);
  };
  return original;
}

/** The nearest file of the package on the stack; empty if only a test or the local emulation sent the request. */
function sender(): string {
  const files = deepStack()
    .split('\n')
    .flatMap((frame) => {
      const [, file] = /\(?(\/[^()]*):\d+:\d+\)?$/.exec(frame) ?? [];
      return file === undefined ? [] : [path.relative(ROOT, file)];
    });
  return files.find((file) => file.startsWith('lib/') && !file.startsWith('lib/local/')) ?? '';
}

/** The sender can be far up the stack, above the SDK and its libraries. */
function deepStack(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  try {
    return new Error().stack ?? '';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
