import { readConfig } from '@/lib/config/load';
import { edited, linesOf, VALID } from './support';

const OPEN = `projects:
  open:
    models: [assistant]
    limits: { tokensPerDay: 1000 }
    maximum: 500
alerts: [security@example.eu]
`;
const LIST = VALID.slice(VALID.indexOf('projects:'));
const FILE = edited(LIST, OPEN);
const deploymentOf = (text: string) => readConfig(text, 'residency.yaml').deployment;

test('a file may open projects, next to declared ones or without any', () => {
  expect(deploymentOf(FILE)).toMatchObject({
    projects: [],
    openProjects: { models: ['assistant'], limits: { tokensPerDay: 1000 }, maximum: 500 },
  });
  const both = edited('  open:', '  declared: [{ id: bot, models: [assistant] }]\n  open:', FILE);
  expect(deploymentOf(both)).toMatchObject({ projects: [{ id: 'bot', limits: {} }], openProjects: { maximum: 500 } });
});

test('a list means what it meant in 0.1.0', () => {
  expect(deploymentOf(VALID)).toMatchObject({ projects: [{ id: 'helpdesk-bot' }] });
  expect(deploymentOf(VALID)).not.toHaveProperty('openProjects');
});

test('open projects are something to deploy', () => {
  const alone = edited(VALID.slice(VALID.indexOf('workspaces:'), VALID.indexOf('projects:')), '', FILE);
  expect(linesOf(alone)).toEqual([]);
});

test.each<[string, string, string, string]>([
  ['no maximum', '    maximum: 500\n', '', 'projects.open.maximum: is missing; allowed: a whole number from 1 to 1000'],
  [
    'a maximum in words',
    'maximum: 500',
    'maximum: many',
    "projects.open.maximum: found 'many'; allowed: a whole number from 1 to 1000",
  ],
  [
    'a maximum of zero',
    'maximum: 500',
    'maximum: 0',
    'projects.open.maximum: found the number 0; allowed: a whole number from 1 to 1000',
  ],
  [
    'no limits',
    '    limits: { tokensPerDay: 1000 }\n',
    '',
    'projects.open.limits: is missing; allowed: a mapping with any of',
  ],
  [
    'empty limits',
    '{ tokensPerDay: 1000 }',
    '{}',
    'projects.open.limits: found an empty mapping; allowed: a mapping with any of',
  ],
  [
    'an unknown limit',
    'tokensPerDay: 1000',
    'tokensPerDays: 1000',
    "projects.open.limits.tokensPerDays: isn't a known key; allowed: requestsPerMinute, tokensPerDay, concurrentRequests",
  ],
  [
    'an unknown key',
    '    maximum: 500',
    '    maximum: 500\n    region: eu-west-1',
    "projects.open.region: isn't a known key; allowed: models, limits, maximum, guardrail",
  ],
  ['a misspelt open', '  open:', '  opn:', "projects.opn: isn't a known key; allowed: open, declared"],
  [
    'a model of no name',
    'models: [assistant]\n    limits',
    'models: [assistent]\n    limits',
    "projects.open.models[0]: found 'assistent', which isn't defined in this file; allowed: assistant",
  ],
  [
    'a model twice',
    'models: [assistant]\n    limits',
    'models: [assistant, assistant]\n    limits',
    "projects.open.models[1]: found 'assistant' a second time",
  ],
  [
    'a number',
    OPEN,
    'projects: 3\nalerts: [security@example.eu]\n',
    "projects: found the number 3; allowed: a list of projects, or a mapping with 'open' and perhaps 'declared'",
  ],
  [
    'a declared project with a mistake',
    '  open:',
    '  declared: [{ id: Bot, models: [assistant] }]\n  open:',
    "projects.declared[0].id: found 'Bot'; allowed: lower-case letters",
  ],
  [
    'a project with the name of all open ones',
    '  open:',
    '  declared: [{ id: open, models: [assistant] }]\n  open:',
    "projects.declared[0].id: found 'open', which stands for other tenants",
  ],
  [
    'the ID of a workspace',
    '  open:',
    '  declared: [{ id: sciences, models: [assistant] }]\n  open:',
    "projects.declared[0].id: found 'sciences' a second time",
  ],
  [
    'invocation logging',
    OPEN,
    `${OPEN}bedrock: { invocationLogging: { logGroup: x } }\n`,
    'would log every prompt and answer of the account',
  ],
])('%s is refused where it is', (_, from, to, message) => {
  const lines = linesOf(edited(from, to, FILE));
  expect(lines.join('\n')).toContain(message);
});

test('a declared project may have any of these IDs as long as no project is open', () => {
  expect(linesOf(edited('id: helpdesk-bot', 'id: open'))).toEqual([]);
});

test('a mistake in a list is found where it is', () => {
  expect(linesOf(edited('id: helpdesk-bot', 'id: Bot')).join()).toContain("projects[0].id: found 'Bot'");
});

test('a model whose provider may retain content is refused', () => {
  const retaining = edited(
    'bedrock: openai.gpt-oss-120b-1:0',
    'bedrock: openai.gpt-oss-120b-1:0\n        api: chat-completions',
    FILE,
  );
  const lines = linesOf(retaining);
  expect(lines.join('\n')).toMatch(
    /projects\.open\.models\[0\]: found 'assistant', which .* may serve, but a project requires/,
  );
});
