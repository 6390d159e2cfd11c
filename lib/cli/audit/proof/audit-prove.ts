import { parseArgs } from 'node:util';
import { print } from '../../shared/print';
import { UsageError } from '../../shared/usage-error';
import { openBundle } from '../bundle/open-bundle';
import { refuseOutput, writeOutput } from '../shared/write-output';
import { prove } from './prove';

/** Runs `audit prove`; the exit code. */
export async function auditProve(args: readonly string[]): Promise<number> {
  const options = { bundle: { type: 'string' }, out: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [id, ...others] = positionals;
  if (id === undefined || others.length > 0) throw new UsageError('audit prove takes the ID of one record');
  if (values.bundle === undefined) throw new UsageError("--bundle is missing; name a bundle that 'audit bundle' wrote");
  refuseOutput(values.out);
  const bundle = openBundle(values.bundle);
  const proof = await prove(id, bundle).catch((error: Error) => {
    throw new UsageError(error.message);
  });
  const text = JSON.stringify(proof, null, 2);
  if (values.out === undefined) print(text);
  else writeOutput(values.out, `${text}\n`);
  return 0;
}
