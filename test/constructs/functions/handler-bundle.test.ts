import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { handlerBundle } from '@/lib/constructs/functions/handler-bundle';

const root = path.join(__dirname, '../../..');

test.each(['lib/constructs', 'dist/lib/constructs'])('each bundle is found from %s', (from) => {
  expect(handlerBundle('gateway', path.join(root, from))).toBe(path.join(root, 'dist/bundles/gateway'));
  expect(handlerBundle('hook', path.join(root, from))).toBe(path.join(root, 'dist/bundles/hook'));
});

test('a package that is not built names the command to run', () => {
  const unbuilt = mkdtempSync(path.join(tmpdir(), 'unbuilt-'));
  writeFileSync(path.join(unbuilt, 'package.json'), '{}');
  mkdirSync(path.join(unbuilt, 'lib'));
  expect(() => handlerBundle('gateway', path.join(unbuilt, 'lib'))).toThrow(
    `the handler of the gateway bundle isn't built: expected a bundle at '${unbuilt}/dist/bundles/gateway/index.mjs', got ` +
      `none; run 'npm run build' in '${unbuilt}'`,
  );
});

test('code bundled into an app gets the reason', () => {
  expect(() => handlerBundle('gateway', '/')).toThrow(
    "expected a 'package.json' above '/', got none; don't bundle this package into your app",
  );
});
