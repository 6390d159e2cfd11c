import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { lowestPackage } from '@/scripts/release/tested-range';
import { FreshApp } from './fresh-app';
import { GUARD, guardedBy, guardPage, stackWith, UNGUARDED } from './guarded-app';
import { pack } from './pack';
import { blockOf, commandsOf, type Section } from './page-blocks';

// Each test installs packages and starts the CLI, perhaps on a busy machine.
jest.setTimeout(300_000);

const MAIN = 'bin/chat.ts';
const STACK = 'lib/chat-stack.ts';
const ENFORCED = guardedBy(GUARD);
const BASELINE = guardPage('Existing findings');
const WITH_BASELINE = guardedBy(BASELINE);
const EXCEPTIONS = guardPage('Exceptions');
const WITH_EXCEPTIONS = guardedBy(EXCEPTIONS);
const AS_PACK = guardedBy(guardPage('cdk-nag'));
const WHOLE_APPS: Section[] = ['A workspace in your own stack', 'Only the stores'].map((heading) => ({
  page: 'docs/CONSTRUCTS.md',
  heading,
}));

/** The package acknowledges AwsSolutions rules on its own constructs; this must not suppress them on a user's constructs. */
const ACKNOWLEDGED_ONCE = `import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const stack = new Stack(app, 'Leak', { env: { region: 'eu-central-1' } });
const first = new Bucket(stack, 'First');
new Bucket(stack, 'Second');
for (const rule of ['S1', 'S10']) {
  Validations.of(first).acknowledge({ id: \`AwsSolutions::AwsSolutions-\${rule}\`, reason: 'a test' });
}
`;

/** A stack with the finding that the page's exception permits: a distribution for public assets. */
const WEBSITE = `
import { Stack } from 'aws-cdk-lib';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';

const website = new Stack(app, 'Website', { env: { region: 'eu-central-1' } });
const assets = new CfnBucket(website, 'Assets');
new CfnDistribution(website, 'Distribution', {
  distributionConfig: {
    enabled: true,
    origins: [{ id: 'assets', domainName: assets.attrRegionalDomainName, s3OriginConfig: {} }],
    defaultCacheBehavior: { targetOriginId: 'assets', viewerProtocolPolicy: 'https-only' },
  },
});
`;

/** A file that uses something from each entry and from the types that their declarations refer to. */
const TYPED = `import { App, Stack } from 'aws-cdk-lib';
import { ConversationStore, ResidencyBoundary, ResidencyGuard, RetentionPeriod, type WorkspaceProps } from 'cdk-eu-residency';
import { expectResident, templateSerializer } from 'cdk-eu-residency/testing';

const app = new App();
const boundary = ResidencyBoundary.eu();
ResidencyGuard.enforce(app, { boundary });
const stack = new Stack(app, 'Stores', { env: { region: 'eu-central-1' } });
new ConversationStore(stack, 'Conversations', { boundary, retention: RetentionPeriod.days(30) });
expectResident(stack);
export const both: [typeof templateSerializer, WorkspaceProps?] = [templateSerializer];
`;

let app: FreshApp;
beforeAll(() => {
  const tarball = pack();
  app = FreshApp.make();
  app.install(tarball);
  process.stdout.write(`packed: ${(statSync(tarball).size / 1e6).toFixed(2)} MB\n`);
});
afterAll(() => process.stdout.write(`${app.times.join('\n')}\n`));

/** Replaces the main file and the stack of the app. */
function setApp(main: string, ...replicas: string[]): void {
  app.write(MAIN, main);
  app.write(STACK, stackWith(...replicas));
}

function expectSynthesized(...args: string[]): string {
  const { code, output, deployable } = app.synth(...args);
  expect({ code, deployable, ...(code !== 0 && { output }) }).toEqual({ code: 0, deployable: true });
  return output;
}

/** @param leavesAssembly whether an assembly remains: a validation plugin alone can't prevent one */
function expectRefused(reason: string, leavesAssembly = false): void {
  const { code, output, deployable } = app.synth();
  expect(output).toContain(reason);
  expect({ code, deployable }).toEqual({ code: 1, deployable: leavesAssembly });
}

/** The behaviour of a guarded app, however the guard was added. */
function expectGuarded(main: string): void {
  setApp(main, 'eu-west-1');
  expectSynthesized();
  setApp(main, 'us-east-1');
  expectRefused('us-east-1', main === AS_PACK);
}

/** Synthesizes a complete app of a page as the main file. */
function expectSynthesizedApp(section: Section | undefined): string {
  app.write(MAIN, blockOf(section as Section, 'ts'));
  return expectSynthesized();
}

describe('the newest aws-cdk-lib, without cdk-nag', () => {
  beforeAll(() => {
    app.install('aws-cdk-lib@latest', 'constructs@latest');
    process.stdout.write(`newest: aws-cdk-lib ${app.versionOf('aws-cdk-lib')}\n`);
    expect(app.has('node_modules/cdk-nag')).toBe(false);
  });

  test("README's block guards an existing app", () => expectGuarded(ENFORCED));

  test('a stack without a Region is refused with the fix', () => {
    setApp(ENFORCED.replace(/\{ env: .* \}\);/, '{});'));
    expectRefused("Set 'env.region' of the stack to a Region inside");
  });

  test('existing findings pass with a baseline, and new ones are refused', () => {
    setApp(UNGUARDED, 'us-east-1');
    for (const command of commandsOf(blockOf(BASELINE, 'sh'))) app.command(command);
    setApp(WITH_BASELINE, 'us-east-1');
    expect(expectSynthesized()).toContain('of the baseline');
    setApp(WITH_BASELINE, 'us-east-1', 'us-west-2');
    expectRefused('us-west-2');
  });

  test('a declared exception passes, and every other finding is refused', () => {
    const inAYear = `${new Date().getUTCFullYear() + 1}-01-01`;
    app.write('residency-exceptions.yaml', blockOf(EXCEPTIONS, 'yaml').replace(/(?<=expires: ).*/, inAYear));
    setApp(`${WITH_EXCEPTIONS}${WEBSITE}`, 'eu-west-1');
    expectSynthesized();
    setApp(`${WITH_EXCEPTIONS}${WEBSITE}`, 'us-east-1');
    expectRefused('us-east-1');
    setApp(`${ENFORCED}${WEBSITE}`, 'eu-west-1');
    expectRefused('edge-type');
  });

  test('a unit test fails if there are findings', () => {
    const block = blockOf(guardPage('Unit tests'), 'ts');
    app.write(
      'test/chat.test.ts',
      `import { App } from 'aws-cdk-lib';\nimport { ChatStack } from '../lib/chat-stack';\n${block}\n` +
        "const stack = new ChatStack(new App(), 'Chat', { env: { region: 'eu-central-1' } });\n",
    );
    setApp(UNGUARDED, 'eu-west-1');
    expect(app.command('npm test')).toContain('1 passed');
    setApp(UNGUARDED, 'us-east-1');
    expect(() => app.command('npm test')).toThrow(/1 failed/);
    rmSync(path.join(app.folder, 'test/chat.test.ts'));
  });

  test('the CI command checks the folder to deploy', () => {
    const [command = ''] = commandsOf(blockOf(guardPage('CI'), 'sh'));
    setApp(UNGUARDED, 'eu-west-1');
    expectSynthesized();
    expect(app.command(command)).toContain(': 0 findings');
    setApp(UNGUARDED, 'us-east-1');
    expectSynthesized();
    expect(() => app.command(command)).toThrow('us-east-1');
  });

  test("a workspace in the user's own stack has its own VPC and API", () => {
    expectSynthesizedApp(WHOLE_APPS[0]);
    const template = JSON.parse(app.read('cdk.out/Chat.template.json'));
    const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === 'AWS::EC2::VPC')).toHaveLength(1);
    expect(types).toContain('AWS::ApiGateway::RestApi');
  });

  // biome-ignore format: one row per line
  test.each([
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
    ['commonjs', 'bundler'],
  ])('the declarations compile with module %s and resolution %s, in strict mode and with library checks', (module, resolution) => {
    app.write('typed.ts', TYPED);
    const strict = '--noEmit --ignoreConfig --strict --noUncheckedIndexedAccess --skipLibCheck false --target es2022 --types node';
    app.command(`npx tsc ${strict} --module ${module} --moduleResolution ${resolution} typed.ts`);
    rmSync(path.join(app.folder, 'typed.ts'));
  });

  test('an ES module imports the package by name', () => {
    app.write('esm.mjs', "import { ResidencyBoundary as B } from 'cdk-eu-residency';\nconsole.log(B.eu().label);\n");
    expect(app.command('node esm.mjs')).toContain('the EU');
    rmSync(path.join(app.folder, 'esm.mjs'));
  });

  test('an aws-cdk-lib that is too old raises an error with the version to install', () => {
    // As installed by a package manager that only warns about it.
    const manifest = 'node_modules/aws-cdk-lib/package.json';
    const text = app.read(manifest);
    app.write(manifest, text.replace(/"version": ".*"/, '"version": "2.270.0"'));
    for (const entry of ['', '/nag', '/testing']) {
      expect(() => app.command(`node -p require('cdk-eu-residency${entry}')`)).toThrow(
        'cdk-eu-residency needs aws-cdk-lib 2.271.0 or newer, found 2.270.0; npm install aws-cdk-lib@^2.271.0',
      );
    }
    app.write(manifest, text);
    expect(() => app.command("node -p require('cdk-eu-residency/nag')")).toThrow(
      "needs cdk-nag 3.0.2 or newer, but it isn't installed",
    );
  });

  test("the package doesn't need esbuild, because it contains the bundled handlers", () => {
    app.command('npx tsc --noEmit false --outDir build');
    for (const folder of ['node_modules/esbuild', 'node_modules/@esbuild', 'cdk.out']) {
      rmSync(path.join(app.folder, folder), { recursive: true });
    }
    expectSynthesized('--app', 'node build/bin/chat.js');
    app.install('esbuild');
  });

  test('the stores work without a workspace', () => {
    expectSynthesizedApp(WHOLE_APPS[1]);
    const types = Object.values<{ Type: string }>(JSON.parse(app.read('cdk.out/Stores.template.json')).Resources);
    expect(types.map(({ Type }) => Type)).toEqual(
      expect.arrayContaining(['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket']),
    );
  });
});

test('the newest aws-cdk-lib, with cdk-nag: the pack guards an existing app', () => {
  app.install('cdk-nag');
  expectGuarded(AS_PACK);
});

describe('the lowest supported aws-cdk-lib', () => {
  beforeAll(() => {
    // If a newer version and its lock file exist, npm omits some dependencies of an older aws-cdk-lib.
    for (const known of ['node_modules/aws-cdk-lib', 'node_modules/.package-lock.json', 'package-lock.json']) {
      rmSync(path.join(app.folder, known), { recursive: true });
    }
    app.install(...['aws-cdk-lib', 'constructs', 'cdk-nag'].map(lowestPackage));
    expect(`aws-cdk-lib@${app.versionOf('aws-cdk-lib')}`).toBe(lowestPackage('aws-cdk-lib'));
  });

  test('with cdk-nag, the pack guards an existing app', () => expectGuarded(AS_PACK));

  test("an acknowledgement on one construct doesn't suppress the rule on others; one release earlier, it did in the whole app", () => {
    app.write(MAIN, ACKNOWLEDGED_ONCE);
    const { code, output } = app.synth();
    expect(code).toBe(1);
    expect(output).toContain('AwsSolutions-S10');
    expect(output).toContain('Leak/Second');
    expect(output).not.toContain('Leak/First');
  });

  test('without cdk-nag, an existing app is guarded', () => {
    app.command('npm uninstall --no-audit --no-fund cdk-nag');
    expect(app.has('node_modules/cdk-nag')).toBe(false);
    expectGuarded(ENFORCED);
  });

  test.each(WHOLE_APPS)('$heading', (section) => {
    expectSynthesizedApp(section);
  });
});
