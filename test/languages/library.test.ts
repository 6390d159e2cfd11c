import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Program, runApp } from './language';
import { libraryApp } from './library/library';

// It compiles and packs two libraries.
jest.setTimeout(1_800_000);

let app: Program;
beforeAll(() => {
  app = libraryApp();
});

test('a library extends a workspace and passes the boundary on, and apps in another language use it', () => {
  const { code, output, outdir } = runApp(app);
  expect(code === 0 ? '' : output).toBe('');
  expect(existsSync(path.join(outdir, 'manifest.json'))).toBe(true);
});

test("what the library declares is shown to the app's owner, and permits nothing", () => {
  const { code, output } = runApp(app, 'webhook');
  expect(code).not.toBe(0);
  expect(output).toContain("declared by acme-chat 1.2.0, not accepted: The host is in Acme's own data centre");
  expect(output).toContain('- host: members.acme.example');
});
