import type { PerimeterStatement } from '@/lib/perimeter/organization/document';
import { ARN_KEYS } from '../encoding/variables';
import type { RealRequest } from '../requests/real';
import { type Target, targetsFor } from '../requests/targets';
import type { ProofSet } from '../sets';
import { oneOf } from './random';

/** The policies that decide: the organization's, or the permissions boundary alone. */
export type Layer = 'organization' | 'permissions-boundary';

/** A request, and what decides on it. */
export interface RandomRequest extends RealRequest {
  readonly set: ProofSet;
  readonly layer: Layer;
}

/** Keys that a request of a person has nearly always, and values that no policy names. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  'aws:RequestedRegion': ['eu-central-1', 'us-east-1', 'eu-west-2', 'eusc-de-east-1', 'unspecified'],
  'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/Administrator', 'arn:aws:iam::111122223333:user/ada'],
  'aws:PrincipalOrgID': ['o-exampleorgid', 'o-foreignorgid'],
  'aws:SecureTransport': ['true', 'false'],
  'aws:PrincipalIsAWSService': ['false', 'true'],
};

const DEPLOYER = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1';

/** How many requests the permissions boundary decides on: it has few statements. */
const OF_BOUNDARY = 0.2;

/** Makes requests near to what a set's statements distinguish. */
export class RandomRequests {
  private readonly statements: readonly { statement: PerimeterStatement; layer: Layer; targets: readonly Target[] }[];
  private readonly values: ReadonlyMap<string, readonly string[]>;
  /** Keys that policies compare as sets. */
  private readonly sets: ReadonlySet<string>;

  constructor(
    private readonly set: ProofSet,
    targets: readonly Target[],
    private readonly random: () => number,
  ) {
    const all = set.documents.flatMap(({ kind, content }) =>
      content.Statement.map((statement) => ({ kind, statement })),
    );
    this.statements = all.map(({ kind, statement }) => ({
      statement,
      layer: kind === 'permissions-boundary' ? 'permissions-boundary' : 'organization',
      targets: targetsFor(statement, targets),
    }));
    const conditions = all.flatMap(({ statement: { Condition = {} } }) =>
      Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => ({ operator, key, values: [values].flat() })),
      ),
    );
    const values = new Map<string, string[]>();
    for (const { operator, key, values: named } of conditions)
      values.set(key, [
        ...(values.get(key) ?? USUAL[key] ?? []),
        ...(operator !== 'Null' ? named : ARN_KEYS.has(key) ? [] : ['any']),
      ]);
    this.values = values;
    this.sets = new Set(conditions.filter(({ operator }) => operator.startsWith('For')).map(({ key }) => key));
  }

  /** A request of a target of some statement, with keys that it has and values that its conditions nearly name. */
  next(): RandomRequest {
    const isBoundary = this.random() < OF_BOUNDARY;
    const { statement, layer, targets } = oneOf(
      this.random,
      this.statements.filter((one) => (one.layer === 'permissions-boundary') === isBoundary),
    );
    const target = oneOf(this.random, targets);
    const asked = new Set(Object.values(statement.Condition ?? {}).flatMap((keys) => Object.keys(keys)));
    const context = [...this.values.keys()]
      .filter((key) => (this.values.get(key) as readonly string[]).length > 0)
      .filter((key) => target.keys.includes(key))
      .filter((key) => this.random() < (key in USUAL ? 0.85 : asked.has(key) ? 0.6 : 0.15))
      .map((key): [string, string | readonly string[]] => [key, this.valuesOf(key)]);
    return {
      set: this.set,
      layer,
      action: target.action,
      resource: target.resource,
      context: Object.fromEntries(context),
    };
  }

  /** The value with which most statements let a request through. */
  private harmless(key: string): string | undefined {
    const { boundary, partition, organization } = this.set.scope;
    if (key === 'aws:RequestedRegion') return oneOf(this.random, boundary.regionCodes(partition));
    if (key === 'aws:PrincipalArn') return `arn:${partition}:iam::111122223333:role/${DEPLOYER}`;
    if (/^aws:(Principal|Resource|Source)OrgID$/.test(key)) return organization;
    return key === 'aws:SecureTransport' ? 'true' : undefined;
  }

  private valuesOf(key: string): string | readonly string[] {
    if (!this.sets.has(key)) return this.value(key);
    return Array.from({ length: 1 + Math.floor(this.random() * 3) }, () => this.value(key));
  }

  /** A value that a policy names, with its wildcards filled, or one that differs from it a little. */
  private value(key: string): string {
    const harmless = this.harmless(key);
    if (harmless !== undefined && this.random() < 0.6) return harmless;
    const text = oneOf(this.random, [...(USUAL[key] ?? []), ...(this.values.get(key) ?? [])])
      .replaceAll('*', () => oneOf(this.random, ['sample', '111122223333', 'a-b']))
      .replaceAll('?', () => oneOf(this.random, ['a', 'b', '1']));
    if (text === 'true' || text === 'false') return text;
    const near = [
      text,
      text,
      text.toUpperCase(),
      `${text}-2`,
      `x${text}`,
      text.slice(0, -1) || text,
      text.replace(/eu-(\w+)-\d/, 'us-$1-1'),
      text.replace('111122223333', '444455556666'),
    ];
    // An ARN stays one: keys that hold ARNs never hold anything else.
    return oneOf(this.random, text.startsWith('arn:') ? near.filter((one) => /^arn(:[^:]*){4}:./.test(one)) : near);
  }
}
