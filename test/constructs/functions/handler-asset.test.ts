import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleHash } from '@/lib/constructs/functions/handler-asset';

describe('the hash of a bundle', () => {
  let bundle: string;
  beforeEach(() => {
    bundle = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  });
  afterEach(() => rmSync(bundle, { recursive: true }));

  const hashOf = (name: string, content: string | Buffer) => {
    writeFileSync(path.join(bundle, name), content);
    const result = bundleHash(bundle);
    rmSync(path.join(bundle, name));
    return result;
  };

  test('differs for binary files that no text can tell apart', () => {
    expect(hashOf('a.wasm', Buffer.from([0xff]))).not.toBe(hashOf('a.wasm', Buffer.from([0xfe])));
  });

  test('differs for the name of a file, and not for when it was written', () => {
    expect(hashOf('a.mjs', 'x')).not.toBe(hashOf('b.mjs', 'x'));
    expect(hashOf('a.mjs', 'x')).toBe(hashOf('a.mjs', 'x'));
  });
});
