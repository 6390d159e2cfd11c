import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { App, CfnElement, CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { copyLines, noteCopy } from '@/lib/guard/cdk/copies';
import {
  LibraryDeclarations,
  type LibraryDeclarationsProps,
  type ProposedPlace,
} from '@/lib/guard/cdk/library-declarations';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { freshFolder } from './fresh-folder';
import { guardedApp, refusal, silently } from './guarded-app';

const FRANKFURT = { env: { region: 'eu-central-1' } };
const LONDON = { env: { region: 'eu-west-2' } };

/** A construct of a library: a table with a replica outside the EU, and a subscription of a host that no fact knows. */
class Replicated extends Construct {
  public constructor(scope: Construct, id: string, props?: LibraryDeclarationsProps) {
    super(scope, id);
    new CfnGlobalTable(this, 'Table', {
      keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
      attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
      replicas: [{ region: 'eu-central-1' }, { region: 'us-east-1' }],
    });
    new CfnSubscription(this, 'Subscription', {
      topicArn: 'arn:aws:sns:eu-central-1:111122223333:alerts',
      protocol: 'https',
      endpoint: 'https://hooks.example.com/in',
    });
    if (props !== undefined) LibraryDeclarations.propose(this, props);
  }
}

/** An element with a resource that isn't a construct, like a template that is included as a whole. */
class Included extends CfnElement {
  public _toCloudFormation(): object {
    return {
      Resources: {
        Leak: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1' }] } },
      },
    };
  }
}

const GUARDS = Symbol.for('cdk-eu-residency.guards');

/** The guard of another copy of the package in the process. */
function otherCopy(): typeof ResidencyGuard {
  let other = ResidencyGuard;
  jest.isolateModules(() => {
    jest.doMock('aws-cdk-lib', () => cdk);
    other = require('@/lib/guard/cdk/residency-guard').ResidencyGuard;
  });
  return other;
}

const PROPOSAL: LibraryDeclarationsProps = {
  library: 'acme-tables 1.2.0',
  exceptions: [
    { rule: 'place-outside', type: 'AWS::DynamoDB::GlobalTable', reason: 'The table holds public prices only' },
  ],
  places: [{ host: 'hooks.example.com', country: 'DE', reason: 'Contract of 2026-03-01' }],
};

describe('declarations of a library', () => {
  const refused = () => refusal(guardedApp((stack) => new Replicated(stack, 'Prices', PROPOSAL)));

  test('permit nothing, and are shown with what the owner may paste', () => {
    const message = silently(refused);
    expect(message).toContain('declared by acme-tables 1.2.0, not accepted: The table holds public prices only');
    expect(message).toMatch(/paste below 'exceptions:':\n +- rule: place-outside\n +stack: Chat\n/);
    expect(message).toContain('reason: "declared by acme-tables 1.2.0: The table holds public prices only"');
    expect(message).toMatch(
      /paste below 'places:':\n +- host: hooks\.example\.com\n +country: DE\n +reason: "declared by acme-tables 1\.2\.0: Contract of 2026-03-01"/,
    );
  });

  test('permit it once the owner has pasted them', () => {
    const pasted = (heading: string) => {
      const [, lines = ''] = new RegExp(`paste below '${heading}:':\\n((?: {6}.*\\n?)+)`).exec(silently(refused)) ?? [];
      return `${heading}:\n${lines}`;
    };
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'accepted-')), 'residency-exceptions.yaml');
    writeFileSync(file, `${pasted('exceptions')}\n${pasted('places')}`);
    const app = new App();
    const guard = ResidencyGuard.enforce(app, { declarations: ResidencyDeclarations.fromFile(file) });
    new Replicated(new Stack(app, 'Chat', FRANKFURT), 'Prices');
    silently(() => app.synth());
    expect(guard.summary).toBe('2 resources checked, 0 findings, 1 exception used');
  });

  const proposing = (places: LibraryDeclarationsProps['places']) =>
    silently(() =>
      refusal(guardedApp((stack) => new Replicated(stack, 'Prices', { library: 'acme-tables 1.2.0', places }))),
    );

  test('name the one host of the finding, and leave the exception as the alternative', () => {
    const message = proposing([{ host: '**.example.com', country: 'DE', reason: 'Contract' }]);
    expect(message).toMatch(
      /to permit it, paste below 'places:':\n +- host: hooks\.example\.com\n(?: {8}.+\n)+ +or instead paste below 'exceptions:':\n +- rule: \S+\n(?: {8}.+\n)* {8}reason: why this is permitted\n/,
    );
  });

  test.each<[string, ProposedPlace]>([
    ['of a type whose place is known', { type: 'AWS::DynamoDB::GlobalTable', country: 'DE', reason: 'r' }],
    ['outside the boundary', { host: 'hooks.example.com', country: 'US', reason: 'r' }],
  ])("aren't shown for a place %s, which would permit nothing", (_, place) => {
    const message = proposing([place]);
    expect(message).not.toMatch(/not accepted|places:/);
    expect(message.match(/to permit it, paste below 'exceptions:'/g)).toHaveLength(2);
  });

  test("don't concern what is outside their construct", () => {
    const message = silently(() =>
      refusal(
        guardedApp((stack) => {
          new Replicated(stack, 'Own');
          LibraryDeclarations.propose(new Construct(stack, 'Owner'), PROPOSAL);
        }),
      ),
    );
    expect(message).not.toContain('not accepted');
  });

  test.each<[string, Partial<LibraryDeclarationsProps>, RegExp]>([
    ['without a library', { library: ' ' }, /'library' must be/],
    [
      'for a rule that no one has',
      { exceptions: [{ rule: 'secret', reason: 'r' }] },
      /^(?!.*secret).*'exceptions\[0]\.rule'/,
    ],
    ['without a reason', { exceptions: [{ rule: 'edge-type', reason: '' }] }, /'exceptions\[0]\.reason'/],
    ['for two places at once', { places: [{ host: 'a.de', bucket: 'b', country: 'DE', reason: 'r' }] }, /and has 2$/],
    ['without a country', { places: [{ host: 'a.de', country: 'Germany', reason: 'r' }] }, /'places\[0]\.country'/],
    [
      'of a place without a reason',
      { places: [{ host: 'a.de', country: 'DE', reason: 'a\nb' }] },
      /places\[0]\.reason/,
    ],
    ...(
      [
        ['of every type of AWS', { type: 'AWS::*', country: 'DE', reason: 'r' }, 'type', 'name an AWS type in full'],
        ['of a known host', { host: 'api.openai.com', country: 'DE', reason: 'r' }, 'host', 'the facts know'],
        ['of every host', { host: '**', country: 'DE', reason: 'r' }, 'host', 'matches hosts of any owner'],
        ['of an unknown country', { host: 'a.de', country: 'QQ', reason: 'r' }, 'country', "isn't a country code"],
        ['of a URL', { bucket: 's3://secret', country: 'DE', reason: 'r' }, 'bucket', 'allowed: the name of a bucket'],
      ] as const
    ).map(([name, place, key, why]): [string, Partial<LibraryDeclarationsProps>, RegExp] => [
      name,
      { places: [place] },
      new RegExp(`^(?!.*(?:secret|QQ)).*'places\\[0]\\.${key}' would be refused in the owner's file: .*${why}`),
    ]),
    [
      'for a property that no finding has',
      { exceptions: [{ rule: 'edge-type', property: 'secret', reason: 'r' }] },
      /^(?!.*secret).*'exceptions\[0]\.property' would be refused/,
    ],
  ])('%s are refused', (_, part, message) => {
    const scope = new Construct(new App(), 'Construct');
    expect(() => LibraryDeclarations.propose(scope, { library: 'acme', ...part })).toThrow(message);
  });
});

describe('a check of a part of an app', () => {
  test('passes or fails with what is in it', () => {
    const stack = new Stack(new App(), 'Chat', FRANKFURT);
    const queue = new CfnQueue(stack, 'Queue');
    const table = new Replicated(stack, 'Prices');
    ResidencyGuard.of(queue).expectResident();
    expect(() => ResidencyGuard.of(table).expectResident()).toThrow(/'Chat\/Prices' isn't resident: 2 findings/);
  });

  test('fails with the Region of its stack, but not with that of a stack above it', () => {
    const outside = new Stack(new App(), 'Outside', { env: { region: 'us-east-1' } });
    const queue = new CfnQueue(outside, 'Queue');
    const inside = new Stack(outside, 'Inside', FRANKFURT);
    new CfnQueue(inside, 'Queue');
    expect(() => ResidencyGuard.of(queue).expectResident()).toThrow(/stack-region/);
    ResidencyGuard.of(inside).expectResident();
  });

  test('fails with a resource of its stack that belongs to no construct, whatever else has its logical id', () => {
    const stack = new Stack(new App(), 'Chat', FRANKFURT);
    const construct = new Construct(stack, 'Prices');
    new CfnQueue(construct, 'Queue');
    new Included(construct, 'Included');
    new CfnOutput(new Construct(stack, 'Other'), 'Output', { value: 'a' }).overrideLogicalId('Leak');
    expect(() => ResidencyGuard.of(construct).expectResident()).toThrow(/us-east-1/);
  });

  test('fails if its stack would be deployed to another Region than the one of the check', () => {
    const app = new App({ outdir: freshFolder() });
    const queue = new CfnQueue(new Stack(app, 'Chat', FRANKFURT), 'Queue');
    app.synth();
    const manifest = path.join(app.outdir, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll('/eu-central-1', '/us-east-1'));
    expect(() => ResidencyGuard.of(queue).expectResident()).toThrow(
      /assembly-differs .*would be deployed to us-east-1/s,
    );
  });

  test.each([
    ['passes', FRANKFURT, () => undefined],
    ['refuses it and is of 0.1.0', LONDON, (app: App) => Reflect.deleteProperty(app, GUARDS)],
  ])('fails if a guard of another copy of the package %s', (_, props, edit) => {
    const app = new App();
    otherCopy().enforce(app);
    edit(app);
    const queue = new CfnQueue(new Stack(app, 'Chat', props), 'Queue');
    expect(() => silently(() => ResidencyGuard.of(queue).expectResident())).toThrow(
      /^another copy of cdk-eu-residency guards the app; this copy can't read .*, so nothing was checked; use one copy: 'npm ls cdk-eu-residency' shows what requires each/,
    );
  });

  test('fails if there is nothing in it', () => {
    const stack = new Stack(new App(), 'Chat', FRANKFURT);
    new CfnQueue(stack, 'Queue');
    const empty = ResidencyGuard.of(new Construct(stack, 'Empty'));
    expect(() => empty.expectResident()).toThrow("there is no resource in 'Chat/Empty', so nothing was checked");
  });

  test('names a whole app as such', () => {
    const appWith = (fill: (stack: Stack) => void) => {
      const app = new App();
      fill(new Stack(app, 'Chat', FRANKFURT));
      return ResidencyGuard.of(app);
    };
    expect(() => appWith(() => undefined).expectResident()).toThrow(
      "there is no resource in 'the app', so nothing was checked",
    );
    expect(() => appWith((stack) => new Replicated(stack, 'Prices')).expectResident()).toThrow(
      /^'the app' isn't resident: 2 findings against the EU\n/,
    );
  });
});

describe('several copies of the package are reported', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'copies-'));
    Reflect.deleteProperty(globalThis, Symbol.for('cdk-eu-residency.copies'));
  });

  const note = (folder: string, files: Record<string, object>) => {
    const from = path.join(root, folder);
    mkdirSync(from, { recursive: true });
    for (const [file, content] of Object.entries(files)) writeFileSync(path.join(root, file), JSON.stringify(content));
    noteCopy(from);
  };
  const install = (folder: string, version: string) =>
    note(`${folder}/dist/lib`, {
      [`${folder}/package.json`]: { name: 'cdk-eu-residency', version },
      // A build declares its type of modules so.
      [`${folder}/dist/package.json`]: { type: 'commonjs' },
    });

  test('with their versions, places and what to do', () => {
    install('node_modules/cdk-eu-residency', '0.1.0');
    install('node_modules/acme/node_modules/cdk-eu-residency', '0.2.0');
    const printed: string[] = [];
    jest.spyOn(console, 'error').mockImplementation((line) => printed.push(line));
    guardedApp((stack) => new CfnQueue(stack, 'Queue')).synth();
    jest.restoreAllMocks();
    expect(printed.slice(0, 3)).toEqual([
      expect.stringMatching(/^2 copies of cdk-eu-residency are loaded/),
      '  0.1.0 in node_modules/cdk-eu-residency',
      '  0.2.0 in node_modules/acme/node_modules/cdk-eu-residency',
    ]);
    expect(printed[3]).toContain("run 'npm dedupe'");
  });

  test('by their whole paths where the ends are equal, and as the bundles that they are in', () => {
    install('packages/a/node_modules/cdk-eu-residency', '0.2.0');
    install('packages/b/node_modules/cdk-eu-residency', '0.2.0');
    note('app/out', { 'app/package.json': { name: 'my-app', version: '7.0.0' } });
    expect(copyLines().slice(1)).toEqual([
      expect.stringMatching(/^ {2}0\.2\.0 in .+\/packages\/a\/node_modules\/cdk-eu-residency$/),
      expect.stringMatching(/^ {2}0\.2\.0 in .+\/packages\/b\/node_modules\/cdk-eu-residency$/),
      '  unknown version, bundled by my-app, in out',
      expect.stringContaining("run 'npm dedupe'"),
      expect.stringContaining("declare 'cdk-eu-residency' as external"),
    ]);
  });

  test('and a bundle that belongs to no package is only named as one', () => {
    install('node_modules/cdk-eu-residency', '0.1.0');
    noteCopy('/none/out');
    expect(copyLines()[2]).toBe('  unknown version, bundled, in out');
  });

  test('where a check of a part of an app fails', () => {
    install('node_modules/cdk-eu-residency', '0.1.0');
    install('node_modules/acme/node_modules/cdk-eu-residency', '0.2.0');
    const table = new Replicated(new Stack(new App(), 'Chat', FRANKFURT), 'Prices');
    expect(() => ResidencyGuard.of(table).expectResident()).toThrow(/isn't resident.*2 copies of cdk-eu-residency/s);
  });

  test('unless there is only one', () => {
    install('node_modules/cdk-eu-residency', '0.1.0');
    expect(copyLines()).toEqual([]);
  });
});

test("a synth by way of the app's class is guarded too, as jsii calls it for other languages", () => {
  const app = new App();
  ResidencyGuard.enforce(app);
  new Replicated(new Stack(app, 'Chat', FRANKFURT), 'Prices');
  const { synth } = (app.constructor as typeof App).prototype;
  expect(() => silently(() => synth.call(app))).toThrow(/The cloud assembly is withheld/);
});

test('an override of synth in another language, which nothing can replace, is guarded where it calls its parent', () => {
  const app = new App();
  const inherited = () => (app.constructor as typeof App).prototype.synth.call(app);
  Object.defineProperty(app, 'synth', { value: inherited, writable: false });
  ResidencyGuard.enforce(app);
  new Replicated(new Stack(app, 'Chat', FRANKFURT), 'Prices');
  expect(() => silently(() => app.synth())).toThrow(/The cloud assembly is withheld/);
});

test('a synth that an app has of its own is guarded and still called', () => {
  const app = new App();
  const { synth } = app;
  const own = jest.fn(() => synth.call(app));
  app.synth = own;
  ResidencyGuard.enforce(app);
  new Replicated(new Stack(app, 'Chat', FRANKFURT), 'Prices');
  expect(() => silently(() => app.synth())).toThrow(/The cloud assembly is withheld/);
  expect(own).toHaveBeenCalledTimes(1);
});
