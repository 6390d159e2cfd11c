import { blockingOf } from '../leaks/blocking-findings';
import type { Sample } from '../leaks/leak';

/** A resource deployed to Frankfurt. */
export type Case = Omit<Sample, 'source'>;

/** Ways of one class in which data leaves, and resources that only look like one of them. */
export interface GuardClass {
  readonly leaks: Readonly<Record<string, Case>>;
  readonly nearMisses: Readonly<Record<string, Case>>;
}

/** Findings on the resources around the subject don't count. */
const findingsOn = (one: Case) =>
  blockingOf({ source: '', ...one })
    .filter(({ logicalId }) => logicalId === 'Subject')
    .map(({ level, rule, path, value }) => `${level} ${rule} ${path} ${value ?? ''}`);

/** Every leak stops a deployment, and no near miss does. */
export function testClass(name: string, { leaks, nearMisses }: GuardClass): void {
  describe(name, () => {
    test.each(Object.entries(leaks))('%s is detected', (_, leak) => {
      expect(findingsOn(leak)).not.toEqual([]);
    });

    test.each(Object.entries(nearMisses))('%s raises no alarm', (_, nearMiss) => {
      expect(findingsOn(nearMiss)).toEqual([]);
    });

    test('each leak is reported where it is', () => {
      const found = Object.entries(leaks).flatMap(([title, leak]) => [
        title,
        ...findingsOn(leak).map((one) => `  ${one}`),
      ]);
      expect(found.join('\n')).toMatchSnapshot();
    });

    test('has enough cases of both kinds', () => {
      expect(Object.keys(leaks).length).toBeGreaterThanOrEqual(10);
      expect(Object.keys(nearMisses).length).toBeGreaterThanOrEqual(5);
    });
  });
}
