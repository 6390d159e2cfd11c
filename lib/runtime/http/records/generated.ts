import type { RequestLog } from './request-log';

/** IPTC's term for content that a trained model generated. C2PA's manifests and schema.org use the same list. */
export const GENERATED = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/** The header that marks an answer as generated: a dictionary of RFC 9651, by the draft of `AI-Disclosure`. */
export const GENERATED_HEADER = 'ai-disclosure';

/** A constant, so that no content can get into it. No human reviews an answer, which the draft calls `machine-generated`. */
export const GENERATED_VALUE = `mode=machine-generated, digital-source-type="${GENERATED}"`;

/** The mark of a generated answer. An error is the API's own text. */
export const generatedHeaders = ({ generated }: RequestLog, status: number): Record<string, string> =>
  generated === true && status < 400 ? { [GENERATED_HEADER]: GENERATED_VALUE } : {};
