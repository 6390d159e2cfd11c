import * as z from 'zod/mini';
import type { LedgerPolicy } from '../policies/ledger-policy';
import { reads } from './reads';

/** Reads the policy of the function that writes the ledger. */
export const ledgerSchema = reads<LedgerPolicy>()(
  z.strictObject({
    boundary: z.string(),
    ledger: z.string(),
    logGroups: z.array(z.string()),
    days: z.number(),
    lockMode: z.enum(['GOVERNANCE', 'COMPLIANCE']),
  }),
);
