import { parseRequest } from '../../http/parse-request';
import { ApiError } from '../errors/api-error';
import { ignoredHints, withoutDefaults } from '../parameters/parameter';
import { cacheMarks } from './cache-marks';
import { MESSAGES_HINTS, MESSAGES_PARAMETERS, type MessagesRequest, messagesRequest } from './parameters';
import { refuseOutside } from './refusals';

/** The versions of Anthropic's API. In answers they don't differ, and what the later one refuses, no row of the table needs. */
export const VERSIONS: readonly string[] = ['2023-06-01', '2026-10-21'];

/** What a request is checked against. */
export interface MessageRules {
  /** Whether the tenant's content may be stored at all. */
  readonly keepsContent: boolean;
  /** Whether files are stored, which an ID may name. */
  readonly hasFiles: boolean;
  readonly required: readonly string[];
}

/**
 * Reads the body of a message, or of a request to count one.
 *
 * @throws ApiError naming the parameter that is wrong or that can't be honoured
 */
export function parseMessages(
  body: Record<string, unknown>,
  { keepsContent, hasFiles, required }: MessageRules,
): MessagesRequest {
  refuseOutside(body, hasFiles);
  return parseRequest(messagesRequest, withoutDefaults(MESSAGES_PARAMETERS, body, keepsContent), required);
}

/** The hints of a request and of its headers, each once; undefined if there are none. */
export function ignoredOf(request: MessagesRequest, headers: Headers): readonly string[] | undefined {
  const ignored = [
    ...(ignoredHints(MESSAGES_HINTS, request) ?? []),
    ...(cacheMarks(request).some(({ scope }) => scope) ? ['cache_control.scope'] : []),
    // A beta feature is a field of the body, which is checked by itself, or a behaviour of Anthropic's own service.
    ...(headers.get('anthropic-beta') ? ['anthropic-beta'] : []),
  ];
  return ignored.length > 0 ? ignored : undefined;
}

/** Refuses a version that this gateway doesn't know. Without the header, either applies. */
export function requireVersion(headers: Headers): void {
  const given = headers.get('anthropic-version');
  if (given === null || VERSIONS.includes(given)) return;
  const param = 'anthropic-version';
  const message = `the header '${param}' may only be ${VERSIONS.join(' or ')}; this gateway knows no other`;
  throw new ApiError(400, 'invalid_value', message, { param });
}
