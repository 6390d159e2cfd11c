import type { StoreRow } from '../core/evidence';
import { type Block, type Content, code, table } from '../tree/tree';
import { basisText, cellText, retentionText } from './cells';
import type { DocumentContext } from './context';

/** A part of a bucket that a rule ends has a row of its own. */
const withParts = (store: StoreRow): StoreRow[] => [
  store,
  ...(store.parts ?? []).map(({ prefix, retention }) => ({ ...store, name: `${store.name}: ${prefix}`, retention })),
];

/** Stores with place, key and retention, and what the retention rests on. */
export function storeTable({ words }: DocumentContext, stores: readonly StoreRow[]): Block {
  const { common } = words;
  const head = [common.name, common.kind, common.region, common.country, common.key, common.retention, common.basis];
  return table(
    head,
    stores
      .flatMap(withParts)
      .map(({ name, kind, region, country, key, retention }): Content[] => [
        [code(name)],
        [cellText(words, kind)],
        [code(region)],
        [cellText(words, country.text)],
        [key === undefined ? common.none : cellText(words, key.text)],
        [retention === undefined ? common.none : retentionText(words, retention.text)],
        [retention === undefined ? common.none : basisText(words, retention.basis)],
      ]),
    [4, 3, 3, 2, 3, 4, 4],
  );
}
