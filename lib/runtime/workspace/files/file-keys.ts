import { timedHex } from '../store/ids';
import { type Key, partitionOf } from '../store/keys';
import { contentPrefix } from '../store/objects';

/** An id that begins with its time, so that a user's files are listed by age. */
export const newFileId = (time: Date): string => `file-${timedHex(time)}`;

export const isFileId = (id: string): boolean => /^file-[0-9a-f]{44}$/.test(id);

export const FILES = 'file#';

/** The object of a part of a file's content. */
export const partObject = (user: string, file: string, part: string): string => `${contentPrefix(user)}${file}/${part}`;

export const fileKey = (user: string, id: string): Key => ({ pk: partitionOf(user), sk: `${FILES}${id}` });

/** An upload becomes the file with the same hexadecimal part. */
export const uploadOf = (file: string): string => file.replace(/^file-/, 'upload_');

export const fileOfUpload = (upload: string): string => upload.replace(/^upload_/, 'file-');

export const isUploadId = (id: string): boolean => /^upload_[0-9a-f]{44}$/.test(id);

export const UPLOADS = 'upload#';

export const uploadKey = (user: string, id: string): Key => ({ pk: partitionOf(user), sk: `${UPLOADS}${id}` });

export const partsOf = (upload: string): string => `part#${upload}#`;

export const partKey = (user: string, upload: string, part: string): Key => ({
  pk: partitionOf(user),
  sk: `${partsOf(upload)}${part}`,
});

/** Notes the objects that a deleted file or upload still has in the bucket. */
export const LEFTOVERS = 'leftover#';

export const leftoverKey = (user: string, id: string): Key => ({ pk: partitionOf(user), sk: `${LEFTOVERS}${id}` });
