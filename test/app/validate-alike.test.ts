import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  App,
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyViolation,
  Validations,
} from 'aws-cdk-lib';
import { validateAlikeOnce } from '@/lib/app/validate-alike';

const IDS = ['medicine', 'law', 'art', 'music'];

const folder = mkdtempSync(path.join(tmpdir(), 'alike-'));

/** The plugin that an app gets, and the templates that CDK's own validation then reads, call by call. */
function pluginOf(violates: (file: string) => boolean) {
  const app = new App();
  const calls: string[][] = [];
  jest.spyOn(CloudFormationValidatePlugin.prototype, 'validate').mockImplementation(({ templatePaths }) => {
    calls.push(templatePaths.map((file) => path.basename(file)));
    const violations = templatePaths.filter((file) => violates(path.basename(file))).map(violation);
    return { success: violations.length === 0, violations };
  });
  const plugins: CloudFormationValidatePlugin[] = [];
  const add = jest
    .spyOn(Validations.prototype, 'addPlugins')
    .mockImplementation((...added) => void plugins.push(...(added as CloudFormationValidatePlugin[])));
  validateAlikeOnce(app, IDS);
  add.mockRestore();
  return { plugins, calls, app };
}

const violation = (templatePath: string): PolicyViolation => ({
  ruleName: 'E1',
  description: 'wrong',
  violatingResources: [{ templatePath, locations: [] }],
});

/** The templates of a foundation and four workspaces, which are alike; two have names of the same length. */
function context(app: App, regions: Readonly<Record<string, string>> = {}): IPolicyValidationContext {
  const stackTemplates = ['uni-foundation', ...IDS.map((id) => `uni-workspace-${id}`)].map((stackConstructPath) => {
    const templatePath = path.join(folder, stackConstructPath);
    writeFileSync(templatePath, `{"Description":"${stackConstructPath}"}`);
    return { stackConstructPath, templatePath, accountId: undefined, region: regions[stackConstructPath] };
  });
  return { appConstruct: app, stackTemplates, templatePaths: stackTemplates.map(({ templatePath }) => templatePath) };
}

const before = process.env.CDK_VALIDATION;
beforeEach(() => {
  delete process.env.CDK_VALIDATION;
});
afterEach(() => {
  process.env.CDK_VALIDATION = before;
  jest.restoreAllMocks();
});

test('CDK validates the alike templates with the shortest and the longest name', () => {
  const { plugins, calls, app } = pluginOf(() => false);
  expect(plugins[0]?.validate(context(app))).toEqual({ success: true, violations: [] });
  expect(calls).toEqual([['uni-foundation', 'uni-workspace-law', 'uni-workspace-medicine']]);
});

test.each(['law', 'medicine'])("it validates the others too if it finds something in '%s'", (id) => {
  const { plugins, calls, app } = pluginOf((file) => file.endsWith(id) || file.endsWith('music'));
  const report = plugins[0]?.validate(context(app));
  expect(calls[1]).toEqual(['uni-workspace-art', 'uni-workspace-music']);
  expect(report?.success).toBe(false);
  expect(report?.violations).toHaveLength(2);
});

test('one of two templates whose names have the same length is enough', () => {
  const { plugins, calls, app } = pluginOf(() => false);
  const { stackTemplates, ...rest } = context(app);
  const same = stackTemplates.filter(({ templatePath }) => /law|art/.test(templatePath));
  plugins[0]?.validate({ ...rest, stackTemplates: same });
  expect(calls).toEqual([['uni-workspace-law']]);
});

test("templates for different Regions aren't alike", () => {
  const { plugins, calls, app } = pluginOf(() => false);
  plugins[0]?.validate(context(app, { 'uni-workspace-art': 'eu-west-1' }));
  expect(calls[0]).toContain('uni-workspace-art');
});

test('nothing is added where validation is off', () => {
  process.env.CDK_VALIDATION = 'false';
  expect(pluginOf(() => false).plugins).toEqual([]);
});
