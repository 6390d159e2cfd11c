import { C5 } from './c5';
import { CSF } from './csf';
import type { Framework } from './framework';
import { SECNUMCLOUD } from './secnumcloud';
import { SOC2 } from './soc2';

export const FRAMEWORKS = { c5: C5, csf: CSF, soc2: SOC2, secnumcloud: SECNUMCLOUD } satisfies Record<
  string,
  Framework
>;

export type FrameworkId = keyof typeof FRAMEWORKS;
export const FRAMEWORK_IDS = Object.keys(FRAMEWORKS) as FrameworkId[];
