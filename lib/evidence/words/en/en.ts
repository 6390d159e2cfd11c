import { aiAct } from './ai-act';
import { annex } from './annex';
import { assessment } from './assessment';
import { common } from './common';
import { limits } from './limits';
import { measures } from './measures';
import { processing } from './processing';
import { recorded } from './recorded';
import { rights } from './rights';

/** The words of the documents in English. */
export const en = { aiAct, annex, assessment, common, limits, measures, processing, recorded, rights };

/** The words of the documents in one language. A key that a language lacks doesn't compile. */
export type Words = typeof en;
