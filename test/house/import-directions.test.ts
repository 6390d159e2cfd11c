import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** A room, the rooms below it that it may import, and the packages that it may use besides Node's own modules. */
interface Room {
  readonly below: readonly string[];
  readonly packages?: readonly RegExp[];
}

const CDK = [/^aws-cdk-lib(\/|$)/, /^constructs(\/package\.json)?$/];
const PURE = ['boundary', 'facts'];

/** Longest prefix first: `guard/cdk` is a room of its own inside `guard`. */
const ROOMS: Record<string, Room> = {
  'lib/facts': { below: [] },
  'lib/boundary': { below: ['facts'] },
  'lib/guard/nag': { below: ['guard/cdk', 'guard', ...PURE], packages: [...CDK, /^cdk-nag(\/package\.json)?$/] },
  'lib/nag.ts': { below: ['guard/nag'] },
  'lib/guard/cdk': { below: ['guard', 'config', ...PURE], packages: CDK },
  'lib/guard': { below: PURE, packages: [/^yaml$/] },
  'lib/testing': { below: ['guard/cdk', 'guard', 'config', ...PURE], packages: CDK },
  'lib/perimeter': { below: PURE },
  'lib/config': { below: ['guard', ...PURE], packages: [/^yaml$/, /^zod$/] },
  'lib/report': { below: ['guard', 'config', 'perimeter', ...PURE] },
  'lib/runtime/gateway': {
    below: PURE,
    packages: [
      /^hono(\/|$)/,
      /^zod\/mini$/,
      /^@aws-sdk\//,
      /^@smithy\//,
      /^aws-lambda$/,
      /^cockatiel$/,
      /^eventsource-parser$/,
    ],
  },
  'lib/runtime/workspace/identity': {
    below: ['runtime/gateway', ...PURE],
    packages: [/^hono$/, /^jose$/, /^@aws-sdk\//],
  },
  'lib/runtime/workspace': {
    below: ['runtime/workspace/identity', 'runtime/gateway', ...PURE],
    packages: [/^hono(\/|$)/, /^zod\/mini$/, /^@aws-crypto\/client-node$/, /^@aws-sdk\//, /^@smithy\//, /^aws-lambda$/],
  },
  'lib/runtime/rights': {
    below: ['runtime/workspace/identity', 'runtime/workspace', 'runtime/provider', 'runtime/gateway', ...PURE],
    packages: [/^hono$/, /^zod\/mini$/, /^@aws-sdk\//],
  },
  // No content below these two: they are run where content can't be reached.
  'lib/runtime/records': {
    below: ['runtime/gateway', ...PURE],
    packages: [/^hono$/, /^@aws-sdk\/client-cloudwatch-logs$/],
  },
  'lib/runtime/members': {
    below: ['runtime/records', 'runtime/workspace/identity', 'runtime/gateway', ...PURE],
    packages: [/^hono$/, /^zod\/mini$/, /^@aws-sdk\/client-(cognito-identity-provider|dynamodb)$/],
  },
  'lib/runtime/recovery': {
    below: ['runtime/rights', 'runtime/workspace', 'runtime/gateway', 'runtime/provider', ...PURE],
    packages: [/^@aws-sdk\//, /^zod\/mini$/],
  },
  'lib/runtime/upkeep': { below: ['runtime/recovery', 'runtime/rights', ...PURE] },
  'lib/runtime/local': {
    below: [
      'runtime/members',
      'runtime/records',
      'runtime/rights',
      'runtime/workspace/identity',
      'runtime/workspace',
      'runtime/gateway',
      'config',
      ...PURE,
    ],
    packages: [/^hono$/, /^jose$/, /^@aws-sdk\//, /^node-sqlite3-wasm$/],
  },
  'lib/runtime/provider': { below: PURE, packages: [/^@aws-sdk\//, /^@smithy\//] },
  'lib/runtime/key-sets': { below: ['runtime/provider', ...PURE], packages: [/^@aws-sdk\/client-dynamodb$/] },
  'lib/runtime/hook': { below: ['guard', ...PURE] },
  'lib/constructs': { below: ['guard/cdk', 'guard', 'perimeter', 'config', ...PURE], packages: CDK },
  'lib/stacks': { below: ['constructs', 'guard/cdk', 'guard', 'perimeter', 'config', ...PURE], packages: CDK },
  'lib/app': { below: ['stacks', 'guard/cdk', 'guard', 'report', 'config', ...PURE], packages: CDK },
  'lib/index.ts': { below: ['app', 'stacks', 'constructs', 'guard/cdk', 'guard', 'config', ...PURE], packages: CDK },
  'bin/app.ts': { below: ['app'], packages: [...CDK, /^cdk-nag$/] },
  'bin/eu-residency.ts': { below: ['../bin/command', 'config'] },
  'bin/command': {
    below: [
      'guard',
      'config',
      'report',
      'runtime/local',
      'runtime/gateway',
      'runtime/recovery',
      '../bin/command/deployed-table.ts',
      '../bin/command/deployed-stack.ts',
      '../bin/command/run-function.ts',
      '../bin/command/aws',
      ...PURE,
    ],
    packages: [/^tinyglobby$/],
  },
  'bin/command/aws': {
    below: ['../bin/command', 'runtime/provider', 'runtime/gateway', 'report', 'config', ...PURE],
    packages: [/^@aws-sdk\/client-/],
  },
  'bin/command/deployed-table.ts': {
    below: ['../bin/command/deployed-stack.ts', '../bin/command', 'runtime/gateway'],
    packages: [/^@aws-sdk\/client-dynamodb$/],
  },
  'bin/command/deployed-stack.ts': { below: [], packages: [/^@aws-sdk\/client-(cloudformation|sts)$/] },
  'bin/command/run-function.ts': {
    below: ['../bin/command/deployed-stack.ts', '../bin/command'],
    packages: [/^@aws-sdk\/client-lambda$/],
  },
};

const sources = ['lib', 'bin'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file)),
);

const roomOf = (file: string) =>
  Object.keys(ROOMS)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(path.join(ROOT, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .matchAll(/(?:from|import|require\(|import\()\s*'([^']+)'/g),
  ].map((m) => m[1] as string);

const resolve = (file: string, specifier: string) =>
  path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));

test.each(sources)('%s belongs to a room', (file) => {
  expect(roomOf(file)).toBeDefined();
});

test.each(sources)('%s imports only from its own room and those below', (file) => {
  const name = roomOf(file) as string;
  const room = ROOMS[name] as Room;
  const allowed = [name, ...room.below.map((below) => path.posix.join('lib', below))];
  const strays = importsOf(file).filter((specifier) => {
    if (specifier.startsWith('.'))
      return !allowed.includes(roomOf(`${resolve(file, specifier)}.ts`) ?? roomOf(resolve(file, specifier)) ?? '');
    if (specifier.startsWith('node:') || builtinModules.includes(specifier))
      return name === 'lib/facts' || name === 'lib/boundary';
    return !(room.packages ?? []).some((pattern) => pattern.test(specifier));
  });
  expect(strays).toEqual([]);
});

/** Every package that a file needs, directly or through the files it imports. */
function packagesOf(entry: string): string[] {
  const seen = new Set<string>();
  const visit = (file: string): string[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    return importsOf(file).flatMap((specifier) => {
      if (!specifier.startsWith('.')) return [specifier];
      const target = resolve(file, specifier);
      const found = [`${target}.ts`, `${target}/index.ts`].find((candidate) => sources.includes(candidate));
      return found ? visit(found) : [];
    });
  };
  return [...new Set(visit(entry))].filter((specifier) => !specifier.startsWith('node:')).sort();
}

test('the command reaches neither aws-cdk-lib nor cdk-nag', () => {
  expect(
    packagesOf('bin/eu-residency.ts').filter((name) => /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(name)),
  ).toEqual([]);
});

test('only the pack needs cdk-nag', () => {
  expect(packagesOf('lib/index.ts')).not.toContain('cdk-nag');
  expect(packagesOf('lib/nag.ts')).toContain('cdk-nag');
});
