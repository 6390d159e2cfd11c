import type { Words } from '../en/en';
import { aiAct } from './ai-act';
import { annex } from './annex';
import { assessment } from './assessment';
import { common } from './common';
import { limits } from './limits';
import { measures } from './measures';
import { processing } from './processing';
import { recorded } from './recorded';
import { rights } from './rights';

/** The words of the documents in French. */
export const fr: Words = { aiAct, annex, assessment, common, limits, measures, processing, recorded, rights };
