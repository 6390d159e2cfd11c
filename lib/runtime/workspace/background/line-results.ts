import { newProvenance } from '../conversations/provenance';
import type { BatchEndpoint, BatchLine } from './batch-lines';
import type { Sent } from './sent-request';

/** A line of a batch's files, in OpenAI's form. */
export interface LineResult {
  readonly id: string;
  readonly custom_id: string;
  readonly response: { readonly status_code: number; readonly request_id: string; readonly body: Sent['body'] } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Not OpenAI's: that a model generated the answer, which one, and when. */
  readonly provenance?: ReturnType<typeof newProvenance>;
}

/** The result of a line that was sent. */
export function answered(
  line: BatchLine,
  id: string,
  { status, requestId, body }: Sent,
  { endpoint, at }: { readonly endpoint: BatchEndpoint; readonly at: number },
): LineResult {
  const isGenerated = status === 200 && endpoint !== '/v1/embeddings';
  return {
    id,
    custom_id: line.customId,
    response: { status_code: status, request_id: requestId, body },
    error: null,
    ...(isGenerated && { provenance: newProvenance({ model: `${body.model}`, at }) }),
  };
}

/** The result of a line that was not sent. */
export const unanswered = (line: BatchLine, id: string, code: string, message: string): LineResult => ({
  id,
  custom_id: line.customId,
  response: null,
  error: { code, message },
});

/** Whether a result is in the file of outputs; the others are in that of errors. */
export const isOutput = ({ response }: LineResult): boolean => response?.status_code === 200;
