import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Resource } from 'aws-cdk-lib/core';
import { DECRYPT_ACTIONS, DESCRIBE_ACTIONS, ENCRYPT_ACTIONS } from './key-policy';

/** A key that encrypts and decrypts, whose grants are all made by one method. */
export abstract class SymmetricKey extends Resource implements kms.IKey {
  public abstract readonly keyArn: string;
  public abstract readonly keyId: string;

  public get keyRef(): kms.KeyReference {
    return { keyArn: this.keyArn, keyId: this.keyId };
  }

  public addAlias(aliasName: string): kms.Alias {
    return new kms.Alias(this, `Alias${aliasName}`, { aliasName, targetKey: this });
  }

  public abstract addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;

  public abstract grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;

  public grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS);
  }

  public grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...ENCRYPT_ACTIONS, ...DESCRIBE_ACTIONS);
  }

  public grantEncryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...DECRYPT_ACTIONS, ...ENCRYPT_ACTIONS, ...DESCRIBE_ACTIONS);
  }

  public grantSign(): iam.Grant {
    return this.cannot('sign');
  }

  public grantVerify(): iam.Grant {
    return this.cannot('verify');
  }

  public grantSignVerify(): iam.Grant {
    return this.cannot('sign and verify');
  }

  public grantGenerateMac(): iam.Grant {
    return this.cannot('generate MACs');
  }

  public grantVerifyMac(): iam.Grant {
    return this.cannot('verify MACs');
  }

  private cannot(use: string): never {
    throw new Error(`${this.node.path}: a symmetric encryption key can't ${use}; use a key of another type`);
  }
}
