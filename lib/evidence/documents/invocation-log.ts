import { type Content, code, field, joined } from '../tree/tree';
import type { DocumentContext } from './context';

/** Where Bedrock may write every prompt and answer. Only the configuration says it, so without one it isn't known. */
export function invocationLog({ invocationLog: log, words: { common, processing } }: DocumentContext): Content {
  if (log === undefined) return [field(common.field(processing.logField))];
  const targets = [log.bucket, log.logGroup].filter((target) => target !== undefined);
  if (targets.length === 0) return [processing.noLog];
  return [`${processing.logsTo} `, ...joined(targets.map(code)), '. ', processing.logOf];
}
