import { OFFICE_KINDS, type OfficeKind } from '../../../contract/conversion';
import { essence, isNoText, isZip, kindOf, requireDeclared } from '../../gateway/files/file-kind';
import { ApiError } from '../errors/api-error';
import type { FileDescription, StoredKind } from './file-record';

const TYPES = new Map<string, OfficeKind>([
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['text/csv', 'csv'],
]);

export const isOfficeKind = (kind: StoredKind): kind is OfficeKind => OFFICE_KINDS.some((one) => one === kind);

/** The kind that a media type states; undefined if it states none of an office program. */
export const officeType = (type: string): OfficeKind | undefined => TYPES.get(essence(type));

/** Whether a file's text is wanted. A batch reads the lines of its file as they were sent. */
export const isConverted = ({ purpose }: Pick<FileDescription, 'purpose'>): boolean => purpose !== 'batch';

/** The kind that a file's media type or its name states. */
const statedKind = ({ name, type }: FileDescription): OfficeKind | undefined => {
  const ending = name.toLowerCase().replace(/^.*\./s, '');
  return officeType(type) ?? OFFICE_KINDS.find((kind) => kind === ending);
};

/**
 * The kind of a file, by its content, or by what the client says of a file that is converted: the conversion finds out what it is.
 *
 * @param converts whether files of office programs are converted
 * @throws ApiError when it is broken, of a kind that no model reads, or of another kind than the client says
 */
export function requireKind(
  content: Uint8Array,
  described: FileDescription,
  param: string,
  converts: boolean,
): StoredKind {
  const stated = converts && isConverted(described) ? statedKind(described) : undefined;
  if (stated === 'csv' && !isNoText(content)) return stated;
  if (stated !== undefined && stated !== 'csv') {
    if (isZip(content)) return stated;
    throw new ApiError(
      400,
      'file_refused',
      `the file is declared as ${stated} but isn't such a file, is encrypted, or has an older format; save it as ${stated} without a password`,
      { param },
    );
  }
  const kind = kindOf(content, param);
  requireDeclared(kind, described.type, described.name, param);
  return kind;
}
