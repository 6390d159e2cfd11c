import { gzipSync } from 'node:zlib';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { LocalContent } from '../conversations/support/local-content';
import { SAMPLES } from './support/samples';

let local: LocalContent;
let gateway: FetchHandler;
beforeAll(() => {
  local = new LocalContent();
  gateway = local.gateway();
});
afterAll(() => local.close());

interface Field {
  readonly name?: string;
  readonly filename?: string;
  readonly type?: string;
  readonly content?: Uint8Array | string;
}

const purpose: Field = { name: 'purpose', content: 'user_data' };
const BOUNDARY = 'b0undary';

function form(...fields: Field[]): Buffer {
  const parts = fields.map(({ name = 'file', filename, type, content = 'text' }) =>
    Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`),
      Buffer.from(filename === undefined ? '' : `; filename="${filename}"`),
      Buffer.from(type === undefined ? '\r\n\r\n' : `\r\nContent-Type: ${type}\r\n\r\n`),
      Buffer.from(content as string),
      Buffer.from('\r\n'),
    ]),
  );
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

const send = async (
  body: Uint8Array,
  contentType = `multipart/form-data; boundary=${BOUNDARY}`,
  path = '/v1/files',
) => {
  const headers = { authorization: 'Bearer ada', 'content-type': contentType };
  const request = new Request(`https://gateway.test${path}`, {
    method: 'POST',
    headers,
    body: new Blob([Buffer.from(body)]),
  });
  const response = await gateway.fetch(request);
  return { status: response.status, body: (await response.json()) as { error: { code: string; message: string } } };
};

/** What is stored; other tests of this file store files too, before or after. */
const stored = async () => ({ rows: await local.rows(), objects: await local.objects() });

const file = (content: Uint8Array | string, filename = 'a', type = 'application/octet-stream') =>
  form(purpose, { filename, type, content });

const tar = Buffer.alloc(1_024);
tar.write('a.txt');
tar.write('ustar', 257);

const png = (from: number, bytes: string) => {
  const changed = Buffer.from(SAMPLES.png);
  changed.write(bytes, from, 'hex');
  return changed;
};

test.each<[string, Uint8Array, string]>([
  ['an empty file', file(''), '400 file_refused'],
  ['a file without a name', form(purpose, { filename: '' }), '400 invalid_value'],
  ['a text in place of a file', form(purpose, {}), '400 missing_required_parameter'],
  ['no file', form(purpose), '400 missing_required_parameter'],
  ['no purpose', form({ filename: 'a' }), '400 missing_required_parameter'],
  ['an empty purpose', form({ name: 'purpose', content: '' }, { filename: 'a' }), '400 missing_required_parameter'],
  [
    'the purpose of fine-tuning',
    form({ name: 'purpose', content: 'fine-tune' }, { filename: 'a' }),
    '400 unsupported_value',
  ],
  [
    'a purpose that is a file',
    form({ name: 'purpose', filename: 'p' }, { filename: 'a' }),
    '400 missing_required_parameter',
  ],
  ['the file twice', form(purpose, { filename: 'a' }, { filename: 'b' }), '400 invalid_multipart'],
  ['the purpose twice', form(purpose, purpose, { filename: 'a' }), '400 invalid_multipart'],
  ['an unknown field', form(purpose, { filename: 'a' }, { name: 'expires_after[seconds]' }), '400 unknown_parameter'],
  ['a hundred fields', form(...Array<Field>(100).fill(purpose)), '400 invalid_multipart'],
  ['a PNG of 8,001 pixels', file(png(16, '00001f41')), '400 file_refused'],
  ['more than a request may bring', file(Buffer.alloc(4 * 2 ** 20 + 1, 0x20)), '413 request_too_large'],
  ['more than a body may have', file(Buffer.alloc(4_500_001, 0x20)), '413 request_too_large'],
  ['a PDF that is said to be a PNG', file(SAMPLES.pdf, 'a', 'image/png'), '400 file_refused'],
  ['a PNG that is called a PDF', file(SAMPLES.png, 'a.PDF'), '400 file_refused'],
  ['a text that is called a JPEG', file('text', 'a.jpg'), '400 file_refused'],
  ['a GIF that is said to be a text', file(SAMPLES.gif, 'a', 'text/plain; charset=utf-8'), '400 file_refused'],
  ['a type that no model reads', file('text', 'a', 'audio/mpeg'), '400 file_refused'],
  ['a zip', file(Buffer.from('504b0304', 'hex')), '400 file_refused'],
  ['a Word file', file(Buffer.from('504b030414000600', 'hex'), 'a.docx'), '400 file_refused'],
  ['an old Word file', file(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc'), '400 file_refused'],
  ['a bomb', file(gzipSync(Buffer.alloc(10_000_000))), '400 file_refused'],
  ['a tar', file(tar), '400 file_refused'],
  ['a program', file(Buffer.from('7f454c46020101000000', 'hex')), '400 file_refused'],
  ['text that is not UTF-8', file(Buffer.from('Grüße', 'latin1'), 'a.txt', 'text/plain'), '400 file_refused'],
  ['text with characters of control', file('a\u0000b', 'a.txt', 'text/plain'), '400 file_refused'],
  ['a PNG without its end', file(SAMPLES.png.subarray(0, -4)), '400 file_refused'],
  ['a PNG without its header', file(png(12, '00000000')), '400 file_refused'],
  ['a PNG of no width', file(png(16, '00000000')), '400 file_refused'],
  ['a PNG of four thousand million pixels', file(png(16, 'ffffffff')), '400 file_refused'],
  ['a PNG that is only its signature', file(SAMPLES.png.subarray(0, 8)), '400 file_refused'],
  [
    'a JPEG without a frame',
    file(Buffer.from('ffd8ffe000104a464946000101000001000100ffd9', 'hex')),
    '400 file_refused',
  ],
  ['a JPEG without its end', file(SAMPLES.jpeg.subarray(0, -2)), '400 file_refused'],
  ['a GIF without its end', file(SAMPLES.gif.subarray(0, -1)), '400 file_refused'],
  ['a WebP that is longer than it is', file(SAMPLES.webp.subarray(0, -2)), '400 file_refused'],
  ['a PDF without its end', file(SAMPLES.pdf.subarray(0, -8)), '400 file_refused'],
  ['a name of a folder', file('text', '../'), '400 invalid_value'],
  ['a name that goes up', file('text', '../..'), '400 invalid_value'],
  ['a name with an end of line', file('text', 'a%0D%0Ab.txt'), '400 invalid_value'],
  ['a name that turns its direction', file('text', 'a\u202etxt.exe'), '400 invalid_value'],
  ['a name of 256 bytes', file('text', 'a'.repeat(256)), '400 invalid_value'],
])('%s is refused, and nothing is stored', async (_, body, expected) => {
  const before = await stored();
  const answer = await send(body);
  expect(`${answer.status} ${answer.body.error.code}`).toBe(expected);
  expect(answer.body.error.message).not.toMatch(/undici|Buffer|parse/);
  expect(await stored()).toEqual(before);
});

test.each([
  [16, '400 unknown_parameter'],
  [17, '400 invalid_multipart'],
])('a form of %d unknown fields is refused by name or by their number', async (count, expected) => {
  const answer = await send(form(...Array.from({ length: count }, (_, at) => ({ name: `x${at}`, content: '1' }))));
  expect(`${answer.status} ${answer.body.error.code}`).toBe(expected);
});

test.each<[string, Uint8Array, string | undefined, string]>([
  ['without a boundary', file('text'), 'multipart/form-data', '400 invalid_multipart'],
  ['with another boundary', file('text'), 'multipart/form-data; boundary=other', '400 invalid_multipart'],
  [
    'with a boundary of 71 characters',
    file('text'),
    `multipart/form-data; boundary=${'x'.repeat(71)}`,
    '400 invalid_multipart',
  ],
  ['of another type', file('text'), 'application/json', '415 unsupported_media_type'],
  [
    'of a type that begins alike',
    file('text'),
    'multipart/form-data-x; boundary=b0undary',
    '415 unsupported_media_type',
  ],
  ['that is cut off', file('text').subarray(0, -20), undefined, '400 invalid_multipart'],
  ['that is empty', Buffer.from(''), undefined, '400 invalid_multipart'],
  ['whose boundary stands in a file too', file('a b0undary b'), undefined, '400 invalid_multipart'],
])('a form %s is refused', async (_, body, type, expected) => {
  const before = await stored();
  const answer = await send(body, type);
  expect(`${answer.status} ${answer.body.error.code}`).toBe(expected);
  expect(await stored()).toEqual(before);
});

test.each([
  ['the folders before it', '../../etc/C:\\Users\\ada\\Bericht.txt', 'Bericht.txt'],
  ['what is no letter', 'Übersicht 2026 (1) 🇪🇺.txt', 'Übersicht 2026 (1) 🇪🇺.txt'],
  ['the rest of a name of 255 bytes', 'a'.repeat(255), 'a'.repeat(255)],
])('a file name is stored without %s', async (_, given, kept) => {
  const answer = await send(file('text', given));
  expect(answer).toMatchObject({ status: 200, body: { filename: kept } });
});

test.each(Object.entries(SAMPLES))('%s is accepted, whatever its declared type', async (kind, content) => {
  const types = {
    png: 'image/png',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    pdf: 'application/pdf',
    txt: 'text/markdown',
  };
  for (const type of ['application/octet-stream', types[kind as keyof typeof types]]) {
    expect((await send(file(content, `a.${kind}`, type))).status).toBe(200);
  }
});
