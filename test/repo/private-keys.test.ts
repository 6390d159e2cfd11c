import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** A private key in PEM, or the private part of a JWK of any curve. */
const PRIVATE_KEY = /BEGIN [A-Z ]*PRIVATE KEY|"d"\s*:\s*"[\w-]{43,}"/;

test('no file of the repository contains a private key', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  expect(files.length).toBeGreaterThan(500);
  const found = files.filter((file) => PRIVATE_KEY.test(readFileSync(path.join(ROOT, file), 'latin1')));
  expect(found).toEqual([]);
});

const BEGIN = 'BEGIN';
test.each([`-----${BEGIN} PRIVATE KEY-----`, `-----${BEGIN} EC PRIVATE KEY-----`, `{"d": "${'A'.repeat(43)}"}`])(
  'one would be found: %s',
  (text) => expect(text).toMatch(PRIVATE_KEY),
);
