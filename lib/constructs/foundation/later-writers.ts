import * as iam from 'aws-cdk-lib/aws-iam';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import type { PolicyKey } from '../keys/policy-key';
import type { ResidencyKey } from '../keys/residency-key';

/**
 * The roles of stacks that are deployed later and write into the evidence bucket; so their ARNs name them. All are in one statement of the
 * key's policy, which has room for few.
 */
export class LaterWriters {
  private readonly roleArns: string[] = [];

  constructor(
    private readonly key: ResidencyKey,
    private readonly sid: string,
    private readonly actions: string[],
  ) {}

  /** The ARNs of all of them, complete once the app is. */
  public get allArns(): string[] {
    return Lazy.list({ produce: () => this.roleArns });
  }

  /**
   * Grants using the key through S3.
   *
   * @param roleName the role's name, known at synthesis
   * @returns whether it is the first one
   */
  public add(role: iam.Role, roleName: string): boolean {
    const { key, actions } = this;
    const stack = Stack.of(key);
    this.roleArns.push(stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: roleName }));
    const isFirst = this.roleArns.length === 1;
    const viaService = { 'kms:ViaService': (key.key as PolicyKey).viaService('s3') };
    if (isFirst) {
      key.key.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: this.sid,
          actions,
          principals: [new iam.AccountRootPrincipal()],
          resources: ['*'],
          conditions: { ArnEquals: { 'aws:PrincipalArn': this.allArns }, StringEquals: viaService },
        }),
      );
    }
    role.addToPolicy(
      new iam.PolicyStatement({ actions, resources: [key.key.keyArn], conditions: { StringEquals: viaService } }),
    );
    return isFirst;
  }
}
