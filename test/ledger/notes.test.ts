import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { canonicalJson, isCanonical } from '@/lib/ledger/canonical-json';
import { type Checkpoint, checkpointText, readCheckpoint } from '@/lib/ledger/checkpoint';
import { leafHash, nodeHash, sha256 } from '@/lib/ledger/hash';
import { ledgerKey, readVerifier, verifierText } from '@/lib/ledger/keys';
import { leafLine, readLeafLine } from '@/lib/ledger/leaf-line';
import { noteText, readNote } from '@/lib/ledger/note';
import { recordLeaf } from '@/lib/ledger/record-leaf';
import { signedBy } from '@/lib/ledger/signatures';
import { keyOf, LOG, OFFICER, signText } from './vectors';

const CHECKPOINT: Checkpoint = {
  origin: 'example.eu/ledger',
  size: 13,
  root: leafHash(Buffer.from('a')),
  extensions: [],
};
const text = checkpointText(CHECKPOINT);
const logLine = signText(keyOf(1), LOG, text);
const officerLine = signText(keyOf(2), OFFICER, text, 1_796_000_000);
const note = noteText({ text, signatures: [logLine, officerLine] });

/** Verified by Go's `note.Open`, which is the example of its documentation. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_NOTE =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n\n" +
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

test("the note of Go's documentation verifies", () => {
  expect(verifierText(readVerifier(GO_KEY))).toBe(GO_KEY);
  expect(signedBy(readVerifier(GO_KEY), readNote(GO_NOTE))).toEqual({ isSigned: true });
  expect(signedBy(readVerifier(GO_KEY), readNote(GO_NOTE.replace('answer', 'question')))).toMatchObject({
    isSigned: false,
  });
});

test('a checkpoint is read as it was written, and signed by log and cosigner', () => {
  const read = readNote(note);
  expect(readCheckpoint(read.text)).toEqual(CHECKPOINT);
  expect(signedBy(LOG, read)).toEqual({ isSigned: true });
  expect(signedBy(OFFICER, read)).toEqual({ isSigned: true, time: 1_796_000_000 });
  expect(noteText(read)).toBe(note);
});

test.each([
  ['another size', text.replace('13', '14'), [logLine, officerLine]],
  [
    "another key's signature under this name and ID",
    text,
    [
      { ...logLine, signature: signText(keyOf(3), LOG, text).signature },
      { ...officerLine, signature: signText(keyOf(3), OFFICER, text, 1).signature },
    ],
  ],
  [
    'a true signature and a false one',
    text,
    [
      logLine,
      { ...logLine, signature: Buffer.alloc(64) },
      officerLine,
      { ...officerLine, signature: Buffer.alloc(72) },
    ],
  ],
  [
    'a longer signature',
    text,
    [
      { ...logLine, signature: Buffer.concat([Buffer.alloc(1), logLine.signature]) },
      { ...officerLine, signature: Buffer.concat([officerLine.signature, Buffer.alloc(1)]) },
    ],
  ],
])('%s is false', (_, signed, signatures) => {
  for (const key of [LOG, OFFICER]) {
    expect(signedBy(key, { text: signed, signatures })).toMatchObject({
      isSigned: false,
      why: expect.stringContaining('is false'),
    });
  }
});

test('a cosignature at another time, or as that of a log, is false', () => {
  const { signature } = officerLine;
  const later = Buffer.concat([Buffer.alloc(7), Buffer.from([9]), signature.subarray(8)]);
  expect(signedBy(OFFICER, { text, signatures: [{ ...officerLine, signature: later }] })).toMatchObject({
    isSigned: false,
  });
  const asLog = ledgerKey(OFFICER.name, 'log', OFFICER.publicKey);
  const replayed = { ...officerLine, keyId: asLog.id, signature: signature.subarray(8) };
  expect(signedBy(asLog, { text, signatures: [replayed] })).toMatchObject({ isSigned: false });
});

test('a note without the key has no signature of it', () => {
  expect(signedBy(LOG, { text, signatures: [officerLine] })).toEqual({
    isSigned: false,
    why: `it has no signature of the key example.eu/ledger (ID ${LOG.id.toString('hex')})`,
  });
});

test.each([
  ['no signature', text],
  ['no line break at the end', note.slice(0, -1)],
  ['a control character', note.replace('13', '1\u00003')],
  ['bytes that are no UTF-8', Buffer.from([0xff, ...Buffer.from(note)]).toString()],
  ['base64 that is not canonical', note.replace(/=\n(?=\u2014)/, '\n')],
  ['a name with a plus', note.replace('\u2014 example.eu', '\u2014 example+eu')],
  ['a text that never ends', `${'a'.repeat(70_000)}${note}`],
])('a note with %s is refused', (_, wrong) => expect(() => readNote(wrong)).toThrow("the file isn't a signed note"));

test.each([
  ['a leading zero', text.replace('13', '013')],
  ['no size', text.replace('13', '')],
  ['a size that JavaScript would round', text.replace('13', '9007199254740993')],
  ['a short root', text.replace(/\n.{4}(?=.*=)/, '\n')],
  ['an empty extension', `${text}\n`],
  ['an empty origin', text.replace('example.eu/ledger', '')],
  ['no line break', text.slice(0, -1)],
])('a checkpoint with %s is refused', (_, wrong) => expect(() => readCheckpoint(wrong)).toThrow("isn't a checkpoint"));

test('keys of another kind or name are refused', () => {
  const rsa = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  expect(() => ledgerKey('example.eu', 'log', rsa)).toThrow('the key is of type ec, expected an Ed25519 key');
  expect(() => ledgerKey('a b', 'log', keyOf(1))).toThrow("is empty or has spaces or '+'");
  expect(() => readVerifier(GO_KEY.replace('c74f', 'c74e'))).toThrow('the line is no key');
  expect(() => readVerifier(GO_KEY.replace('ARpc', 'CRpc'))).toThrow('the line is no key');
});

test.each([
  [{ b: 1, a: [true, null, 'é\n"'], c: { z: 1e21, y: -0 } }, '{"a":[true,null,"é\\n\\""],"b":1,"c":{"y":0,"z":1e+21}}'],
  [
    { a: undefined, '\u20ac': 1, '\r': 2, '1': 3, '\u0080': 4, '\ud83d\ude00': 5, '\ufb33': 6 },
    '{"\\r":2,"1":3,"\u0080":4,"€":1,"😀":5,"\ufb33":6}',
  ],
  [[], '[]'],
])('the canonical JSON of %j', (value, expected) => expect(canonicalJson(value)).toBe(expected));

test.each<[string, boolean]>([
  ['{"a":[1,{"b":null,"c":"\\n\u00fc"}],"b":0.1}', true],
  ['{"10":1,"9":2}', true],
  ['{"9":2,"10":1}', false],
  ['{"b":1,"a":2}', false],
  ['[{"b":1,"a":2}]', false],
  ['{"a":1,"a":1}', false],
  ['{"a": 1}', false],
  ['{"a":1.0}', false],
  ['{"a":-0}', false],
  ['{"a":"\\u00fc"}', false],
  ['{"a":"\\/"}', false],
  ['{"__proto__":1,"a":2}', true],
])('%s is canonical JSON: %s', (json, expected) => {
  expect(isCanonical(json, JSON.parse(json))).toBe(expected);
  expect(canonicalJson(JSON.parse(json)) === json).toBe(expected);
});

test('the canonical JSON of half of a surrogate pair is none, although the runtime has a text for it', () => {
  for (const json of ['{"a":"\\ud83d"}', '{"\\ude00":1}']) {
    expect(JSON.stringify(JSON.parse(json))).toBe(json);
    expect(() => isCanonical(json, JSON.parse(json))).toThrow('has no canonical JSON');
  }
});

test.each([[Number.NaN], [1n], ['\ud83d'], [{ a: [() => 1] }], [[undefined]]])('%p has no canonical JSON', (value) => {
  expect(() => canonicalJson(value)).toThrow('has no canonical JSON');
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Texts of JSON of which some are canonical, and the others nearly. */
const texts = fc
  .jsonValue({
    depthSize: 'small',
    stringUnit: fc.constantFrom('a', 'b', '10', '2', 'é', '\\', '"', '\ud83d\ude00', '\u0001', ':', '{'),
  })
  .chain((value) =>
    fc.constantFrom(
      canonicalJson(value),
      JSON.stringify(value),
      JSON.stringify(value, undefined, 1),
      canonicalJson(value).replace(':', ': '),
      canonicalJson(value).replace(/\d(?=[,}\]])/, '$&.0'),
      canonicalJson(value).replace(/\d(?=[,}\]])/, '$&e0'),
      canonicalJson(value).replace(/\{("[^"\\]*":[^,{}[\]]*)/, '{$1,$1'),
      canonicalJson(value).replace('"a', '"\\u0061'),
    ),
  )
  .filter(isJson);

test('a text is canonical if it is the one text of its value', () => {
  const seen = { canonical: 0, other: 0 };
  const property = fc.property(texts, (text) => {
    const value: unknown = JSON.parse(text);
    const isSame = canonicalJson(value) === text;
    seen[isSame ? 'canonical' : 'other'] += 1;
    expect(isCanonical(text, value)).toBe(isSame);
  });
  fc.assert(property, { numRuns: 2_000 });
  expect(Math.min(seen.canonical, seen.other)).toBeGreaterThan(200);
});

test.each([
  ['{"10":1,"2":{"__proto__":[true,false,null],"a":"é"}}', true],
  ['{"b":1,"10":2}', false],
  ['{"2":1,"10":2}', false],
  ['{"":1,"a":2}', true],
  ['{"a":1,"a":1}', false],
  ['[{"b":1},{"a":1}]', true],
  ['[1e5]', false],
  ['[-0]', false],
  ['[-1,0.5,999999999999999]', true],
  ['[9007199254740993]', false],
  ['[1234567890123456]', true],
  [' []', false],
  ['"\\/"', false],
  ['"\\n"', true],
])('whether %s is canonical: %p', (text, expected) => {
  expect(isCanonical(text, JSON.parse(text))).toBe(expected);
});

test('a leaf has its salt, and does not depend on the order of keys', () => {
  const salt = Buffer.alloc(16, 7);
  const leaf = recordLeaf({ b: 1, a: 2 }, salt);
  expect(leaf).toEqual(leafHash(Buffer.concat([salt, Buffer.from('{"a":2,"b":1}')])));
  expect(recordLeaf('{"a":2,"b":1}', salt)).toEqual(leaf);
  expect(recordLeaf({ a: 2, b: 1 }, Buffer.alloc(16, 8))).not.toEqual(leaf);
  expect(() => recordLeaf({}, Buffer.alloc(15))).toThrow('the salt of a leaf has 15 bytes, expected 16 random ones');
});

test('a node is of two hashes, and nothing of another length', () => {
  const one = leafHash(Buffer.from('one'));
  const other = leafHash(Buffer.from('other'));
  const node = nodeHash(one, other);
  expect(node).toEqual(sha256(Buffer.concat([Buffer.from([1]), one, other])));
  expect(nodeHash(other, one)).not.toEqual(node);
  for (const [left, right] of [
    [one.subarray(1), other],
    [one, Buffer.concat([other, other])],
  ] as const) {
    expect(() => nodeHash(left, right)).toThrow('a node has two hashes of 32 bytes');
  }
});

test('a line is read as it was written, and only in its canonical form', () => {
  const salt = Buffer.alloc(16, 251);
  const line = leafLine({ b: { d: 1, c: 'é' }, a: 2 }, salt);
  expect(line).toBe('{"record":{"a":2,"b":{"c":"é","d":1}},"salt":"-_v7-_v7-_v7-_v7-_v7-w"}');
  expect(readLeafLine(line)).toEqual({
    record: { a: 2, b: { c: 'é', d: 1 } },
    salt,
    hash: recordLeaf({ a: 2, b: { c: 'é', d: 1 } }, salt),
  });
  const wrong = [
    line.replace('"a":2', '"a": 2'),
    line.replace('"a":2', '"a":2,"a":2'),
    line.replace('"a":2', '"a":2.0'),
    line.replace('7-w"', '7-x"'),
    line.replace('"record":', '"Record":'),
    line.replace('}},', '},'),
    `${line} `,
    '{"record":1,"salt":"-_v7-_v7-_v7-_v7-_v7-w"}',
    '{"record":,"salt":"-_v7-_v7-_v7-_v7-_v7-w"}',
    ',"salt":"-_v7-_v7-_v7-_v7-_v7-w"}',
    line.slice(0, -2),
    line.replace('"a":2', `"a":${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    '',
  ];
  for (const one of wrong) expect(() => readLeafLine(one)).toThrow('the line is no leaf');
});
