import { z } from 'zod';
import { ALERT_ADDRESS } from './alert-address';
import { line, list, text } from './fields';

const alertsAllowed =
  "a list of e-mail addresses or https:// URLs, at least one, or '{ none: <why there are no recipients> }'";
const addressAllowed = 'an e-mail address or an https:// URL';
export const alerts = z
  .union(
    [
      list(text(addressAllowed, ALERT_ADDRESS).max(300, addressAllowed).describe('A recipient.'), alertsAllowed).meta({
        uniqueItems: true,
      }),
      z.strictObject({ none: line('a reason').describe('Why there are no recipients. Printed at each deployment.') }),
    ],
    alertsAllowed,
  )
  .describe(
    'Recipients of alarms: e-mail addresses, and `https://` URLs whose host is declared under `places`. SNS asks each recipient to ' +
      'confirm, and sends nothing until they have confirmed. If there are none: `{ none: <reason> }`. No default.',
  );
