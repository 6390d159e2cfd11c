import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { MAX_TEXT_BYTES } from '@/lib/contract/conversion';
import { PARSER_FILE, runParser } from '@/lib/runtime/conversion/run-parser';
import { childUsage } from './support/child-usage';
import { HOSTILE } from './support/hostile/all';

jest.setTimeout(180_000);

const file = path.join(__dirname, '../../../dist/bundles/conversion', PARSER_FILE);

/** The bounds of a request of the gateway, and a time for a processor that other tests don't share. */
const MOST_MEGABYTES = 400;
const MOST_SECONDS = 20;

let contacts = 0;
const trap = createServer((_, response) => {
  contacts++;
  response.end();
});
trap.on('connection', () => contacts++);
beforeAll(() => new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => trap.close(resolve)));

const measured: { name: string; megabytes: number; seconds: number }[] = [];
afterAll(() => {
  const worst = (of: 'megabytes' | 'seconds') => [...measured].sort((a, b) => b[of] - a[of]).slice(0, 3);
  console.info(
    JSON.stringify({ files: measured.length, memory: worst('megabytes'), time: worst('seconds') }, undefined, 1),
  );
});

test.each(HOSTILE)('in a process of its own: $name', async ({ name, make, outcome }) => {
  const content = make(`http://127.0.0.1:${(trap.address() as AddressInfo).port}`);
  const [parsed, usage] = await childUsage(() => runParser(content, { file }));
  measured.push({ name, ...usage });
  expect(usage.megabytes).toBeGreaterThan(20);
  expect(usage.megabytes).toBeLessThan(MOST_MEGABYTES);
  expect(usage.seconds).toBeLessThan(MOST_SECONDS);
  expect(contacts).toBe(0);
  if ('failure' in outcome) {
    expect(parsed).toEqual(outcome);
    return;
  }
  if ('failure' in parsed) throw new Error(parsed.failure);
  if (typeof outcome.text === 'string') expect(parsed.text).toBe(outcome.text);
  else expect(parsed.text).toMatch(outcome.text);
  expect(Buffer.byteLength(parsed.text)).toBeLessThanOrEqual(MAX_TEXT_BYTES);
  expect(parsed.lost).toEqual(outcome.lost ?? {});
});
