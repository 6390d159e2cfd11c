import { z } from 'zod';
import { MODEL_KINDS } from '../../facts/model-kinds';
import { day, line, list, text } from './fields';

/** The file next to a `residency.yaml` with the models that Bedrock described and the owner admitted. */
export const ADMITTED_FILE = 'residency-admitted.yaml';

/** The only format that this version reads and writes. */
export const ADMITTED_FORMAT = 1;

/** One line without control characters, which the policies of the functions refuse. */
const words = (allowed: string, longest?: number) =>
  line(allowed, longest).refine((value) => !/\p{Cc}/u.test(value), `${allowed}, without control characters`);

const region = () => text('a Region code such as eu-central-1', /^[a-z][a-z0-9-]{0,39}$/);
const modelId = () =>
  text('the id of a model or an inference profile', /^[a-z0-9-]+\.[A-Za-z0-9][A-Za-z0-9.:-]{0,199}$/);
const timeAllowed = 'a time such as 2026-11-30T10:00:00.000Z';

const model = z.strictObject(
  {
    id: modelId(),
    name: words("the model's name"),
    provider: words("the provider's name"),
    kind: z.enum(MODEL_KINDS, MODEL_KINDS.join(', ')),
    inferenceTypes: z.array(text('an inference type such as ON_DEMAND', /^[A-Z_]{1,40}$/), 'a list of inference types'),
    status: text('ACTIVE or LEGACY', /^[A-Z_]{1,40}$/),
    releasedAt: day().optional(),
    legacyFrom: day().optional(),
    endsAt: day().optional(),
  },
  "a mapping with 'id', 'name', 'provider', 'kind', 'inferenceTypes' and 'status'",
);

const retains = z.strictObject(
  {
    days: z.int('a whole number of days').min(0, 'a whole number of days').max(3_650, 'at most 3650 days'),
    reason: words('the reason', 400),
  },
  "a mapping with 'days' and 'reason'",
);

const row = z.strictObject(
  {
    id: modelId(),
    from: region(),
    geography: text('the geography of a profile, such as eu', /^[a-z-]{2,10}$/).optional(),
    regions: list(region(), 'a list of Regions, at least one'),
    modelArns: list(
      text(
        'the ARN of a foundation model',
        /^arn:[a-z-]+:bedrock:[a-z0-9-]*:[0-9]*:foundation-model\/[A-Za-z0-9.:-]+$/,
      ),
      'a list of ARNs, at least one',
    ),
    model,
    retentionMode: text("Bedrock's retention mode in the Region, such as none", /^[a-z_-]{1,40}$/),
    retains: retains.optional(),
    like: modelId().optional(),
    readAt: text(timeAllowed, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/).refine(
      (value) => !Number.isNaN(Date.parse(value)),
      timeAllowed,
    ),
    account: text('the id of the account', /^\d{12}$/),
    requestedBy: words('the requester'),
    reason: words('the reason', 400),
    approvedBy: words('the approver'),
    expires: day(),
  },
  'a mapping as eu-residency facts admit writes it',
);

/** The contents of {@link ADMITTED_FILE}. */
export const admittedSchema = z.strictObject(
  { format: z.literal(ADMITTED_FORMAT, `${ADMITTED_FORMAT}`), admitted: z.array(row, 'a list of rows') },
  "a mapping with 'format' and 'admitted'",
);

/** A model or profile as Bedrock described it in one source Region, and who admitted it. */
export type AdmittedRow = z.output<typeof row>;
