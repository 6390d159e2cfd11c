import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { notifyKeyDisabled } from '../alerts/key-disabled';
import type { Foundation } from './foundation';

/** Construction properties for a KeyWatch. */
export interface KeyWatchProps {
  /** The foundation whose alerts send the notifications, and whose trail records the calls. */
  readonly foundation: Foundation;

  /**
   * The keys to watch: keys in the Region of the foundation, or a RecoveryReplica's, whose events are forwarded from
   * its Region.
   */
  readonly keys: kms.IKey[];
}

/**
 * Notifies the recipients of a foundation's alerts when a key is disabled or scheduled for deletion. The message names
 * the key, the call, the time and the trail's event. It doesn't name the caller; only principals that can read the
 * trail can identify them.
 */
export class KeyWatch extends Construct {
  constructor(scope: Construct, id: string, props: KeyWatchProps) {
    super(scope, id);
    const { foundation, keys } = props;
    notifyKeyDisabled(this, foundation._channel, keys);
  }
}
