import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { badges } from '@/scripts/images/badges';
import { REFUSED_REGION, recordRefusal } from '@/scripts/images/record-refusal';
import { refusal } from '@/scripts/images/refusal';

// The refusal starts the CDK CLI, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const IMAGES = readdirSync(path.join(ROOT, 'docs/images')).map((name) => `docs/images/${name}`);

test.each([...badges, refusal])('$file is current; after a change: npm run docs', ({ file, render }) => {
  expect(read(file)).toBe(render());
});

test('the recorded refusal names the Region, its country and the Regions to use', () => {
  const { output, exitCode, change } = recordRefusal();
  expect(change).toBe(`primary: ${REFUSED_REGION}`);
  expect(output[0]).toMatch(
    /^residency\.yaml:\d+:\d+: regions\.primary: found 'eu-west-2', .*London \(GB\).*eu-central-1/,
  );
  expect(exitCode).toBe(1);
});

test.each(IMAGES.filter((file) => file.endsWith('.svg')))(
  '%s loads nothing from another address, and has a title',
  (file) => {
    const image = read(file);
    const references = [...image.matchAll(/(?:href|src)=|@import|url\((?!#)|https?:[^"]*/g)].map(([found]) => found);
    expect(references).toEqual(['http://www.w3.org/2000/svg']);
    expect(image).toMatch(/<title>[^<]+<\/title>/);
  },
);

const imagesInReadme = [...read('README.md').matchAll(/!\[([^\]]+)\]\((docs\/images\/[^)]+)\)/g)].map(
  ([, text = '', file = '']): [string, string] => [file, text],
);

test('README shows every image once', () => {
  expect(imagesInReadme.map(([file]) => file).sort()).toEqual([...IMAGES].sort());
});

test.each(imagesInReadme.filter(([file]) => file.includes('badge')))(
  'README describes %s by its title: %s',
  (file, text) => {
    const [, title = ''] = /<title>(.+)<\/title>/.exec(read(file)) ?? [];
    expect(title.replace('&gt;', '>')).toBe(text);
  },
);
