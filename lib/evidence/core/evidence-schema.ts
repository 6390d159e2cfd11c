import { z } from 'zod';
import { SERVICES } from '../../facts/services';
import type { Evidence } from './evidence';

const named = <T extends z.ZodRawShape>(id: string, shape: T) => z.object(shape).meta({ id });
const strings = z.array(z.string());

const basis = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('enforced') }),
    z.object({ kind: z.literal('set'), by: z.string() }),
    z.object({
      kind: z.literal('claimed'),
      by: z.string(),
      asOf: z.string(),
      origin: z.string().optional(),
      stale: z.boolean(),
    }),
    z.object({ kind: z.literal('none') }),
  ])
  .meta({ id: 'Basis' });

const cell = named('Cell', { text: z.string(), basis });

const pointer = named('EvidencePointer', {
  stack: z.string().optional(),
  construct: z.string().optional(),
  file: z.string().optional(),
  path: z.string().optional(),
  url: z.string().optional(),
});

const row = {
  id: z.string(),
  criterion: z.string(),
  status: z.enum(['ok', 'attention', 'failed', 'unknown']),
  reason: z.string(),
  remedy: z.string(),
  pointer,
  basis,
  date: z.string(),
};

const use = {
  who: z.string(),
  kind: z.enum(['identity', 'account', 'service', 'anybody', 'unknown']),
  assumedBy: strings.optional(),
  can: z.enum(['decrypt', 'lend', 'rewrite policy']),
  through: strings,
  context: z.record(z.string(), strings),
  conditions: strings,
};

const head = named('EvidenceHead', {
  version: z.string(),
  date: z.string(),
  organisation: z
    .object({ name: z.string(), controller: z.string().optional(), dpo: z.string().optional() })
    .optional(),
  boundary: z.object({ name: z.string(), countries: strings, regions: strings }),
  templates: z.array(
    z.object({ stack: z.string(), file: z.string(), sha256: z.string(), account: z.string().optional() }),
  ),
  facts: z.object({ release: z.string(), asOf: z.string(), sha256: z.string() }),
  summary: z.object({ ok: z.int(), attention: z.int(), failed: z.int(), unknown: z.int() }),
  parts: z
    .array(
      named('EvidencePart', {
        account: z.string(),
        date: z.string(),
        sha256: z.string(),
        signedBy: z.string().optional(),
      }),
    )
    .optional(),
});

/** The form of `evidence.json`. The compiler compares it with the type, and the descriptions come from that. */
export const evidenceSchema = named('Evidence', {
  format: z.literal(1),
  head,
  regions: z.array(
    named('RegionRow', {
      ...row,
      region: z.string(),
      name: z.string(),
      country: z.string(),
      isInside: z.boolean(),
      uses: z.array(z.enum(['stores', 'keys', 'gateway', 'inference', 'recovery'])),
    }),
  ),
  tenants: z.array(
    named('TenantRow', {
      ...row,
      kind: z.enum(['workspace', 'project']),
      tenant: z.string(),
      stack: z.string(),
      region: z.string(),
      retention: cell,
      models: strings,
    }),
  ),
  stores: z.array(
    named('StoreRow', {
      ...row,
      stack: z.string(),
      name: z.string(),
      kind: z.string(),
      region: z.string(),
      country: cell,
      key: cell.optional(),
      retention: cell.optional(),
      parts: z.array(z.object({ prefix: z.string(), retention: cell })).optional(),
      tenant: z.string().optional(),
      trail: z.object({ isLogging: z.boolean(), isLocked: z.boolean(), records: strings }).optional(),
    }),
  ),
  keys: z.array(
    named('KeyRow', {
      ...row,
      stack: z.string().optional(),
      key: z.string(),
      region: z.string(),
      protects: z.array(named('Protected', { name: z.string(), type: z.string() })),
      principals: z.array(named('AccessEntry', { ...use, by: z.enum(['key policy', 'IAM policy', 'grant']) })),
      denied: z.array(z.object(use)),
      unknown: strings,
    }),
  ),
  models: z.array(
    named('ModelRow', {
      ...row,
      stack: z.string(),
      gateway: z.string(),
      models: strings,
      destination: z.string(),
      sourceRegion: z.string(),
      processedIn: cell,
      regions: strings,
      providerRetains: cell,
      endsOn: z.string().optional(),
      external: named('ExternalLine', {
        name: z.string(),
        service: z.enum(SERVICES),
        provider: z.string(),
        host: z.string(),
        company: z.nullable(z.string()),
        ownerCountry: z.nullable(z.string()),
        sharedCdn: z.nullable(z.boolean()),
        retainsAnyway: z.string(),
        contract: z.string().optional(),
        accepted: z.string().optional(),
        deployment: z.object({ sku: z.string(), readOn: z.string().optional() }).optional(),
      }).optional(),
    }),
  ),
  flows: z.array(
    named('FlowRow', {
      ...row,
      kind: z.enum(['inference', 'replication', 'key copy', 'other']),
      from: z.string(),
      to: z.string(),
    }),
  ),
  exceptions: z.array(
    named('ExceptionRow', {
      ...row,
      rule: z.string(),
      approvedBy: z.string().optional(),
      why: z.string(),
      expires: z.string().optional(),
    }),
  ),
  findings: z.array(named('FindingRow', { ...row, level: z.enum(['block', 'unresolved', 'info']) })),
  alarms: z.array(
    named('AlarmRow', {
      ...row,
      name: z.string(),
      region: z.string(),
      meaning: z.string(),
      notifies: strings,
    }),
  ),
  platform: named('PlatformStatement', {
    company: z.string(),
    owner: z.string(),
    ownerCountry: z.string(),
    asOf: z.string(),
    euOwnedOnly: z.boolean(),
  }).optional(),
  live: z.array(named('LiveRow', { ...row, readAt: z.string() })).optional(),
  drills: z
    .array(
      named('DrillRow', {
        ...row,
        provider: z.string(),
        model: z.string(),
        at: z.string(),
        outAfterSeconds: z.number().optional(),
        backAfterSeconds: z.number().optional(),
        requests: z.object({ sent: z.int(), failed: z.int() }),
        answers: z.record(z.string(), z.int()),
      }),
    )
    .optional(),
});

type Fixed<T> = T extends readonly (infer E)[]
  ? readonly Fixed<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Fixed<T[K]> }
    : T;
type FromSchema = Fixed<z.infer<typeof evidenceSchema>>;
/** Compiles only if schema and type are the same, in both directions and down to each field's name. */
type Same<A, B> = [A, B] extends [B, A]
  ? Paths<A> extends Paths<B>
    ? Paths<B> extends Paths<A>
      ? true
      : never
    : never
  : never;
type Paths<T> = T extends readonly (infer E)[]
  ? Paths<E>
  : T extends object
    ? string extends keyof T
      ? never
      : { [K in keyof T & string]-?: K | `${K}.${Paths<NonNullable<T[K]>>}` }[keyof T & string]
    : never;
true satisfies Same<FromSchema, Fixed<Evidence>>;
