import { textTokens } from '@/lib/runtime/gateway/messages/text-tokens';

/** Texts, each with its tokens by the tokenizer that Anthropic published for Claude 2. */
const SAMPLES: readonly [kind: string, text: string, tokens: number][] = [
  [
    'English',
    'The gateway refuses a request before it is sent if no destination inside the boundary may serve it. Each refusal says what happened, and what to do about it.',
    32,
  ],
  [
    'German',
    'Die Bundesregierung hat gestern beschlossen, dass die Übergangsfristen für Krankenhäuser verlängert werden; außerdem müssen Träger künftig jährlich berichten. ',
    53,
  ],
  [
    'Finnish',
    'Hallitus päätti eilen, että sairaaloiden siirtymäaikoja pidennetään ja että ylläpitäjien on raportoitava vuosittain toiminnastaan. ',
    53,
  ],
  [
    'Polish',
    'Zażółć gęślą jaźń. Wczoraj w Sejmie odbyło się głosowanie nad ustawą o ochronie danych osobowych, która wejdzie w życie w przyszłym roku. ',
    75,
  ],
  ['Greek', 'Η κυβέρνηση αποφάσισε χθες ότι οι μεταβατικές περίοδοι για τα νοσοκομεία παρατείνονται. ', 97],
  ['Bulgarian', 'Вчера правителството реши, че преходните периоди за болниците се удължават с две години. ', 49],
  ['emoji', '🎉🚀😀👍🏽❤️🇪🇺✨🎉🚀😀👍🏽❤️🇪🇺✨🎉🚀😀👍🏽❤️🇪🇺✨🎉🚀😀👍🏽❤️🇪🇺✨', 92],
  [
    'code',
    "export function nearest({ values }: EffortTrait, value: string): string | undefined {\n  if (values.includes(value)) return value;\n  return value === 'minimal' && values.includes('low') ? 'low' : undefined;\n}\n",
    56,
  ],
  [
    'a regular expression',
    "const RE = /^(?:(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)(?:\\.(?!$)|$)){4}$/; x.replace(/[^\\w.-]+/g, '_').replace(/^\\.+|\\.+$/g, ''",
    64,
  ],
  [
    'minified code',
    '!function(e,t){"object"==typeof exports?module.exports=t():e.X=t()}(this,(function(){var e={},t=0;for(;t<9;)e[t++]=n(t);return(e=>e&&e.a?.b)(e)}));function n(e){return e<2?1:e*n(e-1',
    89,
  ],
  ['a diff', '@@ -12,7 +12,9 @@ export function x\n-  const a = b;\n+  const a = c ?? d;\n   return a;\n', 36],
  [
    'JSON without spaces',
    '{"id":"evt_8301","type":"order.paid","data":{"amount":1999,"currency":"eur","items":[{"sku":"A-17","qty":2},{"sku":"B-4","qty":1}]},"ok":true,"next":null}',
    55,
  ],
  [
    'lines of base64',
    'gywnJUjtAuMjOUfLaIvn\nci9u11VAmhv2j9KUBLzt\nnm2q67j5gKVWqcFHA1jV\nv3QXAyhG4Kz1uiMZRfcq\nwx9e3mEqY+C/usTmNr3a\n+EmGZLJJ4UioDkFuBC3n\nyeSw20fOGzWCRH3UMu4c\nGc4nK7wqYCMV0a7F39ox\n',
    123,
  ],
  [
    'long base64',
    'ceizJkc+vj8SbhsaaW+6aTMm/KPmHDKiweIwzNeiKWNAzF345ga7iUGZpjsljodFrjuhyxwPli+n\nAxO9TfnmBfl5NE9VsL3CfApgAkWcG62IBl+9qhM0St/iygfMdRQV/W6uS86XdHG3tlv7IevUcNVu',
    105,
  ],
  [
    'hashes',
    '919beda492e5c7a01539\nfcd301ade0360f3d9bc6\ne98e0aeeb205130dd89f\n0c35dc8cfc697d02af03\nd2db90f685c426b85f73\n87bc4c77a22585b252bb',
    75,
  ],
  [
    'IDs',
    '1c5e5138-504f-cb8c-b7fb-46cb949d109e\n4d7549b8-26c0-a5d3-f447-0cddfe9ec977\nbd3f90ea-84ed-0ee3-d998-654a31d9cffa\n5ffbc766-0b4f-328d-630d-adebaeccb97a',
    98,
  ],
  [
    'decimal numbers',
    '-473.71280,-486.43291,450.4,151.620,-426.03874\n-383.231,443.6,-178.75,84.50773,393.927\n-8.04555,35.301805,138.0,-211.061925,414.7\n-312.20970,28.4,386.0684,-282.',
    87,
  ],
  [
    'whole numbers',
    '301083,52211,314778,86241,7,98\n8194,782008,82223,76,58,192030\n29489,314343,86,4934,3,439\n2869,531,7592,917879,350374,2871\n51,3,8498,57,63127,5676\n1,626,77085,31',
    89,
  ],
  [
    'addresses',
    '236.202.172.72\n165.19.105.61\n75.13.188.108\n182.23.102.136\n164.254.246.177\n128.162.1.74\n120.114.150.180\n69.218.154.128\n34',
    65,
  ],
  [
    'a log',
    '2026-11-30T05:16:52.783Z INFO [http-0] GET /api/v1/users/3449 200 606ms trace=0d049978cf561b72\n2026-11-30T05:56:17.465Z INFO [http-5] GET /api/v1/users/20329 200 750ms trace=37fd19ca5954ea47',
    93,
  ],
  [
    'a table',
    '| model | sampling | tools | images |\n|---|---|---|---|\n| `amazon.nova-pro-v1:0` | both | named | yes |\n| `openai.gpt-oss-120b-1:0` | both | any | no |\n',
    60,
  ],
  [
    'a list of files',
    '-rw-r--r-- 1 root root 27830 Nov 24 05:30 file519.ts\n-rw-r--r-- 1 root root 79715 Nov 11 05:52 file686.ts\n-rw-r--r-- 1 root root 16556 Nov 10 05:55 file114.ts\n-rw-r--r-- 1 root root 41991 Nov 19 05:5 ',
    85,
  ],
];

/** Claude from 4.7 on counts about 30 % more. */
const MORE = 1.3;

test.each(SAMPLES)('the estimate of %s is 1 to 2.1 times what Claude from 4.7 on counts', (_, text, tokens) => {
  const ratio = textTokens(text) / (tokens * MORE);
  expect([ratio >= 1, ratio <= 2.1, ratio]).toEqual([true, true, ratio]);
});

test('a run as long as a whole body is counted', () => {
  expect(textTokens('a1B2c3D4'.repeat(750_000)) / 6_000_000).toBeCloseTo(1.225);
});

test('repeated characters and indentation are few tokens', () => {
  expect([textTokens('='.repeat(100)), textTokens(`${' '.repeat(100)}x`)]).toEqual([26, 11]);
});
