import { z } from 'zod';
import type { ProfileRow } from '../../boundary/profile-row';
import { day, line, list, text } from './fields';

/** The file beside a `residency.yaml` that holds where profiles led when the provider itself was asked. */
export const PROFILE_ROWS_FILE = 'residency-facts.yaml';

const region = () => text('a Region code such as eu-central-1', /^[a-z][a-z0-9-]{0,39}$/);

const row = z.strictObject(
  {
    id: text('the id of an inference profile', /^[a-z0-9-]+\.[A-Za-z0-9.:-]{1,200}$/),
    from: region(),
    regions: list(region(), 'a list of Regions, at least one'),
    source: line('the call that told it, such as bedrock:GetInferenceProfile'),
    asOf: day(),
    confidence: z.enum(['high', 'medium', 'low'], 'high, medium, low'),
  },
  'a mapping with the keys id, from, regions, source, asOf and confidence',
);

/** What may stand in {@link PROFILE_ROWS_FILE}. */
export const profileRowsSchema = z.strictObject(
  { profiles: z.array(row, 'a list of profiles') },
  "a mapping with 'profiles'",
);

/** The file as it is written, once its shape is right. */
export type ProfileRowsFile = z.input<typeof profileRowsSchema>;

/** A row as the file writes it. */
export const written = ({ id, sourceRegion, regions, source, asOf, confidence }: ProfileRow) => ({
  id,
  from: sourceRegion,
  regions: [...regions],
  source,
  asOf,
  confidence,
});
