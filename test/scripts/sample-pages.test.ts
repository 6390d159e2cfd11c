import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readInputs } from '@/lib/guard/assembly/read-inputs';
import { billOf, sumOfParts } from '@/lib/report/cost/bill';
import { architecturePage } from '@/scripts/pages/architecture-page';
import { costPage, readmeCost } from '@/scripts/pages/cost-page';
import { sampleAssembly } from '@/scripts/pages/sample-assembly';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');
const page = read(architecturePage.file);

test.each([architecturePage, costPage, readmeCost])(
  '$file matches the deployed sample; after a change: npm run docs',
  ({ file, render }) => {
    expect(read(file)).toBe(render());
  },
);

test('the architecture page draws each resource of the sample or lists its type', () => {
  const folder = sampleAssembly();
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  const resources: { readonly Type: string; readonly Metadata?: Record<string, string> }[] = templates.flatMap((file) =>
    Object.values(JSON.parse(readFileSync(path.join(folder, file), 'utf8')).Resources),
  );
  const [graphs = '', listed = ''] = page.split('\n## Not drawn\n');
  const [, each = ''] = graphs.split('\n## By resource\n');
  const missing = resources.filter(({ Type, Metadata }) => {
    const [, ...parts] = Metadata?.['aws:cdk:path']?.split('/') ?? [];
    const construct = parts.slice(0, -1).filter((part) => part !== 'Resource');
    return !each.includes(`["${construct.join('/')}<br/>`) && !listed.includes(`\n- \`${Type}\`\n`);
  });
  expect(resources.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

test('the bill of the sample is the one that is worked out by hand, to the cent', () => {
  const use = {
    members: 800,
    active: 0.6,
    turns: 120,
    requests: 0,
    inputTokens: 3000,
    outputTokens: 500,
    cached: 0.8,
    files: 0,
  };
  const { fixed, use: used } = billOf(readInputs([sampleAssembly()]).templates, { use, now: new Date('2026-11-30') });
  const lines = [...fixed.lines, ...used].map(({ tenant, item, cents }) => [tenant, item, cents]);
  const sciences = 'workspace/sciences';
  const model = 'eu.anthropic.claude-sonnet-5';
  // 60 % of 800 members are active: 480 members with 120 turns each, 57,600 turns.
  expect(lines).toEqual([
    // 4 keys: of logs, of evidence, of alerts, and of the ledger. 4 × $1.00
    ['shared', 'KMS keys', 4_00],
    // Bedrock and KMS in 2 zones: 4 × 730 hours × $0.012 = 2,920 × $0.012
    ['shared', 'interface endpoints', 35_04],
    // 1 × $5.00
    ['shared', 'web ACL', 5_00],
    // The rates of an address with and without a key, and the reputation of addresses: 3 × $1.00
    ['shared', 'rules of the web ACL', 3_00],
    // 14 × $0.30
    ['shared', 'metrics of the hourly check', 4_20],
    // 8 of the foundation and 4 of the ledger: 12 × $0.10
    ['shared', 'alarms', 1_20],
    // 1 × $3.00
    ['shared', 'dashboards', 3_00],
    // 1 × $1.00
    [sciences, 'KMS keys', 1_00],
    // Failures, throttles, unreadable content, stale key sets, a job failed, job recovery failed, and rights notices: 7 × $0.10
    [sciences, 'alarms', 70],
    // 1 × $1.00
    ['projects', 'KMS keys', 1_00],
    // Failures, throttles, and refusals as unverified: 3 × $0.10
    ['projects', 'alarms', 30],
    // 1 × $0.30
    ['shared', 'metrics of the ledger', 30],
    // 480 of 10,000 free ones
    [sciences, 'users of the user pool', 0],
    // 57,600 × $0.60 ÷ 1,000,000 = $0.03456
    [sciences, 'requests through the web ACL', 3],
    // 57,600 × $3.70 ÷ 1,000,000 = $0.21312
    [sciences, 'requests of the API', 21],
    // 57,600 × $0.20 ÷ 1,000,000 = $0.01152
    [sciences, 'calls of functions', 1],
    // 57,600 × 10 seconds × 1 GB × $0.0000133334 = 576,000 × $0.0000133334 = $7.68004
    [sciences, 'time of functions', 7_68],
    // 4 further calls, and 3,000 tokens × 5 bytes ÷ 4,096 = 3.7, so 4 units: 57,600 × 8 × $0.1525 ÷ 1,000,000 = $0.07027
    [sciences, 'table reads', 7],
    // 600 new and 500 answered tokens × 5 bytes = 5,500, and 8,192 of the segment: 13.4 KB and a header, so 15 units, twice; 2 counts; a link to the record, with its index; 2 counts of the month.
    // 57,600 × 36 × $0.7625 ÷ 1,000,000 = $1.58112
    [sciences, 'table writes', 1_58],
    // 57,600 × $0.03 ÷ 10,000 = $0.1728
    [sciences, 'requests to KMS', 17],
    // 4 calls for content, 4 others, the link to the record, and 2 counts of the month: 57,600 × 11 × $0.10 ÷ 100,000 = $0.6336
    [sciences, 'data events of the trail', 63],
    // 57,600 × 4,096 bytes = 0.21973 GB × $0.63 = $0.13843
    [sciences, 'logs, written', 14],
    // 12 months: 2.63672 GB × $0.0324 = $0.08543
    [sciences, 'logs, stored', 9],
    // 57,600 × 3,500 tokens × 5 bytes = 0.93877 GB × $0.01 = $0.00939
    [sciences, 'data through interface endpoints', 1],
    // 57,600 × 500 tokens × 300 bytes = 8.04663 GB × $0.09 = $0.72420
    [sciences, 'data to the internet', 72],
    // 57,600 × 5,500 bytes × 12 months (365 days) = 3.54052 GB × $0.306 = $1.08340
    [sciences, 'content in tables', 1_08],
    // 3.54052 GB × $0.2448 = $0.86672
    [sciences, 'backups of tables', 87],
    [sciences, 'files', 0],
    // 57,600 × 3,000 tokens = 172.8 million × $2.20
    [sciences, `input of ${model}`, 380_16],
    // 57,600 × 500 tokens = 28.8 million × $11.00
    [sciences, `output of ${model}`, 316_80],
    // 80 % of 172.8 million = 138.24 million × $0.22 = $30.4128
    [sciences, `input of ${model}, from its cache`, 30_41],
    // 20 % of 172.8 million = 34.56 million × $2.75
    [sciences, `input of ${model}, to its cache`, 95_04],
    // 28.8 million × $11.00
    [sciences, `output of ${model}`, 316_80],
  ]);
  // 4.00 + 35.04 + 5.00 + 3.00 + 4.20 + 1.20 + 3.00 + 0.30 = 55.74; 1.00 + 0.60 = 1.60; 1.00 + 0.30 = 1.30; together
  expect(sumOfParts(fixed.lines, 'fixed')).toEqual({ cents: 58_74, isComplete: true });
  // 0.03 + 0.21 + 0.01 + 7.68 + 0.07 + 1.58 + 0.17 + 0.63 + 0.14 + 0.09 + 0.01 + 0.72 + 1.08 + 0.87
  expect(sumOfParts(used, 'use')).toEqual({ cents: 13_29, isComplete: true });
  // 380.16 + 316.80, and 30.41 + 95.04 + 316.80
  expect(sumOfParts(used, 'model')).toEqual({ cents: 696_96, isComplete: true });
  expect(sumOfParts(used, 'cached-model')).toEqual({ cents: 442_25, isComplete: true });
  expect(fixed.unknown).toEqual([]);
});

test.each([
  ['By part', 'Projects/Gateway', 'Workspace/Gateway', 'Workspace/Conversations'],
  [
    'By resource',
    'Projects/Gateway/Gateway/Function',
    'Workspace/Gateway/Gateway/Function',
    'Workspace/Conversations/Table',
  ],
])('the graph "%s" connects a workspace to its content store, and the projects to none', (heading, ...boxes) => {
  const [, graph = ''] = new RegExp(`\n## ${heading}\n.*?^\`\`\`mermaid\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? [];
  const [projects, workspace, store] = boxes.map((text) => new RegExp(`(n\\d+)\\["${text}<br/>`).exec(graph)?.[1]);
  expect(store).toMatch(/^n\d+$/);
  expect(graph).toContain(`  ${workspace} --> ${store}\n`);
  expect(graph).toContain(`  ${projects} --> `);
  expect(graph).not.toContain(`  ${projects} --> ${store}\n`);
});
