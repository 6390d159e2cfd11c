import * as z from 'zod/mini';
import type { RecoveryPolicy } from '../policies/recovery-policy';
import { workspaceId } from './identity-schema';
import { reads } from './reads';

/** Reads the policy of the functions of recovery and of conversions. */
export const recoverySchema = reads<RecoveryPolicy>()(z.strictObject({ boundary: z.string(), workspace: workspaceId }));
