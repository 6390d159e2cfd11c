import type * as sns from 'aws-cdk-lib/aws-sns';
import { ALERT_ADDRESS } from '../../config/schema/alert-address';

/** The recipients of alarms, or the reason why there are none. */
export class Alerts {
  /**
   * Creates a topic that notifies these addresses.
   *
   * SNS asks each address to confirm, and notifies only those that have.
   *
   * @param addresses email addresses, and `https://` URLs whose host is declared as a place; at least one
   * @throws if there is no address, or one is neither an email address nor an `https://` URL
   */
  public static to(...addresses: string[]): Alerts {
    const wrong = addresses.find((address) => !ALERT_ADDRESS.test(address));
    if (wrong !== undefined || addresses.length === 0) {
      throw new Error(
        `alerts must go to e-mail addresses or https:// URLs, at least one, got ${wrong === undefined ? 'none' : `'${wrong}'`}; ` +
          "name one, or give the reason for having none with Alerts.none('...')",
      );
    }
    return new Alerts([...new Set(addresses)]);
  }

  /**
   * Publishes to an existing topic, which notifies its subscribers.
   *
   * Its policy must allow `cloudwatch.amazonaws.com` to publish. If the topic has a key, the key's policy must allow
   * `cloudwatch.amazonaws.com` and the role of the alerts to decrypt and to generate data keys.
   *
   * @param topic a topic in the Region of the stack, because alarms and rules can't publish to another Region
   */
  public static through(topic: sns.ITopic): Alerts {
    return new Alerts([], topic);
  }

  /**
   * Notifies no one. The alarms, and a topic without a subscription, still exist.
   *
   * @param reason the reason, printed at each deployment
   * @throws if the reason is empty
   */
  public static none(reason: string): Alerts {
    if (reason.trim() === '') {
      throw new Error(
        "Alerts.none needs a reason because alarms without a recipient are a decision, got ''; give the reason, or name a recipient " +
          'with Alerts.to',
      );
    }
    return new Alerts([], undefined, reason);
  }

  /**
   * Publishes to an existing topic, which may be that of another account, under a key of that account.
   *
   * @internal
   */
  public static _throughArn(arn: string): Alerts {
    return new Alerts([], undefined, undefined, arn);
  }

  private constructor(
    /** The addresses that a new topic notifies. */
    public readonly addresses: string[],
    /** The existing topic; none if a new one is created. */
    public readonly topic?: sns.ITopic,
    /** The reason why there are no recipients; none if there are. */
    public readonly reason?: string,
    /** @internal */
    public readonly _arn?: string,
  ) {}
}
