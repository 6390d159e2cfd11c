import { readFileSync } from 'node:fs';
import path from 'node:path';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { GLOBAL_ACTIONS } from '@/lib/perimeter/organization/global-actions';
import { scope, statementsOf } from './scope';

const PAGE = readFileSync(path.join(__dirname, '../../../docs/PERIMETER.md'), 'utf8');
const STATEMENTS = statementsOf(
  perimeterDocuments(
    scope({
      requiresBoundary: true,
      managementRoles: ['AWSControlTowerExecution'],
      managementAccount: '000011112222',
      deployments: ['exemple'],
    }),
  ),
);

test('the page describes every statement, and no other', () => {
  const described = [...PAGE.matchAll(/^\| ((?:`[A-Z]\w+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) =>
    cell.split(', ').map((one) => one.replaceAll('`', '')),
  );
  const inText = ['BoundaryActions', 'BoundaryRegionsOutside', 'BoundaryModelsOutside', 'BoundaryProfilesOutside'];
  expect([...described, ...inText].sort()).toEqual(STATEMENTS.map(({ Sid }) => Sid).sort());
  for (const sid of inText) expect(PAGE).toContain(`\`${sid}\``);
});

test('the page and the statement name the same exempt actions, each with a reason and a source', () => {
  const rows = GLOBAL_ACTIONS.map(
    ({ action, reason, source }) => `| \`${action}\` | ${reason} [Source](${source}) |`,
  ).join('\n');
  expect(PAGE).toContain(`\n| action | why |\n|---|---|\n${rows}\n\n`);
  expect(GLOBAL_ACTIONS.map(({ action }) => action)).toEqual(
    STATEMENTS.find(({ Sid }) => Sid === 'RegionsOutside')?.NotAction,
  );
  expect(GLOBAL_ACTIONS.filter(({ asOf }) => !/^2026-\d\d-\d\d$/.test(asOf))).toEqual([]);
});

test.each([
  'kms:*',
  'cloudfront:*',
  'globalaccelerator:*',
  'chime:*',
  'chatbot:*',
  's3:CreateMultiRegionAccessPoint',
  'sts:*',
])('%s is not exempt from the denial of Regions', (action) =>
  expect(GLOBAL_ACTIONS.map((one) => one.action)).not.toContain(action),
);

test.each([
  ['aws', 3],
  ['aws-eusc', 4],
])('in %s, the boundary of the EU needs %i SCPs, as the page says', (partition, count) => {
  const documents = perimeterDocuments(scope({ partition, hasEgress: true, requiresBoundary: true }));
  expect(documents.filter(({ kind }) => kind === 'scp')).toHaveLength(count);
});

test('three roles that deploy fit in the sovereign partition, as the page says', () => {
  const deployRoles = ['cdk-*-cfn-exec-role-*', 'AWSReservedSSO_Bootstrap_*', 'stacksets-exec-*'];
  const set = scope({ partition: 'aws-eusc', hasEgress: true, requiresBoundary: true, deployRoles });
  expect(perimeterDocuments(set).filter(({ kind }) => kind === 'scp')).toHaveLength(4);
});
