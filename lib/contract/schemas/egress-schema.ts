import * as z from 'zod/mini';
import type { FactLayer } from '../../facts/layers';
import { areLayers } from '../../facts/row-forms';
import { SERVICES } from '../../facts/services';
import type { EgressPolicy } from '../policies/egress-policy';
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
        z.strictObject({
          name: text,
          service: z.enum(SERVICES),
          resource: z.optional(text),
          region: z.optional(text),
          project: z.optional(text),
          accepted: z.optional(text),
          zeroRetention: z.optional(text),
          schemasMayLeave: z.optional(z.boolean()),
          deployments: z.optional(
            z.array(
              z.strictObject({
                name: text,
                sku: text,
                model: text,
                version: z.optional(text),
                readOn: z.optional(text),
              }),
            ),
          ),
          secret: text,
          models: z
            .array(z.strictObject({ model: text, kind: z.enum(['text', 'embedding']), servesProjects: z.boolean() }))
            .check(z.minLength(1)),
        }),
      )
      .check(z.minLength(1)),
  }),
);
