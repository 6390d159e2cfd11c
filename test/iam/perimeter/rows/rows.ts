import type { Row } from '../row';
import { BEDROCK_ROWS } from './bedrock';
import { BEDROCK_RESOURCE_ROWS } from './bedrock-resources';
import { BEDROCK_SETTINGS_ROWS } from './bedrock-settings';
import { CONTENT_ROWS } from './content';
import { COPY_ROWS } from './copies';
import { EDGE_ROWS } from './edges';
import { MANAGEMENT_ROWS } from './management';
import { NETWORK_ROWS } from './network';
import { OUTSIDER_ROWS } from './outsiders';
import { PROFILE_ROWS } from './profiles';
import { PROTECTION_ROWS } from './protection';
import { REGION_ROWS } from './regions';
import { SETTINGS_ROWS } from './settings';
import { WORKLOAD_ROWS } from './workload';

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
  ...BEDROCK_RESOURCE_ROWS,
  ...COPY_ROWS,
  ...EDGE_ROWS,
  ...PROTECTION_ROWS,
  ...MANAGEMENT_ROWS,
  ...WORKLOAD_ROWS,
];
