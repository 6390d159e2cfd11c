import { z } from 'zod';
import { ALERT_ADDRESS } from './alert-address';
import { line, list, text } from './fields';

const alertsAllowed =
  "a list of e-mail addresses or https:// URLs, at least one, '{ topic: <ARN of an existing SNS topic> }', or '{ none: <why there are no recipients> }'";
const topicAllowed = "the ARN of a standard SNS topic, whose name doesn't end with .fifo";
const addressAllowed = 'an e-mail address or an https:// URL';
export const alerts = z
  .union(
    [
      list(text(addressAllowed, ALERT_ADDRESS).max(300, addressAllowed).describe('A recipient.'), alertsAllowed).meta({
        uniqueItems: true,
      }),
      // One of them, which a check requires: the definition of a union has one mapping at most.
      z.strictObject({
        topic: text(topicAllowed, /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/)
          .describe('The ARN of an existing topic in the primary Region, such as one that several accounts share.')
          .optional(),
        none: line('a reason').describe('Why there are no recipients. Printed at each deployment.').optional(),
      }),
    ],
    alertsAllowed,
  )
  .describe(
    'Recipients of alarms: e-mail addresses, and `https://` URLs whose host is declared under `places`. SNS asks each recipient to ' +
      'confirm, and sends nothing until they have confirmed. An existing topic instead, such as that of another account: `{ topic: <ARN> }`. If there are none: `{ none: <reason> }`. No default.',
  );
