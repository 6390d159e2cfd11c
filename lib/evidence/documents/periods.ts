import type { Evidence, StoreRow, TenantRow } from '../core/evidence';
import { endsWith } from '../statements/construct-end';
import { RECORDED } from '../statements/recorded-catalogue';
import type { RecordedSource } from '../statements/recorded-sources';
import { isOf } from '../statements/tenant-stores';
import { type Content, joined } from '../tree/tree';
import { retentionText } from './cells';
import type { DocumentContext } from './context';

/** The stores that hold a source. */
export const heldBy = ({ stores }: Evidence, { stores: ends }: RecordedSource): StoreRow[] =>
  stores.filter(({ name }) => ends.some((end) => endsWith(name, end)));

/** How long each store of a source retains it, in the report's words, each period once. */
export const periodsOf = (evidence: Evidence, source: RecordedSource): string[] =>
  source.stores.length === 0
    ? [source.period ?? 'unknown']
    : [...new Set(heldBy(evidence, source).map((store) => periodIn(store, source)))];

function periodIn({ parts = [], retention }: StoreRow, { prefix, period }: RecordedSource): string {
  const part = parts.find((one) => one.prefix === prefix);
  const text = part?.retention.text ?? retention?.text ?? 'unknown';
  return period === undefined ? text : [period, ...remainders(text)].join(' + ');
}

/** What remains for a while after the end: backups and earlier versions. */
const remainders = (text: string): string[] => text.split(' + ').slice(1);

/** Periods in a language. */
export const periods = ({ words, separator }: DocumentContext, texts: readonly string[]): Content =>
  joined(
    texts.map((text) => retentionText(words, text)),
    separator,
  );

/** How long a tenant's content is retained, by its stores; without any, by its tag. */
export function contentPeriods(context: DocumentContext, tenant: TenantRow): Content {
  const own = { ...context.evidence, stores: context.evidence.stores.filter((store) => isOf(store, tenant)) };
  const found = tenant.kind === 'workspace' ? periodsOf(own, RECORDED.content) : [];
  return periods(context, found.length === 0 ? [tenant.retention.text] : found);
}

/** What remains after an erasure, by source. */
export function remaining(context: DocumentContext): Content {
  const { colon, evidence, separator, words } = context;
  const parts = (['content', 'branchKeys', 'usage'] as const).flatMap((id): Content[] => {
    const texts = [...new Set(periodsOf(evidence, RECORDED[id]).flatMap(remainders))];
    return texts.length === 0
      ? []
      : [
          [
            (id === 'content' ? words.processing.erasureOf : words.recorded.sources[id][0]) + colon,
            ...periods(context, texts),
          ],
        ];
  });
  if (parts.length === 0) return [words.common.unknown];
  return parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}
