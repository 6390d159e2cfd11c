import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');

test('each entry first requires the versions in package.json', () => {
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
  const required = ['lib/guard/cdk/peers.ts', 'lib/guard/nag/peers.ts'].flatMap((file) =>
    [...read(file).matchAll(/requirePeer\('(.+?)', '(.+?)', \(\) => require\('(.+?)\/package\.json'\)\)/g)].map(
      ([, name, lowest, read]) => [name === read && name, `^${lowest}`],
    ),
  );
  expect(Object.fromEntries(required)).toEqual(JSON.parse(read('package.json')).peerDependencies);
  for (const entry of ['lib/index.ts', 'lib/nag.ts', 'lib/testing/index.ts']) {
    expect(/^(?:import|export) .*$/m.exec(read(entry))?.[0]).toMatch(/^import '\.\.?\/guard\/(?:cdk|nag)\/peers';$/);
  }
});
