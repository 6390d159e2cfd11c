import type { Row } from '../row';
import { BEDROCK_ROWS } from './bedrock';
import { CONTENT_ROWS } from './content';
import { NETWORK_ROWS } from './network';
import { OUTSIDER_ROWS } from './outsiders';
import { REGION_ROWS } from './regions';
import { SETTINGS_ROWS } from './settings';

/** Every request that a perimeter must refuse or leave possible. */
export const ROWS: readonly Row[] = [
  ...REGION_ROWS,
  ...BEDROCK_ROWS,
  ...CONTENT_ROWS,
  ...NETWORK_ROWS,
  ...SETTINGS_ROWS,
  ...OUTSIDER_ROWS,
];
