import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { handlerBundle } from '@/lib/constructs/functions/handler-bundle';

const root = path.join(__dirname, '../../..');

test.each(['lib/constructs', 'dist/lib/constructs'])('each bundle is found from %s', (from) => {
  expect(handlerBundle('gateway', path.join(root, from))).toBe(path.join(root, 'dist/bundles/gateway'));
  expect(handlerBundle('hook', path.join(root, from))).toBe(path.join(root, 'dist/bundles/hook'));
});

test('a package that was not built says what to run', () => {
  const unbuilt = mkdtempSync(path.join(tmpdir(), 'unbuilt-'));
  writeFileSync(path.join(unbuilt, 'package.json'), '{}');
  mkdirSync(path.join(unbuilt, 'lib'));
  expect(() => handlerBundle('gateway', path.join(unbuilt, 'lib'))).toThrow(
    `the gateway's handler isn't built: its bundle was expected at '${unbuilt}/dist/bundles/gateway/index.mjs', found ` +
      `none; run 'npm run build' in '${unbuilt}'`,
  );
});

test('code that was bundled into an app says why it finds nothing', () => {
  expect(() => handlerBundle('gateway', '/')).toThrow(
    "no 'package.json' above '/'; don't bundle this package into your app",
  );
});
