import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tellOfKeyEnding } from '../alerts/key-ending';
import type { Foundation } from './foundation';

/** Construction properties for a KeyWatch. */
export interface KeyWatchProps {
  /** Whose alerts tell of it, and whose trail sees it. */
  readonly foundation: Foundation;

  /** The keys to watch, in the Region of the foundation, or a RecoveryReplica's, whose Region tells of it. */
  readonly keys: kms.IKey[];
}

/**
 * Tells whom a foundation tells when a key is disabled or scheduled for deletion. The message names the key, the call, the
 * time and the event of the trail; not who did it, which the trail says to whoever may read it.
 */
export class KeyWatch extends Construct {
  constructor(scope: Construct, id: string, { foundation, keys }: KeyWatchProps) {
    super(scope, id);
    tellOfKeyEnding(this, foundation._channel, keys);
  }
}
