import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { HANDLERS } from '@/lib/contract/handlers';

const RUNTIME = path.join(__dirname, '../../lib/runtime');

test('the handlers are the folders of lib/runtime that have an entry point for Lambda', () => {
  const folders = readdirSync(RUNTIME).filter((name) => existsSync(path.join(RUNTIME, name, 'lambda.ts')));
  expect(folders.sort()).toEqual([...HANDLERS].sort());
});
