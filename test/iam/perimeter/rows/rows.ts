import type { Row } from '../row';
import { BEDROCK_ROWS } from './bedrock';
import { BEDROCK_SETTINGS_ROWS } from './bedrock-settings';
import { CONTENT_ROWS } from './content';
import { NETWORK_ROWS } from './network';
import { OUTSIDER_ROWS } from './outsiders';
import { PROFILE_ROWS } from './profiles';
import { REGION_ROWS } from './regions';
import { SETTINGS_ROWS } from './settings';

/** Every request that a perimeter must refuse or leave possible. */
export const ROWS: readonly Row[] = [
  ...REGION_ROWS,
  ...BEDROCK_ROWS,
  ...PROFILE_ROWS,
  ...BEDROCK_SETTINGS_ROWS,
  ...CONTENT_ROWS,
  ...NETWORK_ROWS,
  ...SETTINGS_ROWS,
  ...OUTSIDER_ROWS,
];
