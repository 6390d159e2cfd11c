import { ARCHIVES } from './archives';
import { DOCUMENTS } from './documents';
import type { Hostile } from './hostile';
import { OPEN_DOCUMENTS } from './open-documents';
import { TABLES } from './tables';
import { WORKBOOKS } from './workbooks';
import { XML } from './xml';

/** Files that are made to harm. */
export const HOSTILE: readonly Hostile[] = [
  ...ARCHIVES,
  ...XML,
  ...DOCUMENTS,
  ...WORKBOOKS,
  ...OPEN_DOCUMENTS,
  ...TABLES,
];
