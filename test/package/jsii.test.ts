import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack } from './pack';
import { run } from './run';

interface Callable {
  readonly parameters?: readonly { readonly name: string }[];
}

interface Type {
  readonly kind: string;
  readonly fqn: string;
  readonly symbolId: string;
  readonly name: string;
  readonly initializer?: Callable;
  readonly methods?: readonly Callable[];
}

let folder: string;
let types: readonly Type[];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'described-'));
  run(folder, 'tar', '-xzf', pack(), '--strip-components', '1');
  types = Object.values(JSON.parse(readFileSync(path.join(folder, '.jsii'), 'utf8')).types);
});

test('the package describes its public API to other languages', () => {
  expect(types.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['ResidencyGuard', 'Workspace', 'WorkspaceProps']),
  );
  const { exports, jsii } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  expect(exports['./.jsii']).toBe('./.jsii');
  expect(Object.keys(jsii.targets)).toEqual(['python', 'java', 'dotnet', 'go']);
});

test('each class in the build is named after its type', () => {
  const classes = types.filter(({ kind }) => kind === 'class');
  expect(classes.length).toBeGreaterThan(40);
  const unnamed = classes.filter(({ fqn, name, symbolId }) => {
    const code = readFileSync(path.join(folder, 'dist', `${symbolId.split(':')[0]}.js`), 'utf8');
    return !code.includes(`exports.${name}, Symbol.for('jsii.rtti'), { value: {"fqn":"${fqn}"`);
  });
  expect(unnamed).toEqual([]);
});

test('each parameter has a name, from which every language makes its own', () => {
  const parameters = types.flatMap(({ name, initializer, methods = [] }) =>
    [...(initializer === undefined ? [] : [initializer]), ...methods].flatMap((callable) =>
      (callable.parameters ?? []).map((parameter) => `${name}: ${parameter.name}`),
    ),
  );
  expect(parameters.filter((parameter) => !/: [a-z][A-Za-z]+$/.test(parameter))).toEqual([]);
});
