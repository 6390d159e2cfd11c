import { z } from 'zod';
import type { ProfileRow } from '../../boundary/profile-row';
import { day, line, list, text } from './fields';

/** The file next to a `residency.yaml` with the Regions that the provider itself reported for inference profiles. */
export const PROFILE_ROWS_FILE = 'residency-facts.yaml';

const region = () => text('a Region code such as eu-central-1', /^[a-z][a-z0-9-]{0,39}$/);

const row = z.strictObject(
  {
    id: text('the id of an inference profile', /^[a-z0-9-]+\.[A-Za-z0-9.:-]{1,200}$/),
    from: region(),
    regions: list(region(), 'a list of Regions, at least one'),
    source: line('the call that reported it, such as bedrock:GetInferenceProfile'),
    asOf: day(),
    confidence: z.enum(['high', 'medium', 'low'], 'high, medium, low'),
  },
  'a mapping with the keys id, from, regions, source, asOf and confidence',
);

/** The contents of {@link PROFILE_ROWS_FILE}. */
export const profileRowsSchema = z.strictObject(
  { profiles: z.array(row, 'a list of profiles') },
  "a mapping with 'profiles'",
);

/** The file as it is written, after its shape is checked. */
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
