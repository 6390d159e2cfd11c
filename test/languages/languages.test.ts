import { existsSync } from 'node:fs';
import path from 'node:path';
import { blocksIn } from '../repo/blocks';
import { java } from './java/java';
import { type Program, runApp, withoutMetadata } from './language';
import { python, pythonProgram } from './python/python';
import { missingTool } from './tools';
import { typescript } from './typescript/typescript';

// Each language builds a package, installs it and starts its app twice, perhaps on a busy machine.
jest.setTimeout(1_800_000);

const template = (outdir: string) => withoutMetadata(path.join(outdir, 'Chat.template.json'));
const isDeployable = (outdir: string) => existsSync(path.join(outdir, 'manifest.json'));

let expected: unknown;
let resources = 0;
beforeAll(() => {
  const { outdir, output, code } = runApp(typescript());
  if (code !== 0) throw new Error(output);
  expected = template(outdir);
  resources = Object.keys((expected as { readonly Resources: object }).Resources).length;
});

test('the app in TypeScript has a workspace in it', () => expect(resources).toBeGreaterThan(100));

const APPS: [language: string, make: () => Program][] = [
  ['Python', python],
  ['Java', java],
];

describe.each(APPS.filter(([language]) => missingTool(language) === undefined))('%s', (_, make) => {
  let app: Program;
  beforeAll(() => {
    app = make();
  });

  test('an app synthesizes the same template as in TypeScript', () => {
    const { code, output, outdir } = runApp(app);
    expect(code === 0 ? '' : output).toBe('');
    expect(template(outdir)).toEqual(expected);
    expect(isDeployable(outdir)).toBe(true);
  });

  test('an app that leaks is refused by its check and by its guard, and nothing of it can be deployed', () => {
    const { code, output, outdir } = runApp(app, 'leak');
    expect(code).not.toBe(0);
    expect(output).toContain("the check refused it: ResidencyRefusal: 'Chat' isn't resident: 1 finding");
    expect(output).toContain('The cloud assembly is withheld');
    expect(output).toContain('/Properties/Replicas/0/Region: us-east-1');
    expect(isDeployable(outdir)).toBe(false);
  });
});

test.each(missingTool('Python') === undefined ? blocksIn('py') : [])('the app of $name runs', ({ code }) => {
  const { code: exit, output } = runApp(pythonProgram(code));
  expect(exit === 0 ? '' : output).toBe('');
  expect(output).not.toContain('withheld');
});
