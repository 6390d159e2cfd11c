import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TAGS } from '@/lib/contract/tags';
import { proposals } from '@/lib/evidence/tender/against';
import { type AnnexFacts, annexRows, isRefuted, tenderAnswer } from '@/lib/evidence/tender/annex';
import { annexSheet, headLines, summary } from '@/lib/evidence/tender/annex-sheet';
import { ANSWERS, type AnswerId, answerOf } from '@/lib/evidence/tender/answers';
import { FRAMEWORK_IDS, FRAMEWORKS } from '@/lib/evidence/tender/frameworks';
import { criteria } from '@/lib/evidence/tender/frameworks/framework';
import { objectiveLevels } from '@/lib/evidence/tender/objective-levels';
import { proposalSheet } from '@/lib/evidence/tender/proposal-sheet';
import type { UsedException } from '@/lib/guard/declarations/apply-declarations';
import { tenderPage } from '@/scripts/pages/tender-page';

const FACTS: AnnexFacts = { attested: new Map(), titles: new Map(), date: '2026-11-30' };
const assembly = (Resources: object): AnnexFacts => ({
  ...FACTS,
  templates: [{ file: 'a.json', stack: 'a', group: 'a', template: { Resources } as never }],
});

test.each(FRAMEWORK_IDS)('%s has each criterion once, and none is silent', (id) => {
  const { total, criteria: all } = FRAMEWORKS[id];
  const rows = annexRows(FRAMEWORKS[id], FACTS);
  expect([new Set(all.map((criterion) => criterion.id)).size, rows.length]).toEqual([total, total]);
  expect(rows.filter(({ text }) => text === '')).toEqual([]);
});

test('a criterion counts as answered by a test if its own answer has one and holds', () => {
  const count = (facts: AnnexFacts) => summary(FRAMEWORKS.c5, annexRows(FRAMEWORKS.c5, facts));
  const rows = annexRows(FRAMEWORKS.c5, FACTS);
  const own = rows.filter(({ status, basis }) => status === 'provided' && basis === 'tested');
  expect(own.length).toBeGreaterThanOrEqual(35);
  const any = rows.filter(({ pointers }) => pointers.some((pointer) => pointer.startsWith('test/')));
  expect(any.length).toBeGreaterThan(own.length);
  expect(count(FACTS)).toContain(
    ` ${own.length} are answered by a test. In ${any.length - own.length} more, a test shows what supports the answer.`,
  );
  expect(tenderPage.render()).toContain(
    `${any.length} have tested evidence in all: ${own.length} are answered by a test`,
  );
  // Without a workspace, most statements are refuted.
  const [, answered, more] = /(\d+) are answered .+ In (\d+) more/.exec(count(assembly({}))) ?? [];
  expect(Number(answered)).toBeLessThan(15);
  expect(Number(more)).toBeLessThan(any.length - own.length);
  // What isn't so in the assembly is no evidence, nor is a support that isn't.
  expect(annexRows(FRAMEWORKS.c5, assembly({})).filter((row) => isRefuted(row) && row.hasTest)).toEqual([]);
  const supported = { ...FRAMEWORKS.c5, criteria: criteria('X-1 | organisation.management + keys.rotation | title') };
  expect([FACTS, assembly({})].map((facts) => annexRows(supported, facts)[0]?.hasTest)).toEqual([true, false]);
});

test('what a deployment does not have is not applicable, unless it has it', () => {
  expect(annexRows(FRAMEWORKS.c5, FACTS).find(({ criterion }) => criterion === 'PSS-11')?.status).toBe(
    'not-applicable',
  );
});

test.each([
  'AppRunner::Service',
  'AutoScaling::AutoScalingGroup',
  'Batch::JobDefinition',
  'CodeBuild::Project',
  'EC2::Instance',
  'EC2::LaunchTemplate',
  'ECS::Service',
  'ECS::TaskDefinition',
  'EKS::Cluster',
  'SageMaker::NotebookInstance',
])('an assembly with AWS::%s has a container, an image or a virtual machine', (type) => {
  const facts = assembly({ A: { Type: `AWS::${type}` } });
  const text = `the assembly has AWS::${type}: a.json#/Resources/A`;
  expect(tenderAnswer('operations.no-containers', facts)).toMatchObject({
    status: 'not-met',
    text: `Not in this assembly: ${text}.`,
  });
  expect(tenderAnswer('operations.hardening', facts).text).toContain(text);
});

test('SecNumCloud is not met, and the reason is in its row', () => {
  expect(annexRows(FRAMEWORKS.secnumcloud, FACTS).find(({ criterion }) => criterion === '19.6')).toMatchObject({
    status: 'not-met',
    text: expect.stringContaining('owned by a US company'),
  });
});

test('an inherited row is to be confirmed until the bidder dates the attestation', () => {
  expect(tenderAnswer('provider.sites', FACTS)).toMatchObject({
    status: 'inherited',
    basis: 'to be confirmed',
    rest: "To be confirmed: request AWS's C5 report, from AWS Artifact.",
  });
  expect(tenderAnswer('provider.sites', { ...FACTS, attested: new Map([['c5', '2026-05-31']]) })).toMatchObject({
    basis: 'attested',
    date: '2026-05-31',
  });
});

/** A resource with the tag of a tenant. */
const tagged = (tenant: string) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { Tags: [{ Key: TAGS.tenant, Value: tenant }] },
});

test('a statement is checked in the assembly, and names where it is true or why it is not', () => {
  const key = (EnableKeyRotation: boolean) => ({ Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation } });
  const tenant = tagged('projects');
  expect(tenderAnswer('keys.rotation', assembly({ tenant, A: key(true) }))).toMatchObject({
    status: 'provided',
    basis: 'template',
    pointers: expect.arrayContaining(['a.json#/Resources/A/Properties/EnableKeyRotation']),
  });
  expect(tenderAnswer('keys.rotation', assembly({ tenant, A: key(true), B: key(false) }))).toMatchObject({
    status: 'not-met',
    text: 'Not in this assembly: not so at a.json#/Resources/B/Properties/EnableKeyRotation.',
  });
  expect(tenderAnswer('keys.rotation', assembly({ tenant })).text).toContain('no AWS::KMS::Key');
  // A key that signs can't rotate.
  const signing = { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'ECC_NIST_EDWARDS25519' } };
  expect(tenderAnswer('keys.rotation', assembly({ tenant, A: key(true), signing })).status).toBe('provided');
  expect(tenderAnswer('keys.rotation', assembly({ tenant, signing })).text).toContain('no AWS::KMS::Key');
});

/** What another app may have. */
const FOREIGN = {
  Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { ObjectLockEnabled: true } },
  Role: { Type: 'AWS::IAM::Role' },
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
  Alarm: { Type: 'AWS::CloudWatch::Alarm' },
  Flow: { Type: 'AWS::EC2::FlowLog' },
  Job: { Type: 'AWS::StepFunctions::StateMachine' },
  Function: { Type: 'AWS::Lambda::Function' },
};
const IDS = Object.keys(ANSWERS) as AnswerId[];
const providedOf = (resources: object) =>
  IDS.filter((id) => tenderAnswer(id, assembly(resources)).status === 'provided');

test('of a foreign app, nothing is provided but what the package does at synth or is by itself', () => {
  expect(providedOf(FOREIGN)).toEqual([
    'place.storage',
    'place.country',
    'network.topology',
    'evidence.promises',
    'operations.cost',
    'operations.guide',
    'change.guard',
    'change.exceptions',
    'change.tests',
    'change.attacks',
    'change.upgrade',
    'change.bill-of-materials',
    'change.reproducible',
    'change.open-source',
    'change.vulnerabilities',
    'change.configuration',
  ]);
});

test('a statement about workspaces needs a workspace, one about projects a project, and one about backups a table', () => {
  const about = (kind: string) => (id: AnswerId) => answerOf(id).about === kind;
  const ofProjects = providedOf({ ...FOREIGN, tenant: tagged('projects') });
  const ofWorkspace = providedOf({ ...FOREIGN, tenant: tagged('workspace/sciences') });
  expect(ofProjects.filter(about('workspace'))).toEqual([]);
  expect(ofProjects.filter(about('project'))).toEqual(['content.none-of-projects']);
  expect(ofWorkspace.filter(about('project'))).toEqual([]);
  expect(ofWorkspace).toContain('access.four-eyes');
  expect(ofWorkspace).not.toContain('operations.backup');
  expect(tenderAnswer('access.four-eyes', assembly({})).text).toBe(
    'Not in this assembly: no workspace in the assembly; no AWS::StepFunctions::StateMachine in the assembly.',
  );
  expect(tenderAnswer('network.api', assembly(FOREIGN)).text).toContain('no workspace or project in the assembly');
});

test('residency is not claimed for an assembly that the guard refuses', () => {
  expect(tenderAnswer('place.storage', { ...assembly({}), violations: 2 })).toMatchObject({
    status: 'not-met',
    text: 'Not in this assembly: the guard refuses the assembly (2 findings).',
  });
});

/** An assembly in which an exception permits a place. */
const excepted = (...more: Partial<UsedException>[]): AnnexFacts => ({
  ...assembly({}),
  exceptions: [{}, ...more].map((row) => ({
    rule: 'place-outside',
    file: 'a.json',
    logicalId: 'Table',
    value: 'us-east-1',
    reason: 'Copy for a branch',
    approver: 'dpo@example.eu',
    expires: '2027-02-28',
    findings: 1,
    ...row,
  })),
});

test('residency is not claimed for an assembly with an exception, which is named with its approver', () => {
  const text =
    '1 declared exception permits what may leave the boundary: ' +
    'place-outside at a.json#Table, us-east-1 (approved by dpo@example.eu until 2027-02-28).';
  const facts = excepted();
  expect(tenderAnswer('place.storage', facts)).toMatchObject({
    status: 'not-met',
    text: `Not in this assembly: ${text}`,
  });
  expect(IDS.filter((id) => answerOf(id).needsResident && !isRefuted(tenderAnswer(id, facts)))).toEqual([]);
  expect(headLines(facts, '0.1.0')).toContain(text);
  expect(headLines(assembly({}), '0.1.0')).toHaveLength(1);
  expect(headLines(excepted({ rule: 'stack-region', types: ['AWS::SQS::Queue'] }), '0.1.0')[1]).toMatch(
    /^2 declared exceptions permit .+; stack-region at /,
  );
  // What isn't met in any assembly is still said.
  expect(tenderAnswer('place.metadata', facts).text).toMatch(
    /^In the `aws` partition, .+ Not in this assembly: 1 declared/,
  );
});

test('a level is not stated for what is not so in the assembly', () => {
  const level = (facts: AnnexFacts, id: string) => {
    const rows = annexRows(FRAMEWORKS.csf, facts);
    const { columns, rows: cells } = annexSheet(FRAMEWORKS.csf, rows, facts, '0.1.0');
    const row = cells[rows.findIndex(({ criterion }) => criterion === id)] ?? [];
    return ['level', 'level in aws-eusc'].map((name) => row[columns.indexOf(name)]);
  };
  expect(level(FACTS, 'SOV-3.4')).toEqual(['SEAL-1', 'SEAL-4']);
  expect(level(excepted(), 'SOV-3.4')).toEqual(['to be stated', 'to be stated']);
  expect(level({ ...FACTS, violations: 1 }, 'SOV-3.4')).toEqual(['to be stated', 'to be stated']);
  // No workspace: of what the row rests on, only a support isn't so.
  expect(isRefuted(tenderAnswer('place.metadata', assembly({})))).toBe(false);
  expect(level(assembly({}), 'SOV-3.4')).toEqual(['to be stated', 'to be stated']);
  expect(level(FACTS, 'SOV-3.1')).toEqual(['SEAL-3', 'SEAL-3']);
  expect(level(assembly({}), 'SOV-3.1')).toEqual(['to be stated', 'to be stated']);
  expect(objectiveLevels(annexRows(FRAMEWORKS.csf, excepted()))[2]?.open).toEqual([
    'SOV-3.1',
    'SOV-3.2',
    'SOV-3.3',
    'SOV-3.4',
  ]);
});

test('the level of an objective is its lowest, says why, and names what is open', () => {
  const rows = annexRows(FRAMEWORKS.csf, FACTS);
  expect(objectiveLevels(rows).map(({ objective, atMost }) => `${objective} ${atMost}`)).toEqual([
    'SOV-1 0',
    'SOV-2 1',
    'SOV-3 1',
    'SOV-4 0',
    'SOV-5 1',
    'SOV-6 2',
    'SOV-7 1',
    'SOV-8 4',
  ]);
  expect(objectiveLevels(rows)[2]).toEqual({
    objective: 'SOV-3',
    atMost: 1,
    because: ['SOV-3.4'],
    atMostInSovereign: 2,
    becauseInSovereign: ['SOV-3.5'],
    open: [],
  });
});

test('a proposal claims no more than the worst of its answers, and shows its words', () => {
  const [one, none] = proposals(
    [
      { id: '1', text: 'Daten sind verschlüsselt gespeichert, und der Anbieter ist nach SecNumCloud qualifiziert.' },
      { id: '2', text: 'The vehicles are blue.' },
    ],
    FACTS,
  );
  expect(one).toMatchObject({ status: 'not-met', confidence: 'high' });
  expect(one?.answers.map(({ id }) => id)).toEqual(['keys.member', 'provider.secnumcloud']);
  expect(one?.words).toContain('SecNumCloud');
  expect(none).toEqual({
    id: '2',
    text: 'The vehicles are blue.',
    status: 'unanswered',
    answers: [],
    more: 0,
    words: [],
  });
});

test('the worst of all answers counts and is shown, however many there are', () => {
  const text =
    'Backup and restore, data export and portability, SSO with SAML, and the hosting is qualified SecNumCloud.';
  const [one] = proposals([{ id: '1', text }], FACTS);
  expect(one).toMatchObject({ status: 'not-met', more: expect.any(Number) });
  expect(one?.answers.map(({ id }) => id)).toContain('provider.secnumcloud');
  expect(one?.answers).toHaveLength(3);
  expect(one?.more).toBeGreaterThan(0);
  expect(proposalSheet(one ? [one] : [], FACTS, '0.1.0').rows[0]?.[4]).toContain(`${one?.more} more, which count`);
});

test.each([
  ['Content is encrypted at rest, and stored encrypted.', 'provided', 'high'],
  ['Content is encrypted at rest.', 'provided', 'high'],
  ['A legal hold is possible.', 'provided', 'medium'],
  ['All content is encrypted at rest, and stored encrypted.', 'to-check', 'low'],
  ['Content must not be encrypted at rest.', 'to-check', 'low'],
  ['Content is encrypted at rest with 256 bits.', 'to-check', 'low'],
  ['The hosting is not qualified SecNumCloud.', 'not-met', 'low'],
  ['Backups', 'to-check', 'low'],
])('what words do not understand is not claimed: %s', (text, status, confidence) => {
  expect(proposals([{ id: '1', text }], FACTS)).toMatchObject([{ status, confidence }]);
});

test.each([
  ['Die Software läuft entweder vollständig on premises oder vollständig in der Cloud.', 'customer'],
  ['The software runs either in the cloud, or on premises.', 'not-met'],
  ['The software runs either on premises or as software as a service.', 'customer'],
  ['Le service fonctionne soit sur site, soit en SaaS.', 'customer'],
  ['It runs either on premises or as SaaS. It has a watermark.', 'not-met'],
  ['It runs on premises or as SaaS.', 'not-met'],
])('of a choice, the better side counts: %s', (text, status) => {
  expect(proposals([{ id: '1', text }], FACTS)).toMatchObject([{ status }]);
});

test.each([
  ['Der Bieter legt einen Penetrationstest vor (Pentest).', 'change.no-pentest'],
  ['Es gibt eine Anbindung an LDAP und SCIM.', 'access.no-ldap'],
  ['Each text has a watermark.', 'models.no-watermark'],
  ['Der Assistent kann im Internet recherchieren (Recherche).', 'models.no-search'],
  ['The model is GPT-4o mini.', 'models.not-listed'],
])('what an answer denies is not offered: %s', (text, id) => {
  const [one] = proposals([{ id: '1', text }], FACTS);
  expect(one?.answers.map((answer) => answer.id)).toContain(id);
  expect(one?.status).not.toBe('provided');
});

test.each([
  ['an answer that does not exist', 'X-1 | no.such | title', "the criterion 'X-1' names an answer that doesn't exist"],
  ['no title', 'X-1 | provider.sites', "the criterion 'X-1' has no answer or no title"],
])('a criterion with %s is refused', (_, table, message) => {
  expect(() => criteria(table)).toThrow(message);
});

test('docs/TENDER.md is current', () => {
  expect(readFileSync(path.join(__dirname, '../..', tenderPage.file), 'utf8')).toBe(tenderPage.render());
});
