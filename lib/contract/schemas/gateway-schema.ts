import * as z from 'zod/mini';
import type { FactLayer } from '../../facts/layers';
import { areLayers } from '../../facts/row-forms';
import { MOST_BUDGET_GROUPS, MOST_COURSES } from '../courses';
import type { GatewayPolicy } from '../policies/gateway-policy';
import { TENANT_KINDS } from '../tenant';
import { courseSchema, groupSchema } from './course-schema';
import { identitySchema } from './identity-schema';
import { monitoringSchema } from './monitoring-schema';
import { providerSchema } from './provider-schema';
import { reads } from './reads';

/** The form of names of models, tenants and projects. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

const name = z.string().check(z.regex(NAME));
const limit = z.optional(z.int().check(z.positive()));
/** US dollars. */
const amount = z.optional(z.number().check(z.positive()));
const price = z.number().check(z.nonnegative());
const modelName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/));
const bedrock = z.strictObject({
  region: z.string(),
  id: z.string(),
  api: z.optional(z.literal('chat-completions')),
  furtherRegions: z.optional(z.array(z.string()).check(z.minLength(1))),
});
const openai = z.strictObject({ openai: modelName });
const server = z.strictObject({
  server: z.string(),
  model: modelName,
  kind: z.enum(['text', 'embedding']),
  addresses: z.optional(z.array(z.string()).check(z.minLength(1))),
  region: z.string(),
});
const provider = z.strictObject({ provider: name, model: modelName, kind: z.enum(['text', 'embedding']) });
const place = { region: z.string(), profile: z.optional(z.string()) };
const guardrails = z.optional(
  z
    .array(
      z.union([
        z.strictObject({ ...place, id: z.string(), version: z.string() }),
        z.strictObject({ ...place, at: z.int().check(z.nonnegative()) }),
      ]),
    )
    .check(z.minLength(1)),
);

/** The limits of a project. */
export const projectLimits = z.strictObject({
  requestsPerMinute: limit,
  tokensPerDay: limit,
  concurrentRequests: limit,
  tokensPerMonth: limit,
  usdPerMonth: amount,
});

const served = { models: z.array(name).check(z.minLength(1)), limits: projectLimits, guardrails };

/** Reads the policy of a gateway. */
export const gatewaySchema = reads<GatewayPolicy>()(
  z.strictObject({
    boundary: z.string(),
    facts: z.optional(z.custom<readonly FactLayer[]>(areLayers)),
    openai: z.optional(
      z.strictObject({ reason: z.string(), zeroRetention: z.boolean(), schemasMayLeave: z.boolean() }),
    ),
    providers: z.optional(z.array(providerSchema).check(z.minLength(1))),
    euOwnedOnly: z.optional(z.boolean()),
    keepsContent: z.boolean(),
    // Of projects, `admitPolicy` requires one, or that projects are open.
    tenant: z.strictObject({ kind: z.enum(TENANT_KINDS), ids: z.array(name) }),
    models: z
      .array(
        z.strictObject({
          id: name,
          destinations: z.array(z.union([bedrock, openai, server, provider])).check(z.minLength(1)),
          interchangeable: z.optional(z.boolean()),
          caching: z.optional(z.boolean()),
        }),
      )
      .check(z.minLength(1)),
    identity: z.optional(identitySchema),
    memberKeys: z.optional(z.strictObject({ signInWithinDays: z.int().check(z.positive(), z.maximum(180)) })),
    groups: z.optional(z.array(groupSchema).check(z.minLength(1), z.maxLength(MOST_BUDGET_GROUPS))),
    courses: z.optional(z.array(courseSchema).check(z.minLength(1), z.maxLength(MOST_COURSES))),
    limits: z.optional(
      z.strictObject({
        tokensPerMemberPerDay: limit,
        requestsPerMemberPerMinute: limit,
        storedBytesPerMemberPerDay: limit,
        tokensPerDay: limit,
        requestsPerMinute: limit,
        concurrentRequests: limit,
        tokensPerMonth: limit,
        usdPerMonth: amount,
        tokensPerMemberPerMonth: limit,
        usdPerMemberPerMonth: amount,
        windowTokens: limit,
      }),
    ),
    monitoring: z.optional(monitoringSchema),
    corsOrigins: z.optional(z.array(z.string())),
    maxReadingAgeHours: z.optional(z.int().check(z.positive())),
    projects: z.optional(z.array(z.strictObject({ id: name, ...served }))),
    openProjects: z.optional(z.strictObject(served)),
    guardrails,
    prices: z.optional(
      z.array(
        z.strictObject({
          id: z.string(),
          region: z.string(),
          input: price,
          output: price,
          cacheRead: z.optional(price),
          cacheWrite: z.optional(price),
        }),
      ),
    ),
  }),
);
