import { stringify } from 'yaml';
import type { AdmittedRow } from '@/lib/config/schema/admitted-schema';
import { EU_NEXT, NEXT } from './bedrock-answers';

/** The day of tests about admitted rows. */
export const ADMITTED_NOW = new Date('2026-11-30T10:00:00Z');

/** A row as `facts admit` writes it. */
export const ADMITTED: AdmittedRow = {
  id: EU_NEXT,
  from: 'eu-central-1',
  geography: 'eu',
  regions: ['eu-central-1', 'eu-north-1'],
  modelArns: [
    `arn:aws:bedrock:eu-central-1::foundation-model/${NEXT}`,
    `arn:aws:bedrock:eu-north-1::foundation-model/${NEXT}`,
  ],
  model: {
    id: NEXT,
    name: 'Model 9',
    provider: 'Acme',
    kind: 'text',
    inferenceTypes: ['INFERENCE_PROFILE'],
    status: 'ACTIVE',
    endsAt: '2028-02-01',
  },
  retentionMode: 'none',
  retains: { days: 0, reason: 'terms of Acme' },
  readAt: '2026-11-29T10:00:00.000Z',
  account: '111122223333',
  requestedBy: 'Grace Hopper',
  reason: 'coding assistant',
  approvedBy: 'Ada Lovelace',
  expires: '2027-04-30',
};

/** The same for a model that one Region serves itself. */
export const { geography: _, ...ADMITTED_MODEL }: AdmittedRow = {
  ...ADMITTED,
  id: NEXT,
  regions: ['eu-central-1'],
  modelArns: [`arn:aws:bedrock:eu-central-1::foundation-model/${NEXT}`],
  model: { ...ADMITTED.model, inferenceTypes: ['ON_DEMAND'] },
};

/** The text of a `residency-admitted.yaml`. */
export const admittedText = (...rows: readonly object[]): string =>
  stringify({ format: 1, admitted: rows }, { lineWidth: 0 });
