import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Ledger, type LedgerProps } from '../constructs/ledger/ledger';

/** Construction properties for a LedgerStack. */
export interface LedgerStackProps extends StackProps, LedgerProps {}

/** The ledger of requests of all tenants. */
export class LedgerStack extends Stack {
  /** The ledger. */
  public readonly ledger: Ledger;

  constructor(scope: Construct, id: string, props: LedgerStackProps) {
    super(scope, id, props);
    this.ledger = new Ledger(this, 'Ledger', props);
    const outputs: [string, string, string][] = [
      ['LedgerKey', 'The key that signs checkpoints; its public key verifies them', this.ledger.keyArn],
      ['LedgerOrigin', 'The name of the ledger in each checkpoint', this.ledger.origin],
      ['LedgerFunction', 'The function that closes hours', this.ledger.handler.functionName],
    ];
    for (const [id, description, value] of outputs) new CfnOutput(this, id, { description, value });
  }
}
