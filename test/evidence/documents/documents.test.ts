import { unzipSync } from 'fflate';
import type { Evidence } from '@/lib/evidence/core/evidence';
import { documentFiles } from '@/lib/evidence/documents/document-files';
import { type DocumentOptions, documentTrees } from '@/lib/evidence/documents/document-trees';
import { documents } from '@/lib/evidence/documents/documents';
import { content } from '@/lib/evidence/odt/content';
import { html } from '@/lib/evidence/tree/html';
import { DOCUMENT_LANGUAGES } from '@/lib/evidence/words/languages';
import { WORDS } from '@/lib/evidence/words/words';
import { EVIDENCE, model, region, row, store, tenant } from './evidence-fixture';

const decoder = new TextDecoder();
/** The documents as pages. */
const pages = (evidence: Evidence, options: DocumentOptions) =>
  documentTrees(evidence, options).map(({ name, tree }) => ({ name, page: html(tree) }));

/** The texts of all documents in one language, in both formats. */
const textsOf = (evidence: Evidence, language: (typeof DOCUMENT_LANGUAGES)[number] = 'en') =>
  documentTrees(evidence, { language }).map(({ name, tree }) => ({ name, texts: [html(tree), content(tree)] }));

/** The documents in which a text is, in both formats. */
const having = (evidence: Evidence, text: string) =>
  textsOf(evidence)
    .filter(({ texts }) => texts.every((one) => one.includes(text)))
    .map(({ name }) => name.replace('.en', ''));

test('a deployment has eight documents, and an app without tenants those that say something about it', () => {
  expect(documentTrees(EVIDENCE, { language: 'en' }).map(({ name }) => name)).toEqual([
    'gdpr-article-30-record.en',
    'gdpr-article-28-annex.en',
    'gdpr-article-35-assessment.en',
    'gdpr-chapter-5-transfers.en',
    'gdpr-article-13-notice.en',
    'gdpr-articles-15-to-20-rights.en',
    'ai-act-duties.en',
    'workers-representatives.en',
  ]);
  expect(documentTrees({ ...EVIDENCE, tenants: [] }, { language: 'fr' })).toHaveLength(4);
  const projects = EVIDENCE.tenants.filter(({ kind }) => kind === 'project');
  expect(documentTrees({ ...EVIDENCE, tenants: projects }, { language: 'de' })).toHaveLength(6);
});

test.each(DOCUMENT_LANGUAGES)('each document in %s says that no lawyer reviewed it until one is named', (language) => {
  const { reviewed, notReviewed } = WORDS[language].common;
  for (const { page } of pages(EVIDENCE, { language })) {
    expect(page).toContain(`<td>${reviewed}</td><td>${notReviewed}</td>`);
    expect(page).toContain(`<html lang="${language}">`);
  }
  for (const { page } of pages(EVIDENCE, { language, reviewedBy: 'A. Avocat' })) {
    expect(page).toContain(`<td>${reviewed}</td><td>A. Avocat</td>`);
  }
});

test('each document is a file in each language and format', () => {
  const [first, ...others] = documentFiles(EVIDENCE, { languages: ['fr', 'de'], formats: ['html', 'odt'] });
  expect([first?.name, others.length + 1]).toEqual(['gdpr-article-30-record.fr.html', 32]);
  expect(`${first?.content}`).toContain('<html lang="fr">');
  expect(`${others[0]?.content.slice(0, 2)}`).toBe('PK');
});

test('HTML requests nothing, and a script in it would not run', () => {
  for (const { page } of pages(EVIDENCE, { language: 'en' })) {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/\bsrc=|@import|url\(|<link|<script|srcset/i);
    expect([...page.matchAll(/href="([^"]*)"/g)].every(([, href = '']) => href.startsWith('https://'))).toBe(true);
  }
});

const stored = (retention: string) =>
  store('exemple-workspace-sciences', 'Workspace/Conversations/Table', 'DynamoDB table', retention);

test.each<[string, Partial<Evidence>, string, string[]]>([
  [
    'a retention period',
    { stores: [stored('77 days + 35 days restorable')] },
    '77 days + restorable for 35 days more',
    ['gdpr-article-30-record', 'gdpr-article-35-assessment', 'gdpr-article-13-notice', 'workers-representatives'],
  ],
  [
    'a workspace',
    { tenants: [...EVIDENCE.tenants, tenant('workspace', 'letters', '91 days')] },
    '91 days',
    ['gdpr-article-30-record', 'gdpr-article-35-assessment', 'gdpr-article-13-notice'],
  ],
  [
    'a Region outside the boundary',
    { regions: [...EVIDENCE.regions, region('us-east-1', 'US', false)] },
    'us-east-1',
    ['gdpr-article-30-record', 'gdpr-article-28-annex', 'gdpr-chapter-5-transfers', 'gdpr-article-13-notice'],
  ],
  [
    'a model that its maker retains',
    { models: [model('eu.example.model-1', ['eu-west-1'], 'prompts, 30 days')] },
    'prompts, 30 days',
    ['gdpr-article-28-annex', 'gdpr-article-35-assessment'],
  ],
  [
    'an exception',
    { exceptions: [{ ...row('e'), rule: 'place-outside', why: 'a planted reason', approvedBy: 'P. Planted' }] },
    'a planted reason',
    ['gdpr-article-35-assessment'],
  ],
  [
    'a finding',
    { findings: [{ ...row('f'), criterion: 'planted-rule', level: 'block' }] },
    'planted-rule',
    ['gdpr-article-35-assessment'],
  ],
  [
    'a replication',
    { flows: [{ ...row('r', '/Resources/Planted'), kind: 'replication', from: 'eu-central-1', to: 'eu-north-1' }] },
    'eu-north-1',
    ['gdpr-chapter-5-transfers'],
  ],
  [
    'a number of keys',
    { keys: Array.from({ length: 43 }, () => ({ ...row('k'), key: 'K', region: 'eu-central-1' }) as never) },
    '43 keys',
    ['gdpr-chapter-5-transfers'],
  ],
  [
    'a short period of logs',
    { stores: [store('exemple-projects', 'Projects/Gateway/LogGroup', 'log group', '183 days')] },
    '183 days',
    ['gdpr-article-30-record', 'ai-act-duties', 'workers-representatives'],
  ],
])('%s shows, in HTML and ODT', (_, change, text, names) => {
  expect(having(EVIDENCE, text)).toEqual([]);
  expect(having({ ...EVIDENCE, ...change }, text)).toEqual(names);
});

test('the record has an entry for each project of the configuration, with its models', () => {
  const projects = ['one', 'two'].map((id) => ({ id, models: [`model-of-${id}`] }));
  const page = pages(EVIDENCE, { language: 'de', projects })[0]?.page ?? '';
  expect([...page.matchAll(/<h2>Projekt: (.*?)<\/h2>/g)].map(([, id]) => id)).toEqual(['one', 'two']);
  expect(page).toContain('<code>model-of-two</code>');
  expect(page).not.toContain('helpdesk-bot');
});

test('no number of a document is other than that of the evidence', () => {
  const [record] = pages(EVIDENCE, { language: 'en' });
  expect(record?.page).toContain('each of the 3 Regions');
  expect(record?.page).toContain('eu: 3 countries, 3 AWS Regions');
  expect(record?.page).toContain('2 templates; their hashes are in the report');
  expect(having({ ...EVIDENCE, regions: EVIDENCE.regions.slice(1) }, 'each of the 2 Regions')).toHaveLength(3);
});

test('a log that stays for less than six months is not called long enough', () => {
  const periods = { '183 days': 'no', '184 days': 'yes', '1 year': 'yes', 'until deleted': 'no' };
  for (const [period, expected] of Object.entries(periods)) {
    const evidence = {
      ...EVIDENCE,
      stores: [store('exemple-projects', 'Projects/Gateway/LogGroup', 'log group', period)],
    };
    const duties = pages(evidence, { language: 'en' }).find(({ name }) => name.startsWith('ai-act'));
    expect(duties?.page).toContain(`<td>${period}</td><td>${expected}</td>`);
  }
});

/** Marks that would become a part of the page or of the XML if a text weren't escaped. */
const CANARY = `<b onload="x('&')">]]>\u0000\u202e`;
const planted = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((one) => planted(one, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, planted(one, name)]));
  }
  return typeof value === 'string' && !FIXED.has(key) ? value + CANARY : value;
};
/** Words of the core's own types, by which a document is chosen. */
const FIXED = new Set(['kind', 'uses', 'level', 'status', 'criterion', 'country']);

test.each(DOCUMENT_LANGUAGES)('a name is never a part of the page or of the XML, in %s', (language) => {
  const evidence = planted(EVIDENCE) as Evidence;
  for (const { name, html, odt } of documents(evidence, { language, reviewedBy: CANARY, previous: EVIDENCE })) {
    const texts = [html, ...Object.values(unzipSync(odt)).map((file) => decoder.decode(file))];
    const unescaped = texts.filter((text) =>
      ['<b ', 'onload="', "'&'", '\u0000', '\u202e'].some((one) => text.includes(one)),
    );
    expect({ name, unescaped }).toEqual({ name, unescaped: [] });
    expect(html).toContain('&lt;b onload=&quot;x(&#39;&amp;&#39;)&quot;&gt;');
  }
});
