import * as z from 'zod/mini';
import type { FactLayer } from '../../facts/layers';
import { areLayers } from '../../facts/row-forms';
import type { EgressPolicy } from '../policies/egress-policy';
import { providerSchema } from './provider-schema';
import { reads } from './reads';

const text = z.string().check(z.minLength(1));

/** Reads the policy of the egress function. */
export const egressSchema = reads<EgressPolicy>()(
  z.strictObject({
    boundary: text,
    facts: z.optional(z.custom<readonly FactLayer[]>(areLayers)),
    euOwnedOnly: z.optional(z.boolean()),
    providers: z
      .array(
        z.extend(providerSchema, {
          secret: text,
          models: z
            .array(z.strictObject({ model: text, kind: z.enum(['text', 'embedding']), servesProjects: z.boolean() }))
            .check(z.minLength(1)),
        }),
      )
      .check(z.minLength(1)),
  }),
);
