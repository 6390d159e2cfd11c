import { evaluate, type Request } from '../../iam/evaluator/evaluator';
import type { Json } from '../../iam/support/physical';
import { Statements } from '../allowed';
import { all } from '../encoding/formula';
import { IAM_RULES, type Rules } from '../encoding/rules';
import { type Assignment, Encoding } from '../encoding/smt';
import { textsOf } from '../encoding/texts';
import { ACTION, keyVariable, partOf, presenceOf, RESOURCE } from '../encoding/variables';
import { partsOf } from '../requests/real';
import { ACCOUNT } from '../requests/targets';
import type { ProofSet } from '../sets';
import { evaluateFormulas } from '../solver/solver';
import type { Layer, RandomRequest } from './random-request';

/** Whether each request is allowed by the encoding, decided by the solver. */
export function encodedVerdicts(requests: readonly RandomRequest[], rules: Rules = IAM_RULES): boolean[] {
  const verdicts = new Map<RandomRequest, boolean>();
  for (const set of new Set(requests.map((one) => one.set))) {
    const asked = requests.filter((one) => one.set === set);
    verdictsOf(set, asked, rules).forEach((verdict, index) => {
      verdicts.set(asked[index] as RandomRequest, verdict);
    });
  }
  return requests.map((one) => verdicts.get(one) as boolean);
}

function verdictsOf(set: ProofSet, requests: readonly RandomRequest[], rules: Rules): boolean[] {
  const statements = new Statements(rules);
  const layers: readonly Layer[] = ['organization', 'permissions-boundary'];
  const formulas = [
    all(statements.allowed(set.documents, 'scp'), statements.allowed(set.documents, 'rcp')),
    statements.allowed(set.documents, 'permissions-boundary'),
  ];
  const encoding = new Encoding(formulas, textsOf());
  return evaluateFormulas({
    declarations: encoding.declarations(),
    formulas: formulas.map((formula) => `(assert ${encoding.term(formula)})`),
    requests: requests.map((one) => ({
      formula: layers.indexOf(one.layer),
      values: encoding.assigned(assignmentOf(one)),
    })),
  });
}

/** The values of a request's variables. */
export function assignmentOf({ action, resource, context }: Omit<RandomRequest, 'set' | 'layer'>): Assignment {
  const arn = (name: string, text: string): Assignment =>
    Object.fromEntries(Object.entries(partsOf(text)).map(([part, one]) => [partOf(name, part as never), one]));
  return {
    [ACTION]: action,
    ...(resource === '*' ? { 'resource is *': true } : arn(RESOURCE, resource)),
    ...Object.fromEntries(
      Object.entries(context).flatMap(([key, value]) => [
        [presenceOf(key), true],
        [keyVariable(key), value],
        ...(typeof value === 'string' && value.startsWith('arn:') ? Object.entries(arn(keyVariable(key), value)) : []),
      ]),
    ),
  };
}

const ANYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };

/** What the evaluator said of a request. */
export interface EvaluatedVerdict {
  readonly isAllowed: boolean;
  /** Why the verdict isn't one: the request is malformed, or a key of it was ignored. */
  readonly problem?: string;
}

/** Whether each request is allowed by the evaluator. Everything but the documents allows everything. */
export function evaluatedVerdicts(requests: readonly RandomRequest[]): EvaluatedVerdict[] {
  const policies: Record<string, Json> = { everything: { Version: '2012-10-17', Statement: [ANYTHING] } };
  const named = ({ name, documents }: ProofSet, wanted: string): string[] =>
    documents
      .filter(({ kind }) => kind === wanted)
      .map((document) => {
        const id = `${name}: ${document.name}`;
        policies[id] = document.content;
        return id;
      });
  const asked = requests.map(({ set, layer, action, resource, context }): Request => {
    const { partition } = set.scope;
    const forAccount = `for the account of ${partition}`;
    policies[forAccount] ??= {
      Version: '2012-10-17',
      Statement: [{ ...ANYTHING, Principal: { AWS: `arn:${partition}:iam::${ACCOUNT}:root` } }],
    };
    const [boundary] = named(set, 'permissions-boundary');
    return {
      principal: `arn:${partition}:iam::${ACCOUNT}:role/Administrator`,
      account: ACCOUNT,
      action,
      resource,
      context,
      identity: ['everything'],
      // A key and a role must let their own account in.
      ...(/^(kms|sts):/.test(action) && { resourcePolicy: forAccount }),
      ...(layer === 'organization' ? { scps: named(set, 'scp'), rcps: named(set, 'rcp') } : { boundary }),
    };
  });
  return evaluate(policies, asked).map(({ result, error, ignored }) => ({
    isAllowed: result === 'Allowed',
    ...(error !== undefined && { problem: error }),
    ...(ignored.length > 0 && { problem: `the evaluator ignored ${ignored.join(', ')}` }),
  }));
}
