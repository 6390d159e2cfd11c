/**
 * Records every request that the code under test makes to AWS: the input of each command of the SDK, and each body for Bedrock, with the
 * file that sent it. Jest runs this before each test file.
 */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@smithy/core/client';
import { BedrockClient } from '@/lib/runtime/gateway/bedrock/bedrock-client';
import { asJson } from './as-json';
import { RECORDS, type RecordedRequest } from './recorded-request';

const ROOT = path.join(__dirname, '../../..');

/** How many different requests of a kind a test file adds: a test of limits sends thousands that differ only in a text. */
const OF_A_KIND = 100;

// The sender can be far up the stack, above the SDK and its libraries.
Error.stackTraceLimit = 50;

const seen = new Map<string, Set<string>>();

function record(request: RecordedRequest): void {
  const { file, service, operation } = request;
  const kind = `${file} ${service} ${operation}`;
  const known = seen.get(kind) ?? new Set();
  seen.set(kind, known);
  const line = JSON.stringify({ ...request, test: (globalThis as any)[Symbol.for('x')] ?? (globalThis as any).expect?.getState?.().testPath });
  if (known.size >= OF_A_KIND || known.has(line)) return;
  known.add(line);
  appendFileSync(`${process.env[RECORDS]}/${process.pid}.jsonl`, `${line}\n`);
}

/** The nearest file of the package, or the library that called for it. */
function sender(): string {
  const frames = (new Error().stack ?? '').split('\n');
  const file = frames.map((frame) => /\((.*):\d+:\d+\)$|at (?:async )?(\/.*):\d+:\d+$/.exec(frame)).flatMap((found) => found?.[1] ?? found?.[2] ?? []).map((one) => path.relative(ROOT, one)).find((one) => one.startsWith('lib/'));
  return file ?? '';
}

const { send } = Client.prototype;
Client.prototype.send = function (this: InstanceType<typeof Client>, ...args: Parameters<typeof send>) {
  const [command] = args;
  const service = `${this.config.serviceId}`;
  record({ file: sender(), service, operation: command.constructor.name.replace(/Command$/, ''), input: asJson(command.input) });
  return send.apply(this, args);
} as typeof send;

const sendToBedrock = BedrockClient.prototype.send;
BedrockClient.prototype.send = function (model, operation, body, signal) {
  record({ file: sender(), service: 'Bedrock Runtime', operation, input: { modelId: model, ...JSON.parse(body) } });
  return sendToBedrock.call(this, model, operation, body, signal);
};
