import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { MANAGEMENT_ACTIONS } from '../keys/key-policy';
import { RETAINED_ONCE_CREATED } from '../shared/removal';
import { requireInside } from '../shared/require-inside';

/** Construction properties for a LedgerKey. */
export interface LedgerKeyProps {
  readonly boundary: ResidencyBoundary;
  /** The only principal that signs. */
  readonly signer: iam.IRole;
}

/**
 * The key that signs the ledger's checkpoints. It never leaves KMS, and encrypts nothing. Anyone in the account with
 * permission can read its public key.
 */
export class LedgerKey extends Construct {
  public readonly keyArn: string;

  /** The key, to watch. */
  public readonly key: kms.IKey;

  constructor(scope: Construct, id: string, { boundary, signer }: LedgerKeyProps) {
    super(scope, id);
    requireInside(this, boundary, 'its key signs evidence');
    const account = [new iam.AccountRootPrincipal()];
    const resource = new kms.CfnKey(this, 'Resource', {
      description: `Signs the checkpoints of ${scope.node.path}`,
      keySpec: kms.KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      multiRegion: false,
      pendingWindowInDays: 30,
      keyPolicy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'AccountManages',
            actions: [...MANAGEMENT_ACTIONS, 'kms:GetPublicKey'],
            principals: account,
            resources: ['*'],
          }),
          new iam.PolicyStatement({
            sid: 'LedgerSigns',
            actions: ['kms:Sign'],
            // By a condition: a policy that names a role as principal can't be updated once the role is deleted.
            principals: account,
            resources: ['*'],
            conditions: {
              ArnEquals: { 'aws:PrincipalArn': signer.roleArn },
              StringEquals: { 'kms:MessageType': 'RAW', 'kms:SigningAlgorithm': 'ED25519_SHA_512' },
            },
          }),
        ],
      }),
    });
    resource.applyRemovalPolicy(RETAINED_ONCE_CREATED);
    this.keyArn = resource.attrArn;
    this.key = kms.Key.fromKeyArn(this, 'Watched', this.keyArn);
    for (const actions of [['kms:Sign'], ['kms:GetPublicKey']]) {
      signer.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [this.keyArn] }));
    }
  }
}
