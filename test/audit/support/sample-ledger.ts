import { gzipSync } from 'node:zlib';
import { leavesFile, stateFile } from '@/lib/cli/audit/ledger/hour-files';
import { RESIDENCY_EVENT } from '@/lib/contract/metrics';
import { canonicalJson } from '@/lib/ledger/canonical-json';
import { checkpointText } from '@/lib/ledger/checkpoint';
import { append, EMPTY_FRONTIER, type Frontier, rootOf } from '@/lib/ledger/frontier';
import { noteText } from '@/lib/ledger/note';
import { recordLeaf } from '@/lib/ledger/record-leaf';
import { keyOf, LOG, signText } from '@/test/ledger/vectors';
import type { Random } from './random';

type Write = (file: string, contents: string | Buffer) => void;

/** Writes a ledger hour by hour, as the hourly function does. */
export class SampleLedger {
  public frontier: Frontier = EMPTY_FRONTIER;

  constructor(
    private readonly write: Write,
    private readonly random: Random,
  ) {}

  /** Appends the records of an hour, after which `change` may change the lines that are written. */
  public hour(
    hour: string,
    records: readonly object[],
    { end: stated = {}, change = () => undefined }: { end?: object; change?: (lines: string[]) => void } = {},
  ): void {
    const count = records.filter((record) => (record as { event: string }).event === RESIDENCY_EVENT).length;
    const end = { event: 'hour', hour, records: count, late: 0, gaps: 0, failed: 0, refused: 0, ...stated };
    const lines = [...records, end].map((record) => {
      const text = canonicalJson(record);
      const salt = this.random.bytes(16);
      this.frontier = append(this.frontier, recordLeaf(text, salt));
      return `{"record":${text},"salt":"${salt.toString('base64url')}"}`;
    });
    change(lines);
    const { size, nodes } = this.frontier;
    this.write(leavesFile(hour), gzipSync(lines.map((line) => `${line}\n`).join(''), { level: 1 }));
    this.write(
      stateFile(hour),
      JSON.stringify({ hour, size, nodes: nodes.map((node) => node.toString('base64')), streams: {} }),
    );
    this.write(`ledger/checkpoints/${size}`, checkpointOf(this.frontier));
  }
}

/** The checkpoint of a tree, signed by the log's key. */
export function checkpointOf(frontier: Frontier, privateKey = keyOf(1)): string {
  const text = checkpointText({ origin: LOG.name, size: frontier.size, root: rootOf(frontier), extensions: [] });
  return noteText({ text, signatures: [signText(privateKey, LOG, text)] });
}
