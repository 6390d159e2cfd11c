import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { contextKeys, expanded } from './key-grants';
import { SymmetricKey } from './symmetric-key';
import { viaServiceNames } from './via-service';

/** The limit within which grants on a supplied key apply. */
export interface Limit {
  /** The service through which alone they apply. */
  readonly service?: string;
  /** The encryption context in which alone they apply. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * A key that this package didn't create, within one limit: every grant is bounded to a service or an encryption context,
 * because the key's own policy may leave everything to the policies of roles. Its grants are what the key's policy must
 * allow.
 */
export class SuppliedKey extends SymmetricKey {
  /** The key for data that one service encrypts. */
  public static through(key: kms.IKey, service: string): SuppliedKey {
    return SuppliedKey.within(key, `Through${service}`, { service });
  }

  /** The key for data encrypted in one context. */
  public static inContext(key: kms.IKey, context: Readonly<Record<string, string>>): SuppliedKey {
    const id = `In${Object.values(context).join('-')}`.replace(/[^A-Za-z0-9-]/g, '-');
    return SuppliedKey.within(key, id, { context });
  }

  /** The uses of a key that constructs of the app have made so far. */
  public static of(key: kms.IKey): SuppliedKey[] {
    return key.node.children.filter((child): child is SuppliedKey => child instanceof SuppliedKey);
  }

  private static within(key: kms.IKey, id: string, limit: Limit): SuppliedKey {
    if (key instanceof SuppliedKey) return key;
    return (key.node.tryFindChild(id) as SuppliedKey | undefined) ?? new SuppliedKey(key, id, limit);
  }

  public readonly keyArn: string;
  public readonly keyId: string;
  public readonly service?: string;

  private readonly equals: Readonly<Record<string, string | string[]>>;
  private readonly roles = new Map<string, iam.Role[]>();
  private readonly further: iam.PolicyStatement[] = [];

  private constructor(
    private readonly key: kms.IKey,
    id: string,
    { service, context = {} }: Limit,
  ) {
    super(key, id);
    this.keyArn = key.keyArn;
    this.keyId = key.keyId;
    this.service = service;
    this.equals = {
      ...(service !== undefined && { 'kms:ViaService': viaServiceNames(service, key.env.region) }),
      ...contextKeys(context),
    };
  }

  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    return this.key.addToResourcePolicy(statement, true);
  }

  public grant(grantee: iam.IGrantable, ...given: string[]): iam.Grant {
    const actions = expanded(given);
    const { grantPrincipal } = grantee;
    if (grantPrincipal instanceof iam.Role) {
      const together = actions.join(' ');
      this.roles.set(together, [...new Set([...(this.roles.get(together) ?? []), grantPrincipal])]);
    }
    return iam.Grant.addToPrincipalOrResource({
      grantee,
      actions,
      resource: this.key,
      resourceArns: [this.keyArn],
      resourceSelfArns: ['*'],
      conditions: { StringEquals: this.equals },
    });
  }

  /** Records a statement that the key's policy needs besides those of grants. */
  public need(statement: iam.PolicyStatement): void {
    this.further.push(statement);
  }

  /** What the key's policy needs for the grants so far. */
  public policyStatements(): iam.PolicyStatement[] {
    const named = [...this.roles].map(
      ([together, roles]) =>
        new iam.PolicyStatement({
          actions: together.split(' '),
          principals: [new iam.AccountPrincipal(Stack.of(this.key).account)],
          resources: ['*'],
          conditions: {
            ArnEquals: { 'aws:PrincipalArn': roles.map(({ roleArn }) => roleArn) },
            StringEquals: this.equals,
          },
        }),
    );
    return [...named, ...this.further];
  }
}
