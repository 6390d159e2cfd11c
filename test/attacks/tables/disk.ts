import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import type { AttackTable, Scenario } from '../attack';
import type { Target } from '../target';
import type { ServeTarget } from '../targets/serve-target';
import { SECRET } from '../words';

/** Everything in the data folder: files, free pages and logs. */
const onDisk = (target: Target): Buffer =>
  Buffer.concat(
    readdirSync((target as ServeTarget).data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name))),
  );

/** Pieces of the values of a member's rows, as they are stored. */
async function piecesOf(target: Target, table: string, isOf: (key: string) => boolean): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  for await (const { Items = [] } of paginateScan({ client: target.stores.dynamodb }, { TableName: table })) {
    for (const { pk, 'branch-key-id': id, ...row } of Items.filter((item) =>
      isOf(`${item.pk?.S ?? item['branch-key-id']?.S}`),
    )) {
      for (const { B } of Object.values(row)) {
        if (B !== undefined && B.length > 80) pieces.push(Buffer.from(Buffer.from(B).toString('base64').slice(20, 60)));
      }
    }
  }
  return pieces;
}

const left = (pieces: readonly Buffer[], disk: Buffer): number => pieces.filter((piece) => disk.includes(piece)).length;

const erased: Scenario = {
  name: "an erased member's content and keys in the files",
  run: async (_, target) => {
    const { content, keys } = target.tables;
    const pieces = [
      ...(await piecesOf(target, content, (key) => key === 'user#otherMember')),
      ...(await piecesOf(target, keys, (key) => key === 'sciences/otherMember')),
    ];
    const before = left(pieces, onDisk(target));
    await target.send({ method: 'POST', path: '/admin/v1/rights/own/erasures' });
    await target.settle();
    const after = left(pieces, onDisk(target));
    return [
      ...(before > 5 ? [] : [`only ${before} of ${pieces.length} pieces were found before the erasure`]),
      ...(after === 0 ? [] : [`${after} pieces are still in the files`]),
    ];
  },
};

const plain: Scenario = {
  name: "a member's text in the files",
  run: async (_, target) => (onDisk(target).includes(SECRET) ? ['it is there in plain text'] : []),
};

/** The files of `serve`, read by a person who has the data folder. */
export const DISK: AttackTable = {
  title: 'the data folder of serve',
  isAlone: true,
  on: 'serve',
  attacks: [plain, erased],
};
