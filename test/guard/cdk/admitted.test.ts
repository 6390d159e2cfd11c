import path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnAgent } from 'aws-cdk-lib/aws-bedrock';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { hookPolicy } from '@/lib/config/hook-policy';
import { loadConfig } from '@/lib/config/load';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { boundaryOf } from '@/lib/guard/declarations/declarations';
import { EuResidencyChecks } from '@/lib/guard/nag/eu-residency-checks';
import { parseTemplate } from '@/lib/guard/template/parse';
import { policiesOf } from '@/lib/local/policies';
import { parseHookPolicy } from '@/lib/runtime/hook/policy';
import { checkOperation } from '@/lib/runtime/hook/verdict';
import { expectResident } from '@/lib/testing/expect-resident';
import { checkIn, folder, template } from '../../cli/support';
import { ADMITTED, ADMITTED_NOW, admittedText } from '../../support/admitted';
import { EU_NEXT } from '../../support/bedrock-answers';
import { DEPLOYMENT } from '../../support/deployment';
import { fixDate } from '../../support/fixed-date';
import { freshFolder } from './fresh-folder';
import { refusal, silently } from './guarded-app';

beforeAll(() => fixDate(ADMITTED_NOW));
afterAll(() => jest.useRealTimers());

const files = (admitted?: string) => ({
  'residency.yaml':
    'boundary: eu\nboundaries: [{ stack: Germany, boundary: [DE] }, { stack: Nordic, boundary: eea }]\n',
  ...(admitted !== undefined && { 'residency-admitted.yaml': admitted }),
  'template.json': template('AWS::Bedrock::Agent', { AgentName: 'helpdesk', FoundationModel: EU_NEXT }),
});
const withRow = folder(files(admittedText(ADMITTED)));
const withoutRow = folder(files());
const configIn = (root: string) => path.join(root, 'residency.yaml');

function agentIn(app: App, name = 'Chat'): App {
  const stack = new Stack(app, name, { env: { region: 'eu-central-1', account: '111122223333' } });
  new CfnAgent(stack, 'Agent', { agentName: 'helpdesk', foundationModel: EU_NEXT });
  return app;
}
const guarded = (root: string, name?: string) =>
  agentIn(
    new ResidencyApp({ outdir: freshFolder(), config: configIn(root), builtinCloudFormationValidation: false }),
    name,
  );

test('the guard of an app decides by the rows next to its configuration', () => {
  expect(() => silently(() => guarded(withRow).synth())).not.toThrow();
  expect(silently(() => refusal(guarded(withoutRow)))).toContain(`profile '${EU_NEXT}' is unknown`);
});

test('so does the boundary that the file declares for a stack', () => {
  expect(() => silently(() => guarded(withRow, 'Nordic').synth())).not.toThrow();
  expect(silently(() => refusal(guarded(withRow, 'Germany')))).toMatch(
    /may be processed in eu-north-1, Stockholm \(SE\)/,
  );
});

test('the cdk-nag pack does', () => {
  const checked = (root: string) => {
    const app = agentIn(new App({ outdir: freshFolder() }));
    const pack = new EuResidencyChecks(app, { config: configIn(root) });
    Validations.of(app).addPlugins(pack);
    silently(() => {
      try {
        app.synth();
      } catch {
        // The pack refuses it.
      }
    });
    return pack.validateScope(app).violations.map(({ ruleName }) => ruleName);
  };
  expect(checked(withRow)).toEqual([]);
  expect(checked(withoutRow)).toEqual(['place-outside', 'model-destination']);
});

test('a configuration and a boundary contradict each other', () => {
  const both = { config: configIn(withRow), boundary: ResidencyBoundary.eea() };
  expect(() => new ResidencyApp({ outdir: freshFolder(), ...both })).toThrow(
    /^'boundary' \(eea\) and 'config' \('.*residency\.yaml'\) both name a boundary, so one of them would be ignored; remove 'boundary'$/,
  );
});

test('declarations are added to those of the configuration', () => {
  const exceptions = folder({
    'residency-exceptions.yaml': 'places: [{ host: hooks.example.de, country: DE, reason: our own data centre }]\n',
  });
  const declarations = ResidencyDeclarations.fromFile(path.join(exceptions, 'residency-exceptions.yaml'));
  const app = new ResidencyApp({ outdir: freshFolder(), config: configIn(withRow), declarations });
  agentIn(app, 'Germany');
  expect(silently(() => refusal(app))).toMatch(/eu-north-1/);
});

test('an assertion of a unit test decides by the boundary of the app', () => {
  const app = guarded(withRow);
  expect(() => silently(() => expectResident(app))).not.toThrow();
});

test('the command checks by them', () => {
  const check = (root: string) =>
    checkIn(root, '--config', 'residency.yaml', '--region', 'eu-central-1', 'template.json');
  expect(check(withRow)).toMatchObject({ code: 0 });
  expect(check(withoutRow)).toMatchObject({ code: 1, out: expect.stringContaining('is unknown') });
});

test('an expired row stops the command, at its place', () => {
  const root = folder(files(admittedText({ ...ADMITTED, expires: '2026-11-30' })));
  expect(checkIn(root, '--config', 'residency.yaml', 'template.json')).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /^ConfigError: residency-admitted\.yaml:\d+:\d+: admitted\[0\]\.expires: found '2026-11-30': the row has expired/,
    ),
  });
});

test('the hook decides by them at deployment, also for a stack with a boundary of its own', () => {
  const { boundary, declarations } = loadConfig(configIn(withRow));
  const text = JSON.stringify(hookPolicy(boundary, declarations));
  expect(JSON.parse(text).facts).toMatchObject([{ origin: { kind: 'admitted', approvedBy: 'Ada Lovelace' } }]);
  const policy = parseHookPolicy(text);
  const subject = { template: parseTemplate(JSON.stringify(files()['template.json'])) };
  const found = (stack: string) =>
    checkOperation(subject, policy, { stack, deployRegion: 'eu-central-1', now: ADMITTED_NOW }).findings.map(
      ({ rule }) => rule,
    );
  expect(found('Chat')).toEqual([]);
  expect(found('Nordic')).toEqual([]);
  expect(found('Germany')).toEqual(['place-outside', 'model-destination']);
  expect(boundaryOf(declarations, 'Nordic', boundary)._facts).toBe(boundary._facts);
});

test('`serve` gives its gateways the same rows', () => {
  const { boundary } = loadConfig(configIn(withRow));
  expect(policiesOf(DEPLOYMENT, boundary).projects?.facts).toEqual(boundary._facts?.layers);
  expect(policiesOf(DEPLOYMENT, ResidencyBoundary.eu()).projects).not.toHaveProperty('facts');
});
