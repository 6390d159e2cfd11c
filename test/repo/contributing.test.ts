import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { COMMANDS } from '@/lib/cli/commands/commands';
import { residencySchema } from '@/lib/config/schema/schema';
import { RULES } from '@/lib/guard/rules';
import { mutationScores } from '@/scripts/pages/mutation-scores';
import { BUNDLE_KIB } from '@/test/package/budget';
import { EQUIVALENTS } from '@/test/stryker/equivalents';
import { STRYKER_MODULES } from '@/test/stryker/modules';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const PAGE = read('CONTRIBUTING.md');
const quoted = [...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text ?? '');
const { scripts } = JSON.parse(read('package.json'));

/** The files below a folder, by their paths from the root. */
const filesIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.posix.join(folder, file),
  );

/** The steps of a guide, by its heading. */
function stepsOf(heading: string): string {
  const [, steps = ''] = new RegExp(`^## ${heading}\\n(.*?)(?=^## |\\Z)`, 'ms').exec(`${PAGE}\n## `) ?? [];
  expect(steps).toMatch(/^1\. /m);
  return steps;
}

const BUNDLES = Object.keys(BUNDLE_KIB);
const COMMAND_NAMES = [...COMMANDS.keys()];
/** The files that a placeholder of a step stands for: those of every entry that exists. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  '<rule>': RULES.map(({ id }) => id),
  '<command>': COMMAND_NAMES,
  '<bundle>': BUNDLES,
};

test('each file and folder in the steps of CONTRIBUTING exists, for every rule, command and bundle', () => {
  const named = quoted
    .filter((text) => /^(?:lib|test|docs|scripts|\.ci)\//.test(text))
    .filter((text) => !text.includes('<construct>'));
  expect(named.length).toBeGreaterThan(35);
  const missing = named.flatMap((text) => {
    const [placeholder = ''] = /<\w+>/.exec(text) ?? [];
    const files = (ENTRIES[placeholder] ?? ['']).map((entry) => text.replace(placeholder, entry));
    return files.filter((file) => !existsSync(path.join(ROOT, file)));
  });
  expect(missing).toEqual([]);
});

test('each npm script in the steps of CONTRIBUTING exists', () => {
  const run = [...PAGE.matchAll(/npm (?:run )?([\w:-]+)/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => !['ci', 'install'].includes(name));
  expect(run.length).toBeGreaterThan(8);
  expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('every rule has the parts that CONTRIBUTING lists', () => {
  const [, list = ''] = /one object with ([^.]+)\./.exec(PAGE) ?? [];
  const parts = [...list.matchAll(/`(\w+)`/g)].map(([, part]) => part as keyof (typeof RULES)[number]);
  expect(parts).toHaveLength(7);
  for (const rule of RULES) expect(Object.keys(rule)).toEqual(expect.arrayContaining(parts));
});

test('every top-level key of residency.yaml was added by the steps for a key', () => {
  expect(stepsOf('Add a key of `residency.yaml`')).toContain('`lib/config/schema`');
  const schemas = filesIn('lib/config/schema').map(read).join('\n');
  const docs = read('docs/CONFIG.md');
  const json = JSON.parse(read('residency.schema.json')).properties;
  for (const key of Object.keys(residencySchema.shape)) {
    expect(schemas).toMatch(new RegExp(`\\b${key}\\b`));
    expect(docs).toContain(`\`${key}`);
    expect(json).toHaveProperty([key]);
  }
});

test('every public construct was added by the steps for a construct', () => {
  expect(stepsOf('Add a construct')).toContain('`lib/constructs/<construct>.ts`');
  const exported = [...read('lib/index.ts').matchAll(/export \{([^}]+)\} from '\.\/constructs\/([\w-]+\/[\w-]+)'/g)];
  expect(exported.length).toBeGreaterThan(15);
  const api = read('docs/api/main.api.md');
  for (const [, list = '', file = ''] of exported) {
    const code = read(`lib/constructs/${file}.ts`);
    for (const name of list.split(',').map((part) => part.replace('type', '').trim())) {
      if (name === '') continue;
      expect(code).toMatch(new RegExp(`^export (?:abstract )?(?:class|interface|enum) ${name}\\b`, 'm'));
      const isInApi = new RegExp(`^export (?:abstract )?(?:class|interface|enum) ${name}\\b`, 'm').test(api);
      expect([name, isInApi ? '' : 'is missing from docs/api: run npm run api']).toEqual([name, '']);
    }
  }
  // Helpers without promises of their own are tested through the constructs that use them.
  expect(filesIn('test/constructs').filter((file) => file.endsWith('.test.ts')).length).toBeGreaterThan(30);
});

test('every command was added by the steps for a command', () => {
  expect(stepsOf('Add a command')).toContain('`lib/cli/commands/<command>.ts`');
  const page = read('docs/COMMAND.md');
  const tests = filesIn('test/cli').filter((file) => file.endsWith('.test.ts'));
  const tested = tests.map(read).join('\n');
  for (const [name, { help }] of COMMANDS) {
    expect(help.examples.length).toBeGreaterThan(0);
    expect(page).toContain(`eu-residency ${name}`);
    const hasOwnTest = tests.includes(`test/cli/commands/${name}.test.ts`);
    expect([name, hasOwnTest || tested.includes(`'${name}'`)]).toEqual([name, true]);
  }
});

test('every bundle was added by the steps for a bundle', () => {
  expect(stepsOf('Add a bundle')).toContain('`lib/runtime/<bundle>/lambda.ts`');
  const handlers = read('lib/contract/handlers.ts');
  const modules = read('scripts/modules/modules.ts');
  for (const bundle of BUNDLES) {
    expect(handlers).toContain(`'${bundle}'`);
    expect(modules).toContain(`'lib/runtime/${bundle}'`);
    expect(filesIn(`test/runtime/${bundle}`).length).toBeGreaterThan(0);
  }
});

test('the file that CONTRIBUTING names for the key of a destination contains those keys', () => {
  const [, file = ''] = /`([^`]+)`: its key under `models\[\]\.destinations\[\]`/.exec(PAGE) ?? [];
  const text = read(file);
  for (const key of ['bedrock', 'openai', 'server']) expect(text).toMatch(new RegExp(`^ +${key}: `, 'm'));
});

test('the table of mutation scores has the figures of the last runs', () => expect(mutationScores.render()).toBe(PAGE));

test('the parts of each module that is measured are all of its files, and each glob has tests', () => {
  for (const { code, parts } of STRYKER_MODULES) {
    const mutated = parts.flatMap(({ files }) =>
      files.flatMap((glob) => globSync(glob, { cwd: path.join(ROOT, code) })),
    );
    expect(mutated.sort()).toEqual(globSync('**/*.ts', { cwd: path.join(ROOT, code) }).sort());
    for (const glob of parts.flatMap(({ tests }) => tests))
      expect([glob, globSync(glob, { cwd: ROOT }).length]).not.toEqual([glob, 0]);
  }
});

test('each mutant that is listed as equivalent changes code that is there', () => {
  for (const { file, line, code } of EQUIVALENTS) {
    const text = read(file);
    expect([file, code, text.includes(line) && text.includes(code)]).toEqual([file, code, true]);
  }
});
