import { gzipSync } from 'node:zlib';
import { decoded, decodedParts } from '@/lib/guard/scan/base64';
import { TOO_MANY } from '@/lib/guard/template/placeholder';

const base64 = (text: string | Buffer, encoding: BufferEncoding = 'utf8') =>
  (typeof text === 'string' ? Buffer.from(text, encoding) : text).toString('base64');

test.each<[string, string]>([
  ['plain text', 'region us-east-1'],
  ['text that begins with a symbol', '€ us-east-1'],
  ['text with a symbol in its second group', 'ab€ us-east-1'],
  ['text with symbols in two groups', 'ab€c€ us-east-1'],
  ['letters of another script', 'регион us-east-1'],
  ['lines with tabs', 'a:\n\tus-east-1\r\n'],
])('%s is decoded, alone and within a text', (_, text) => {
  expect(decodedParts(base64(text))).toEqual([text]);
  expect(decodedParts(`echo ${base64(text)} | base64 -d`)).toEqual([text]);
});

test('UTF-16 and compressed text are decoded', () => {
  expect(decodedParts(base64('us-east-1', 'utf16le'))).toEqual(['us-east-1']);
  expect(decodedParts(base64(gzipSync('us-east-1')))).toEqual(['us-east-1']);
  expect(decodedParts(base64(gzipSync('a'.repeat(1_000_001))))).toEqual([TOO_MANY]);
  expect(decodedParts(base64(gzipSync('us-east-1').subarray(0, 15)))).toEqual([TOO_MANY]);
});

test('Base64 of several lines is one part, and a word after it is none of it', () => {
  const lines = base64('a text that is long enough for two lines: us-east-1').replace(/.{32}/g, '$&\n  ');
  expect(decodedParts(`content: |\n  ${lines}\n`)).toEqual(['a text that is long enough for two lines: us-east-1']);
  expect(decodedParts(`base64 -d <<EOF\n${lines}\nEOF\n`)).toEqual([
    'a text that is long enough for two lines: us-east-1',
  ]);
});

test.each([
  ['a short text', 'dXMtZWFzdC0'],
  ['a name', 'CreateHandlerFunction'],
  ['a hash', '0f1e2d3c4b5a69788796a5b4c3d2e1f0'],
  ['bytes', base64(Buffer.from([255, 254, 253, 252, 251, 250, 249, 248, 247]))],
  ['bytes within a text', `x ${base64(Buffer.alloc(12, 1))} y`],
  ['nothing', ''],
])('%s is not decoded', (_, text) => {
  expect(decodedParts(text)).toEqual([]);
});

test('what is declared to be Base64 is decoded whatever it holds', () => {
  expect(decoded('dXMtZWFzdC0x\n LCBhIHRleHQ=')).toBe('us-east-1, a text');
  expect(decoded('not base64!')).toBeUndefined();
  expect(decoded('dXMtZWFz')).toBeUndefined();
});
