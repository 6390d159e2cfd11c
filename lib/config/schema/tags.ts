import { z } from 'zod';
import { text } from './fields';
import { TAG_KEY, TAG_KEY_ALLOWED, TAG_VALUE, TAG_VALUE_ALLOWED } from './tag';

const MOST_TAGS = 40;
const tagKey = text(TAG_KEY_ALLOWED, TAG_KEY);
export const tags = z
  .record(tagKey, text(TAG_VALUE_ALLOWED, TAG_VALUE), 'a mapping of tags, such as { cost-centre: "4711" }')
  .refine((value) => Object.keys(value).length <= MOST_TAGS, `at most ${MOST_TAGS} tags`)
  .meta({ maxProperties: MOST_TAGS })
  .describe(
    'Tags for every resource that supports tags, in addition to the tags that the package sets, which begin with `residency:`. Bills and the ' +
      'console show them unencrypted: keep personal data out of them.',
  );
