import { linesOf } from '../../../report/doctor/doctor-line';
import type { Check } from './subject';
import { isAtLeast } from './versions';

/** The same as `engines` of the package. */
export const OLDEST_NODE = '20.19.0';

const lines = linesOf('Node.js')();

/** Whether this Node.js runs the package. */
export const nodeVersion: Check = async () => {
  const { node } = process.versions;
  return [
    isAtLeast(node, OLDEST_NODE)
      ? lines.ok(node)
      : lines.missing(
          `${node}, but ${OLDEST_NODE} is the oldest that works`,
          'install Node.js 24: https://nodejs.org/en/download',
        ),
  ];
};
