import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BUNDLE_KIB, bundleKib } from '../package/budget';

const ROOT = path.join(__dirname, '../..');
const RUNTIME = path.join(ROOT, 'lib/runtime');
const HANDLERS = readdirSync(RUNTIME).filter((name) => existsSync(path.join(RUNTIME, name, 'lambda.ts')));

/** The files in a bundle, as esbuild reports them. */
const inputsOf = (name: string): string[] =>
  Object.keys(JSON.parse(readFileSync(path.join(ROOT, `dist/meta/${name}.json`), 'utf8')).inputs).map((file) =>
    path.relative(ROOT, path.resolve(ROOT, file)),
  );

test('lib/runtime contains handlers', () => {
  expect(HANDLERS).toContain('gateway');
});

test.each(HANDLERS)(
  "the bundle of %s contains its handler, and no code that only runs on a developer's machine",
  (name) => {
    const inputs = inputsOf(name);
    expect(inputs).toContain(`lib/runtime/${name}/lambda.ts`);
    expect(inputs.filter((file) => file.startsWith('lib/local/') || /sqlite/.test(file))).toEqual([]);
  },
);

test('every bundle has a limit', () => expect(Object.keys(BUNDLE_KIB).sort()).toEqual([...HANDLERS].sort()));

test.each(Object.entries(BUNDLE_KIB))(
  'the bundle of %s is at most %i KiB, with all files of its folder',
  (name, most) => {
    const size = bundleKib(name);
    process.stdout.write(`bundle of ${name}: ${size.toFixed(0)} KiB\n`);
    expect(size).toBeLessThanOrEqual(most);
  },
);
