import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import { certificatesPrefix } from '../../contract/objects';
import type { PolicyKey } from '../keys/policy-key';
import type { ResidencyKey } from '../keys/residency-key';
import { acknowledgeObjects } from '../shared/acknowledge-objects';

/**
 * The roles that write certificates into the evidence bucket. They belong to stacks that are deployed later, so their
 * ARNs name them. All are in one statement, because a key policy has room for few.
 */
export class CertificateWriters {
  private readonly roleArns: string[] = [];

  constructor(
    private readonly bucket: s3.IBucket,
    private readonly key: ResidencyKey,
  ) {}

  /**
   * Grants writing the certificates of one workspace, and reading none.
   *
   * @param roleName the role's name, known at synthesis
   */
  public add(role: iam.Role, roleName: string, workspaceId: string): void {
    const { key, bucket } = this;
    const stack = Stack.of(key);
    this.roleArns.push(stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: roleName }));
    const viaService = { 'kms:ViaService': (key.key as PolicyKey).viaService('s3') };
    const actions = ['kms:GenerateDataKey'];
    if (this.roleArns.length === 1) {
      key.key.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: 'CertificatesAreWritten',
          actions,
          principals: [new iam.AccountRootPrincipal()],
          resources: ['*'],
          conditions: {
            ArnEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => this.roleArns }) },
            StringEquals: viaService,
          },
        }),
      );
    }
    role.addToPolicy(
      new iam.PolicyStatement({ actions, resources: [key.key.keyArn], conditions: { StringEquals: viaService } }),
    );
    const objects = [bucket.arnForObjects(`${certificatesPrefix(workspaceId)}*`)];
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: objects }));
    acknowledgeObjects(role, objects, 'each erasure has its own certificate, below the prefix of its workspace');
  }
}
