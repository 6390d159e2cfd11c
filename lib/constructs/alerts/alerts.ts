import type * as sns from 'aws-cdk-lib/aws-sns';
import { ALERT_ADDRESS } from '../../config/schema/alert-address';

/** Who is told when something is wrong, or why nobody is. */
export class Alerts {
  /**
   * A new topic tells these.
   *
   * SNS asks each of them to confirm, and tells nobody who hasn't.
   *
   * @param addresses e-mail addresses, and `https://` URLs whose host is declared as a place; at least one
   */
  public static to(...addresses: string[]): Alerts {
    const wrong = addresses.find((address) => !ALERT_ADDRESS.test(address));
    if (wrong !== undefined || addresses.length === 0) {
      throw new Error(
        `alerts must go to e-mail addresses or https:// URLs, at least one, got ${wrong === undefined ? 'none' : `'${wrong}'`}; ` +
          "name one, or say why nobody is told with Alerts.none('...')",
      );
    }
    return new Alerts([...new Set(addresses)]);
  }

  /**
   * A topic that there is already tells its subscribers.
   *
   * Its own policy must let `cloudwatch.amazonaws.com` publish; the policy of its key, if it has one, must let
   * `cloudwatch.amazonaws.com` decrypt and generate data keys, and the role of the alerts too.
   *
   * @param topic in the Region of the stack, since alarms and rules reach no other
   */
  public static through(topic: sns.ITopic): Alerts {
    return new Alerts([], topic);
  }

  /**
   * Nobody is told. The alarms and a topic without a subscription are there all the same.
   *
   * @param reason why; printed at each deployment
   */
  public static none(reason: string): Alerts {
    if (reason.trim() === '') {
      throw new Error(
        "Alerts.none needs a reason because alarms that reach nobody are a decision, got ''; say why, or name somebody with Alerts.to",
      );
    }
    return new Alerts([], undefined, reason);
  }

  private constructor(
    /** Whom a new topic tells. */
    public readonly addresses: string[],
    /** The topic that there is already; none where a new one is made. */
    public readonly topic?: sns.ITopic,
    /** Why nobody is told; none where somebody is. */
    public readonly reason?: string,
  ) {}
}
