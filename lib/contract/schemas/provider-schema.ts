import * as z from 'zod/mini';
import type { DeclaredProvider } from '../../boundary/declared-provider';
import { SERVICES } from '../../facts/services';
import { reads } from './reads';

/** Reads a declared provider of a policy. Its values are checked again by each decision. */
export const providerSchema = reads<DeclaredProvider>()(
  z.strictObject({
    name: z.string(),
    service: z.enum(SERVICES),
    resource: z.optional(z.string()),
    region: z.optional(z.string()),
    accepted: z.optional(z.string()),
    zeroRetention: z.optional(z.string()),
    schemasMayLeave: z.optional(z.boolean()),
    deployments: z.optional(
      z.array(
        z.strictObject({
          name: z.string(),
          sku: z.string(),
          model: z.string(),
          version: z.optional(z.string()),
          readOn: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
        }),
      ),
    ),
    maxCheckAgeDays: z.optional(z.int().check(z.positive())),
  }),
);
