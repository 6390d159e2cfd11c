import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { giveBack, linkedBundle } from '@/lib/constructs/functions/linked-bundle';

/** A new bundle of one file. */
function bundleOf(content: string): string {
  const bundle = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  writeFileSync(path.join(bundle, 'index.mjs'), content);
  return bundle;
}

test("the next function of a bundle uses a directory again, without the former function's policy", () => {
  const bundle = bundleOf('x');
  const first = linkedBundle(bundle, 'gateway');
  writeFileSync(path.join(first, 'policy.json'), '{}');
  giveBack(bundle, first, 'policy.json');
  const second = linkedBundle(bundle, 'gateway');
  expect(second).toBe(first);
  expect(readdirSync(second)).toEqual(['index.mjs']);
});

test('two functions that are made at once have a directory each, and so do two bundles', () => {
  const [bundle, other] = [bundleOf('x'), bundleOf('y')];
  const first = linkedBundle(bundle, 'gateway');
  expect(linkedBundle(bundle, 'gateway')).not.toBe(first);
  giveBack(bundle, first, 'policy.json');
  expect(readFileSync(path.join(linkedBundle(other, 'gateway'), 'index.mjs'), 'utf8')).toBe('y');
});

test('a directory is removed once all constructs are made, and the next ones get another', async () => {
  const bundle = bundleOf('x');
  const first = linkedBundle(bundle, 'gateway');
  giveBack(bundle, first, 'policy.json');
  await nextTurn();
  expect(existsSync(first)).toBe(false);
  const second = linkedBundle(bundle, 'gateway');
  expect(readdirSync(second)).toEqual(['index.mjs']);
  await nextTurn();
  expect(existsSync(second)).toBe(false);
});
