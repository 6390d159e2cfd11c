import { z } from 'zod';
import { ALERT_ADDRESS } from './alert-address';
import { line, list, text } from './fields';

const alertsAllowed = "a list of e-mail addresses or https:// URLs, at least one, or '{ none: <why nobody is told> }'";
const addressAllowed = 'an e-mail address or an https:// URL';
export const alerts = z
  .union(
    [
      list(text(addressAllowed, ALERT_ADDRESS).max(300, addressAllowed).describe('Who is told.'), alertsAllowed).meta({
        uniqueItems: true,
      }),
      z.strictObject({ none: line('a reason').describe('Why nobody is told. Printed at each deployment.') }),
    ],
    alertsAllowed,
  )
  .describe(
    'Who is told when something is wrong: e-mail addresses, and `https://` URLs whose host is declared under `places`. ' +
      'SNS asks each to confirm first, and tells nobody who has not. Or `{ none: <reason> }`. No default.',
  );
