import { ApiError } from './api-error';
import { readBody } from './read-body';

/** The fields of a form: texts, and its file. */
export type Form = ReadonlyMap<string, string | File>;

/** More fields than any form here has. The parser's time grows disproportionately with their number. */
const MOST_FIELDS = 16;

/**
 * The fields of a body of type `multipart/form-data`, each with a unique name. The platform parses the body after its size was
 * checked.
 *
 * @param names the permitted fields
 * @throws ApiError if it has another type, is too large or malformed, or has an unknown field or one twice
 */
export async function readForm(request: Request, names: readonly string[]): Promise<Form> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data *(;|$)/i.test(type)) {
    throw new ApiError(415, 'unsupported_media_type', "'content-type' must be multipart/form-data");
  }
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))/i.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed("'content-type' must name the boundary between the fields");
  const body = await readBody(request, 'send a larger file in parts, by POST /v1/uploads');
  requireDelimited(body, boundary);
  const fields = new Map<string, string | File>();
  for (const [name, value] of await parsed(body, type)) {
    if (!names.includes(name)) {
      throw new ApiError(
        400,
        'unknown_parameter',
        `the form has a field that this path doesn't know; it accepts ${names.join(', ')}`,
      );
    }
    if (fields.has(name)) throw malformed(`'${name}' occurs twice; send it once`, name);
    fields.set(name, value);
  }
  return fields;
}

/**
 * A required text of a form.
 *
 * @throws ApiError if it is missing
 */
export function textOf(form: Form, name: string): string {
  const value = form.get(name);
  if (typeof value === 'string' && value !== '') return value;
  throw new ApiError(400, 'missing_required_parameter', `'${name}' is required, as a text`, { param: name });
}

/**
 * The required file of a form.
 *
 * @throws ApiError if it is missing
 */
export function fileOf(form: Form, name: string): File {
  const value = form.get(name);
  if (value instanceof File) return value;
  throw new ApiError(400, 'missing_required_parameter', `'${name}' is required, as a file with a name`, {
    param: name,
  });
}

/**
 * The platform's parser ends a field at the boundary wherever it occurs. So a form with the boundary inside a field is refused, not
 * cut off.
 *
 * @throws ApiError for such a form, and for more fields than any form here has
 */
function requireDelimited(body: Uint8Array, boundary: string): void {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1');
  const pieces = text.split(boundary, MOST_FIELDS + 3).slice(0, -1);
  if (pieces.length > MOST_FIELDS + 1) throw malformed(`the form may have at most ${MOST_FIELDS} fields`);
  if (pieces.every((piece) => piece === '--' || piece.endsWith('\r\n--'))) return;
  throw malformed('the boundary also occurs within a field; choose a random one');
}

async function parsed(body: Uint8Array, type: string): Promise<FormData> {
  try {
    return await new Response(new Blob([Buffer.from(body)]), { headers: { 'content-type': type } }).formData();
  } catch {
    throw malformed('the body is not a complete form of type multipart/form-data');
  }
}

const malformed = (what: string, param?: string) => new ApiError(400, 'invalid_multipart', what, { param });
