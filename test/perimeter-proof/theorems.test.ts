import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GLOBAL_ACTIONS } from '@/lib/perimeter/organization/global-actions';
import { mutated, mutationsOf } from '../support/perimeter-mutations';
import { Statements } from './allowed';
import { all, any } from './encoding/formula';
import type { Assignment } from './encoding/smt';
import { type ProofSet, SETS } from './sets';
import { decide } from './solver/decide';
import { OPEN_COPIES } from './theorems/copies';
import { OPEN_GRANTS } from './theorems/grants';
import { THEOREMS, theoremsOf } from './theorems/theorems';

const ENFORCERS = ['scp', 'rcp', 'permissions-boundary'] as const;

/** The promises that some request would break, with that request. */
function broken({ scope, documents }: ProofSet): unknown[] {
  const statements = new Statements();
  const asked = ENFORCERS.flatMap((by) =>
    theoremsOf(scope, by).map((theorem) => ({
      by,
      promise: theorem.promise,
      question: all(statements.allowed(documents, by), theorem.broken(scope)),
    })),
  );
  const answers = decide(
    asked.map(({ question }) => question),
    statements.formulas,
  );
  return asked.flatMap(({ by, promise }, index) => {
    const request = answers[index];
    return request ? { by, promise, request: shown(request) } : [];
  });
}

/** A request without the keys that it doesn't have. */
const shown = (request: Assignment): Assignment =>
  Object.fromEntries(
    Object.entries(request).filter(([name, value]) => {
      const [key = ''] = name.split(' ');
      return value !== false && request[`has ${key}`] !== false;
    }),
  );

/** The statements whose removal breaks no promise. */
function dispensable({ scope, documents }: ProofSet): string[] {
  const statements = new Statements();
  const removals = mutationsOf(documents).filter(({ kind, document, sid }) => {
    const effect = document.content.Statement.find(({ Sid }) => Sid === sid)?.Effect;
    return kind === 'removed' && effect === 'Deny';
  });
  const breaks = new Map(
    ENFORCERS.map((by) => [by, any(...theoremsOf(scope, by).map((theorem) => theorem.broken(scope)))]),
  );
  const answers = decide(
    removals.map((one) =>
      all(statements.allowed(mutated(documents, one), one.document.kind), any(breaks.get(one.document.kind) ?? all())),
    ),
    [...statements.formulas, ...breaks.values()],
  );
  return removals.flatMap(({ sid }, index) => (answers[index] ? [] : sid));
}

jest.setTimeout(300_000);

test.each(SETS)('every promise is kept for every request: $name', (set) => {
  expect(broken(set)).toEqual([]);
});

test.each(SETS)('every denial is needed by a promise: $name', (set) => {
  expect(dispensable(set)).toEqual([]);
});

test('a set without documents keeps no promise', () => {
  const [set] = SETS as [ProofSet];
  const promises = THEOREMS.filter(({ by }) => !by.includes('permissions-boundary')).length;
  expect(broken({ ...set, documents: [] }).length).toBeGreaterThanOrEqual(promises - 1);
});

test('the exempt actions are these, each with a reason and a source', () => {
  console.info(GLOBAL_ACTIONS.map(({ action, reason }) => `${action}: ${reason}`).join('\n'));
  expect(GLOBAL_ACTIONS.map(({ action }) => action)).toEqual([
    'account:EnableRegion',
    'account:GetRegionOptStatus',
    'account:ListRegions',
    'aws-marketplace:Subscribe',
    'aws-marketplace:Unsubscribe',
    'aws-marketplace:ViewSubscriptions',
    'health:Describe*',
    'iam:*',
    'organizations:*',
    'route53:*',
    'servicequotas:Get*',
    'servicequotas:List*',
    'servicequotas:RequestServiceQuotaIncrease',
    'support:*',
  ]);
  for (const { reason, source, asOf } of GLOBAL_ACTIONS) {
    expect(reason.length).toBeGreaterThan(20);
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});

test('docs/PROOF.md lists every promise, and no other', () => {
  const page = readFileSync(path.join(__dirname, '../../docs/PROOF.md'), 'utf8');
  const [, table = ''] = page.split('| promise | kept by |');
  const [rows = ''] = table.split('\n\n');
  const listed = rows.split('\n').flatMap((line) => /^\| (.+?) \| /.exec(line)?.[1] ?? []);
  expect(listed).toEqual(THEOREMS.map(({ promise }) => promise));
});

test('docs/PROOF.md names the services that no promise covers', () => {
  const page = readFileSync(path.join(__dirname, '../../docs/PROOF.md'), 'utf8');
  for (const [begin, services] of [
    ['- Copies and exports by these services: ', OPEN_COPIES],
    ['- Policies and permissions of these services: ', OPEN_GRANTS],
  ] as const) {
    const line = page.split('\n').find((one) => one.startsWith(begin));
    expect(line).toBe(`${begin}${services.map((service) => `\`${service}\``).join(', ')}.`);
  }
});

test('every promise is stated once', () => {
  const promises = THEOREMS.map(({ promise }) => promise);
  expect(promises).toEqual([...new Set(promises)]);
});
