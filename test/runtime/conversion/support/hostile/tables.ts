import { DAMAGED, type Hostile, NOT_OFFICE } from './hostile';

/** Tables in CSV. */
export const TABLES: readonly Hostile[] = [
  { name: 'a table with control characters', make: () => Buffer.from('a,b\n\0\x01,c\n'), outcome: NOT_OFFICE },
  { name: 'a line of thirty megabytes', make: () => Buffer.alloc(30_000_000, 'x'), outcome: DAMAGED, isHeavy: true },
  {
    name: 'a quote that is never closed',
    make: () => Buffer.from(`a,b\n"${'x\n'.repeat(5_000_000)}`),
    outcome: DAMAGED,
    isHeavy: true,
  },
  {
    name: 'a million columns',
    make: () => Buffer.from('1,'.repeat(1_000_000)),
    outcome: { text: /^1\t1\t1/ },
    isHeavy: true,
  },
  {
    name: 'a table of thirty megabytes',
    make: () => Buffer.from('Stadt;Land\n'.repeat(2_700_000)),
    outcome: { text: /^Stadt\tLand\n/, lost: { cut: 1 } },
    isHeavy: true,
  },
  {
    name: 'a table of empty lines',
    make: () => Buffer.from('\n'.repeat(30_000_000)),
    outcome: { text: '' },
    isHeavy: true,
  },
  { name: 'UTF-16 that is broken', make: () => Buffer.from([0xff, 0xfe, 0x00, 0xdc, 0x20, 0x00]), outcome: DAMAGED },
  {
    name: 'formulas of a table',
    make: () => Buffer.from('=cmd|\'/c calc\'!A1;"=1+1"\n'),
    outcome: { text: "=cmd|'/c calc'!A1\t=1+1\n" },
  },
];
