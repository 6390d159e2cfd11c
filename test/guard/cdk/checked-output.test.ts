import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { App, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { changedFiles, digestsOf } from '@/lib/guard/cdk/checked-output';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { table } from './bypasses';
import { freshFolder } from './fresh-folder';
import { guardedApp, manifests, refusal, silently } from './guarded-app';

const FRANKFURT = { region: 'eu-central-1', account: '111122223333' };
const SAID: string[] = [];

beforeEach(() => {
  SAID.length = 0;
  jest.spyOn(console, 'error').mockImplementation((line) => void SAID.push(String(line)));
});

afterEach(() => jest.restoreAllMocks());

/** Ends the process for the guards, and returns its exit code. */
function exit(): number {
  process.exitCode = 0;
  process.emit('exit', 0);
  const code = process.exitCode;
  process.exitCode = undefined;
  return code;
}

const edit = (file: string, from: string, to: string) =>
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
const template = (folder: string) => path.join(folder, 'Chat.template.json');
const only = (folder: string, end: string) =>
  path.join(folder, readdirSync(folder).find((name) => name.endsWith(end)) as string);

const withStage = (stack: Stack) =>
  table(new Stack(new Stage(stack.node.root, 'Prod'), 'Eu', { env: FRANKFURT }), 'eu-west-1');

/** An app that passes, and what is done to its output afterwards. */
const CHANGES: Readonly<
  Record<string, { fill?: (stack: Stack, app: App) => unknown; change: (outdir: string, app: App) => unknown }>
> = {
  'a template with another Region': { change: (outdir) => edit(template(outdir), 'eu-west-1', 'us-east-1') },
  'a template with one more character': { change: (outdir) => appendFileSync(template(outdir), '\n') },
  'a manifest with another Region': {
    change: (outdir) => edit(path.join(outdir, 'manifest.json'), '/eu-central-1', '/us-east-1'),
  },
  'a manifest that names another template': {
    change: (outdir) => edit(path.join(outdir, 'manifest.json'), 'Chat.template.json', 'Other.template.json'),
  },
  'a list of assets with another Region': {
    change: (outdir) => edit(path.join(outdir, 'Chat.assets.json'), 'eu-central-1', 'us-east-1'),
  },
  'another app in the same folder': {
    change: (outdir) => {
      const other = new App({ outdir });
      new Stack(other, 'Us', { env: { region: 'us-east-1' } });
      other.synth();
    },
  },
  'another app with the same stack in the same folder': {
    change: (outdir) => {
      const other = new App({ outdir });
      table(new Stack(other, 'Chat', { env: FRANKFURT }), 'us-east-1');
      other.synth();
    },
  },
  "a nested stack's template": {
    fill: (stack) => table(new NestedStack(stack, 'Nested'), 'eu-west-1'),
    change: (outdir) => edit(only(outdir, '.nested.template.json'), 'eu-west-1', 'us-east-1'),
  },
  "a Stage's template": {
    fill: withStage,
    change: (outdir) => edit(only(path.join(outdir, 'assembly-Prod'), '.template.json'), 'eu-west-1', 'us-east-1'),
  },
  "a Stage's manifest": {
    fill: withStage,
    change: (outdir) => edit(path.join(outdir, 'assembly-Prod', 'manifest.json'), '/eu-central-1', '/us-east-1'),
  },
  'a Stage that is synthesized again with a stack elsewhere': {
    fill: withStage,
    change: (_, app) => {
      const stage = app.node.findChild('Prod') as Stage;
      new Stack(stage, 'Us', { env: { region: 'us-east-1' } });
      stage.synth({ force: true });
    },
  },
};

test.each(Object.entries(CHANGES))('%s is withheld after the check', (_, { fill, change }) => {
  const outdir = freshFolder();
  const app = guardedApp((stack, root) => {
    table(stack, 'eu-west-1');
    fill?.(stack, root);
  }, outdir);
  app.synth();
  expect(manifests(outdir)).not.toEqual([]);
  change(outdir, app);
  SAID.length = 0;
  expect(exit()).toBe(1);
  expect(manifests(outdir)).toEqual([]);
  expect(SAID.join()).toMatch(/^Residency: .*changed after .*check/);
});

test('a template that a later validation plugin changes is refused by the synth', () => {
  const outdir = freshFolder();
  const app = guardedApp((stack, root) => {
    table(stack, 'eu-west-1');
    Validations.of(root).addPlugins({
      name: 'Later',
      validate: () => {
        edit(template(outdir), 'eu-west-1', 'us-east-1');
        return { success: true, violations: [] };
      },
    });
  }, outdir);
  expect(refusal(app)).toContain("'Chat.template.json' changed after the guard had checked it");
  expect(manifests(outdir)).toEqual([]);
});

test('a manifest that is put back after a refusal is withheld again', () => {
  const outdir = freshFolder();
  const app = guardedApp((stack) => table(stack, 'us-east-1'), outdir);
  silently(() => refusal(app));
  renameSync(path.join(outdir, 'manifest.json.withheld'), path.join(outdir, 'manifest.json'));
  expect(exit()).toBe(1);
  expect(manifests(outdir)).toEqual([]);
});

test('a Stage synthesized without its app says why it is withheld', () => {
  const outdir = freshFolder();
  guardedApp((stack) => {
    const stage = new Stage(stack.node.root, 'Prod');
    new Stack(stage, 'Eu', { env: FRANKFURT });
    stage.synth();
  }, outdir);
  expect(manifests(outdir)).not.toEqual([]);
  expect(exit()).toBe(1);
  expect(manifests(outdir)).toEqual([]);
  expect(SAID.join()).toContain('was written, but no synth of the whole app passed the guard');
  expect(SAID.join()).toContain('call synth() of the app');
});

test('the CDK gives no Stage of an app a folder elsewhere, and one that it refused spares no output', () => {
  const outdir = freshFolder();
  const app = guardedApp((stack) => {
    const props = { outdir: freshFolder() };
    expect(() => new Stage(stack.node.root, 'Prod', props)).toThrow('"outdir" cannot be specified for nested stages');
    const stage = new Stage(stack.node.root, 'Other');
    new Stack(stage, 'Us', { env: { region: 'us-east-1' } });
    stage.synth();
  }, outdir);
  expect(app.outdir).toBe(outdir);
  expect(exit()).toBe(1);
  expect(manifests(outdir)).toEqual([]);
});

/** What may happen to the output of an app that passed. */
const HARMLESS: Readonly<Record<string, (outdir: string, app: App) => unknown>> = {
  nothing: () => undefined,
  'a second synth': (_, app) => app.synth(),
  'a forced synth of an app with one more stack': (_, app) => {
    new Stack(app, 'More', { env: FRANKFURT });
    app.synth({ force: true });
  },
  'a note next to the templates': (outdir) => writeFileSync(path.join(outdir, 'README.txt'), 'us-east-1'),
  'a Stage that is synthesized again': (_, app) => (app.node.findChild('Prod') as Stage).synth({ force: true }),
  'an app with a folder of its own': () =>
    guardedApp((stack) => new CfnResource(stack, 'Q', { type: 'AWS::SQS::Queue' })).synth(),
  'a guarded app in the same folder that passes': (outdir) => {
    const other = new ResidencyApp({ outdir });
    new Stack(other, 'Other', { env: FRANKFURT });
    other.synth();
  },
};

test.each(Object.entries(HARMLESS))('after %s, the output stays', (_, change) => {
  const outdir = freshFolder();
  const app = guardedApp((stack) => withStage(stack), outdir);
  app.synth();
  change(outdir, app);
  expect(exit()).toBe(0);
  expect(manifests(outdir)).toContain('manifest.json');
});

test('what decides about a deployment are the JSON files of an assembly and those nested in it, without reports', () => {
  const outdir = freshFolder();
  const names = ['manifest.json', 'Chat.template.json', 'Chat.assets.json', 'tree.json.template.json', 'a-tree.json'];
  const nested = ['assembly-Prod/manifest.json', 'assembly-Prod/assembly-Inner/manifest.json'];
  const reports = ['tree.json', 'policy-validation-report.json', 'Chat.metadata.json', 'assembly-Prod/tree.json'];
  const others = ['notes.txt', 'json', 'asset.1/a.json', 'a-assembly-b/a.json'];
  for (const name of [...names, ...nested, ...reports, ...others]) {
    mkdirSync(path.dirname(path.join(outdir, name)), { recursive: true });
    writeFileSync(path.join(outdir, name), '{}');
  }
  const digests = digestsOf(outdir);
  expect([...digests.keys()].map((file) => path.relative(outdir, file)).sort()).toEqual([...names, ...nested].sort());
  expect(changedFiles(digests)).toEqual([]);
  writeFileSync(path.join(outdir, 'tree.json.template.json'), '{ }');
  rmSync(path.join(outdir, 'manifest.json'));
  expect(changedFiles(digests)).toEqual([path.join(outdir, 'tree.json.template.json')]);
  expect(digestsOf(path.join(outdir, 'none'))).toEqual(new Map());
});
