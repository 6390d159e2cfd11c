import type { PolicyDocument } from '@/lib/perimeter/organization/document';
import { type Mutation, mutated, mutationsOf } from '../../support/perimeter-mutations';
import { Statements } from '../allowed';
import { all, any, type Formula, not } from '../encoding/formula';
import { ARN_KEYS, keyArnLike, present } from '../encoding/variables';
import type { ProofSet } from '../sets';
import { decide } from '../solver/decide';
import type { Enforcer } from '../theorems/theorem';
import { theoremsOf } from '../theorems/theorems';
import { isReal, type RealRequest, realRequest } from './real';
import { ACCOUNT, keysOf, type Target, targetsFor, targetsOf } from './targets';

/** A request that a mutation changes the verdict on. */
export interface FoundRequest extends RealRequest {
  readonly mutation: Mutation;
}

/** What a search found: a request for each mutation that lets one through, and the mutations that let none through. */
export interface Search {
  readonly found: readonly FoundRequest[];
  readonly unnoticed: readonly Mutation[];
}

const ENFORCERS: readonly Enforcer[] = ['scp', 'rcp', 'permissions-boundary'];

/**
 * Searches for each removed or loosened statement of a set for a request that breaks a promise: allowed after the mutation, of an action,
 * resource and keys that AWS has. Requests of an administrator in a Region are tried before others.
 */
export function search(set: ProofSet, targets: readonly Target[] = targetsOf(set)): Search {
  const results = ENFORCERS.map((by) => searchOf(set, by, targets));
  return {
    found: results.flatMap(({ found }) => found),
    unnoticed: results.flatMap(({ unnoticed }) => unnoticed),
  };
}

/** The search for the documents of one kind, whose statements decide without the others. */
function searchOf(set: ProofSet, by: Enforcer, targets: readonly Target[]): Search {
  const documents = set.documents.filter(({ kind }) => kind === by);
  const keys = keysOf(documents);
  const statements = new Statements();
  const before = statements.allowed(documents, by);
  const broken = any(...theoremsOf(set.scope, by).map((one) => one.broken(set.scope)));
  const real = realBySid(documents, keys, targets);
  const isUsual = all(
    present('aws:RequestedRegion'),
    keyArnLike('aws:PrincipalArn', `arn:${set.scope.partition}:iam::${ACCOUNT}:role/Administrator`),
  );
  const mutations = mutationsOf(documents).filter(({ kind }) => kind !== 'tightened');
  const questions = mutations.map((mutation) => {
    const after = statements.allowed(mutated(documents, mutation), by);
    // An allowance that is gone denies what was allowed; everything else lets a request through.
    const isLost = mutation.kind === 'removed' && isAllowance(mutation);
    return all(isLost ? all(before, not(after)) : all(after, broken), real.get(mutation.sid) as Formula);
  });
  const shared = [...statements.formulas, broken, ...real.values()];
  const usual = decide(
    questions.map((question) => all(question, isUsual)),
    shared,
  );
  const open = questions.filter((_, index) => usual[index] === undefined);
  const others = decide(open, shared);
  const found: FoundRequest[] = [];
  const unnoticed: Mutation[] = [];
  mutations.forEach((mutation, index) => {
    const model = usual[index] ?? others[open.indexOf(questions[index] as Formula)];
    if (model === undefined) unnoticed.push(mutation);
    else found.push({ mutation, ...realRequest(model, keys, targets, (key) => ARN_KEYS.has(key)) });
  });
  return { found, unnoticed };
}

/** For each statement: the request is about a target of it, with keys that such requests have. */
function realBySid(
  documents: readonly PolicyDocument[],
  keys: readonly string[],
  targets: readonly Target[],
): ReadonlyMap<string, Formula> {
  const statements = documents.flatMap(({ content }) => content.Statement);
  return new Map(statements.map((statement) => [statement.Sid, isReal(targetsFor(statement, targets), keys)]));
}

const isAllowance = ({ document, sid }: Mutation): boolean =>
  document.content.Statement.some(({ Sid, Effect }) => Sid === sid && Effect === 'Allow');
