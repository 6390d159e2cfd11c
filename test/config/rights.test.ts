import { readFileSync } from 'node:fs';
import { readConfig } from '@/lib/config/load';
import { DEFAULT_ERASURE_OF_OTHERS, HAND_OVER_DAYS } from '@/lib/contract/rights';

/** The rules that a file sets for its workspace. */
const rulesIn = (rights: string) =>
  readConfig(
    `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant]${rights} }
`,
    'residency.yaml',
  ).deployment?.workspaces[0]?.rights;

test.each([
  ['', undefined],
  [', rights: {}', {}],
  [', rights: { handOver: {} }', {}],
  [', rights: { handOver: { delay: 1d } }', { handOverDays: HAND_OVER_DAYS.min }],
  [
    ', rights: { handOver: { delay: 30d }, erasureOfOthers: second-person }',
    { handOverDays: HAND_OVER_DAYS.max, erasureOfOthers: 'second-person' },
  ],
  [', rights: { erasureOfOthers: delay }', { erasureOfOthers: 'delay' }],
])('a workspace%s has the rules %j', (rights, expected) => {
  expect(rulesIn(rights)).toEqual(expected);
});

test('docs/CONFIG.md names the defaults that apply', () => {
  const page = readFileSync('docs/CONFIG.md', 'utf8');
  expect(page).toContain(`By default \`${HAND_OVER_DAYS.default}d\``);
  expect(page).toContain(`\`${DEFAULT_ERASURE_OF_OTHERS}\` (default)`);
});
