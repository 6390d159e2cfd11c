import { createHash } from 'node:crypto';
import type { Evidence } from '@/lib/evidence/core/evidence';
import { page } from '@/lib/evidence/page/page';
import { EN } from '@/lib/evidence/page/words/en';
import { PAGE_WORDS } from '@/lib/evidence/page/words/page-words';
import type { Language } from '@/lib/evidence/words/languages';
import { EVIDENCE } from './evidence';
import { tagsOf, textOf } from './text-of';

const PAGE = page(EVIDENCE);

/** The texts of a value, each with its path. */
function textsIn(value: unknown, path: readonly string[] = []): (readonly [path: readonly string[], text: string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => textsIn(child, [...path, name]));
}

/** The same value with other texts; those from a closed set stay. */
function withTexts(
  value: unknown,
  other: (text: string, path: readonly string[]) => string,
  path: string[] = [],
): unknown {
  if (typeof value === 'string') return CLOSED.test(path.at(-1) ?? '') ? value : other(value, path);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((child) => withTexts(child, other, path));
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      path.at(-1) === 'context' ? other(name, path) : name,
      withTexts(child, other, [...path, name]),
    ]),
  );
}

/** Fields whose value is one of the interface's own, and `uses`. */
const CLOSED = /^(status|kind|level|can|by|uses)$/;

test('whatever the evidence states is on the page', () => {
  const text = textOf(PAGE);
  const isShown = ([path, value]: readonly [readonly string[], string]): boolean => {
    const field = path.at(-1) ?? '';
    // An ID is an anchor; a closed set is translated; a file is named only where there is no construct; a claim's date is its as-of date.
    if (field === 'id') return PAGE.includes(`id="${encodeURIComponent(value)}"`);
    if (CLOSED.test(field) || path.includes('uses')) return true;
    if (field === 'url') return PAGE.includes(value);
    return text.includes(value);
  };
  expect(textsIn(EVIDENCE).filter((one) => !isShown(one))).toEqual([]);
});

/** Names in a sentence that are filled in. */
const placesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(Object.entries(PAGE_WORDS))('the page in the language %s', (language, words) => {
  test('uses each word of the catalogue', () => {
    const { summary } = EVIDENCE.head;
    const heads = [EVIDENCE.head, { ...EVIDENCE.head, organisation: undefined }];
    const summaries = [summary, { ...summary, failed: 0 }, { ok: 1, failed: 0, attention: 0, unknown: 0 }];
    // Attributes count: the script reads some, and others label.
    const all = heads
      .flatMap((head) =>
        summaries.map((summary) => page({ ...EVIDENCE, alarms: [], head: { ...head, summary } }, language as Language)),
      )
      .join('\n')
      .concat(page(EVIDENCE, language as Language))
      .replaceAll('<wbr>', '')
      .replaceAll('&#39;', "'");
    const unused = textsIn(words).filter(([, text]) => text.split(/\{\w+\}/).some((part) => !all.includes(part)));
    // The English page doesn't say that it is in English.
    expect(unused.map(([path]) => path.join('.'))).toEqual(language === 'en' ? ['summary.language'] : []);
  });

  test('has in each sentence what English has, and says which language it is in', () => {
    const english = new Map(textsIn(EN).map(([path, text]) => [path.join(), text]));
    for (const [path, text] of textsIn(words))
      expect([path, placesIn(text)]).toEqual([path, placesIn(english.get(path.join()) ?? '')]);
    expect(page(EVIDENCE, language as Language)).toContain(`<html lang="${language}">`);
  });

  test('shows the same evidence', () => {
    const rows = (of: string) => [...of.matchAll(/<tr role="row" id="([^"]*)"/g)].map(([, id]) => id);
    expect(rows(page(EVIDENCE, language as Language))).toEqual(rows(PAGE));
  });
});

test('no value can change the structure of the page, its policy or its style', () => {
  const canary = `</script></style><img src=x onerror=alert(1)>"'&lt;\u202e\u200f\u0000\u001b[31m\ud800}`;
  const canaries = page(withTexts(EVIDENCE, (text) => `${canary}${text}`) as Evidence);
  const harmless = page(withTexts(EVIDENCE, (text) => `x${text}`) as Evidence);
  expect(tagsOf(canaries)).toEqual(tagsOf(harmless));
  for (const unseen of ['\0', '\u001b', '\u200f', '\u202e', '\ud800', '<img']) expect(canaries).not.toContain(unseen);
  expect(canaries.match(/<style>|<\/style>|<script>|<\/script>/g)).toEqual([
    '<style>',
    '</style>',
    '<script>',
    '</script>',
  ]);
  // A quote of a value ends no attribute: outside values, every attribute has the same name.
  const attributes = (of: string) => [...of.matchAll(/ ([a-z-]+)="[^"<>]*"/g)].map(([, name]) => name);
  expect(attributes(canaries)).toEqual(attributes(harmless));
  expect(textOf(canaries)).toContain(
    `<img src=x onerror=alert(1)>"'&lt;\\u202e\\u200f\\u0000\\u001b[31m\\ud800}Musterhaus`,
  );
});

test('the policy allows the one style and the one script, and nothing else', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(PAGE) ?? [];
  const hashOf = (element: string) => {
    const [, content = ''] = new RegExp(`<${element}>([\\s\\S]*)</${element}>`).exec(PAGE) ?? [];
    return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
  };
  expect(policy.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; base-uri 'none'; form-action 'none'`,
  );
  expect(PAGE).not.toMatch(/ style=| src=| on[a-z]+="|url\((?!#)|@import/);
});

test('a link leads to a part of the page or to a page of the web; any other address is text', () => {
  const links = [...PAGE.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target);
  const parts = links.filter((target) => target.startsWith('#')).map((target) => target.slice(1));
  expect(parts.filter((part) => !PAGE.includes(`id="${part}"`))).toEqual([]);
  expect(links.filter((target) => !target.startsWith('#'))).toEqual(['https://example.eu/rules#stack-region']);
  expect(textOf(PAGE)).toContain('javascript:alert(1)');
});

test('no two elements have the same ID', () => {
  const ids = [...PAGE.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what fails or is unknown stands first in its table', () => {
  const regions = [...PAGE.matchAll(/id="region%3A([^"]*)" data-status="([a-z]+)"/g)].map(([, code]) => code);
  expect(regions).toEqual(['eu-west-2', 'us-east-1', 'eu-central-1', 'eu-west-1', 'eu-north-1']);
});

test('each value says what it is based on', () => {
  const rowOf = (id: string) =>
    textOf(new RegExp(`<tr role="row" id="${encodeURIComponent(id)}"[\\s\\S]*?</tr>`).exec(PAGE)?.[0] ?? '');
  expect(rowOf('store:a')).toMatch(/DE\s+claimed by AWS, as of 2026-07-18 \(facts release release 6\)/);
  expect(rowOf('store:a')).toMatch(/Store\/Key\s+enforced\s+30 days\s+not enforced/);
  expect(rowOf('tenant:research')).toMatch(/365 days\s+set by the writer of items/);
  expect(rowOf('model:a')).toMatch(/eu-north-1 \(SE\)\s+claimed by AWS, as of 2026-07-18: stale/);
});

test('the account’s state and drills are there only if the evidence has them, and the organisation if it is named', () => {
  const { live: _, drills: ___, ...rest } = EVIDENCE;
  const { organisation: __, ...head } = EVIDENCE.head;
  const without = textOf(page({ ...rest, head }));
  expect(without).not.toContain(EN.sections.live);
  expect(without).not.toContain(EN.sections.drills);
  expect(without).not.toContain(EN.summary.drills);
  expect(without).not.toContain(EN.head.controller);
  expect(textOf(PAGE)).toContain(EN.sections.live);
});

test('a drill says what answered and when, in the language of the page', () => {
  const rowIn = (language: Language) =>
    textOf(/<tr role="row" id="drill%3Aa"[\s\S]*?<\/tr>/.exec(page(EVIDENCE, language))?.[0] ?? '').replace(
      /\s+/g,
      ' ',
    );
  expect(rowIn('en')).toContain(
    'others answered: 20.1 s answered again: not within a minute failed requests: 1 of 50 eu.amazon.nova-lite-v1:0 : 19 maker-eu/azure-model : 30',
  );
  expect(rowIn('de')).toContain('Modell assistant');
  expect(rowIn('fr')).toContain('requêtes en échec : 1 sur 50');
});

test('the same evidence gives the same bytes', () => {
  expect(page(structuredClone(EVIDENCE))).toBe(PAGE);
});
